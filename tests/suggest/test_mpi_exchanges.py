"""Forced answers: messages between neighbours and pairs, and what is asked of their statuses."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "ranks that are computed and not used are where messages go": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int token;
  int received;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int next = (rank + 1) % size;
  int prev = (rank + size - 1) % size;
  token = rank;
  >> MPI_Send(&token, 1, MPI_INT, next, 0, MPI_COMM_WORLD)
  >> MPI_Recv(&received, 1, MPI_INT, prev, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
  printf("%d", received);
  >> MPI_Finalize()
  return 0;
}
""",
    "requests of an array are for all of them at once": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  double edge[8];
  MPI_Request requests[2];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int left = (rank + size - 1) % size;
  int right = (rank + 1) % size;
  >> MPI_Irecv(edge, 8, MPI_DOUBLE, left, 0, MPI_COMM_WORLD, &requests[0])
  >> MPI_Isend(edge, 8, MPI_DOUBLE, right, 0, MPI_COMM_WORLD, &requests[1])
  >> MPI_Waitall(2, requests, MPI_STATUSES_IGNORE)
  edge[rank] = size;
  >> MPI_Finalize()
  return 0;
}
""",
    "two that run the same loop play ping-pong": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int ball;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    for (int i = 0; i < 100; i++)
    {
      >> MPI_Send(&ball, 1, MPI_INT, 1, 0, MPI_COMM_WORLD)
      >> MPI_Recv(&ball, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    }
  }
  else if (rank == 1)
  {
    for (int i = 0; i < 100; i++)
    {
      >> MPI_Recv(&ball, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
      >> MPI_Send(&ball, 1, MPI_INT, 0, 0, MPI_COMM_WORLD)
    }
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "empty branches for all but the ends are for neighbours": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int token;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank > 0)
  {
    >> MPI_Send(&token, 1, MPI_INT, rank - 1, 0, MPI_COMM_WORLD)
    >> MPI_Recv(&token, 1, MPI_INT, rank - 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
  }
  if (rank < size - 1)
  {
    >> MPI_Send(&token, 1, MPI_INT, rank + 1, 0, MPI_COMM_WORLD)
    >> MPI_Recv(&token, 1, MPI_INT, rank + 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "who reads a status has received, from anybody": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int answer;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    for (int i = 1; i < size; i++)
    {
      >> MPI_Recv(&answer, 1, MPI_INT, MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, &status)
      printf("%d of %d", answer, status.MPI_SOURCE);
    }
  }
  else
  {
    answer = rank;
    >> MPI_Send(&answer, 1, MPI_INT, 0, 0, MPI_COMM_WORLD)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a count that nothing sets is that of a status": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int numbers[9];
  MPI_Status status;
  int count;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    for (int i = 0; i < 9; i++)
      numbers[i] = i;
    >> MPI_Send(numbers, 9, MPI_INT, 1, 0, MPI_COMM_WORLD)
  }
  else if (rank == 1)
  {
    >> MPI_Recv(numbers, 9, MPI_INT, 0, 0, MPI_COMM_WORLD, &status)
    >> MPI_Get_count(&status, MPI_INT, &count)
    printf("%d", count);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a message stands in front of the text that shows it": """\
int main(int argc, char **argv)
{
  int rank, size, number = 7;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    number = size;
    number *= 2;
    >> MPI_Send(&number, 1, MPI_INT, 1, 0, MPI_COMM_WORLD)
    printf("%d was sent by %d\\n", number, rank);
  }
  else if (rank == 1)
  {
    >> MPI_Recv(&number, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &status)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "but behind the text that announces it": """\
int main(int argc, char **argv)
{
  int rank, size, number = 7;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    number = size;
    number *= 2;
    printf("%d is sending\\n", rank);
    >> MPI_Send(&number, 1, MPI_INT, 1, 0, MPI_COMM_WORLD)
  }
  else if (rank == 1)
  {
    >> MPI_Recv(&number, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &status)
  }
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("annotated", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_programs_get_their_calls_back(annotated: str) -> None:
    code, wanted = taken_apart(annotated)
    assert answered(code) == wanted
