"""Forced answers: what processes do together, and messages that need an answer."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "clocks that all processes read start together": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  double start;
  double local_elapsed;
  double elapsed;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  prepare(rank, size);
  >> MPI_Barrier(MPI_COMM_WORLD)
  start =
  >> MPI_Wtime()
  work(rank, size);
  local_elapsed = MPI_Wtime() - start;
  >> MPI_Reduce(&local_elapsed, &elapsed, 1, MPI_DOUBLE, MPI_MAX, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    printf("%f", elapsed);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "but not those of one process": """\
int main(int argc, char **argv)
{
  int rank;
  int n;
  double start;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    n = 100;
    start =
    >> MPI_Wtime()
  }
  >> MPI_Bcast(&n, 1, MPI_INT, 0, MPI_COMM_WORLD)
  work(n);
  >> MPI_Finalize()
  return 0;
}
""",
    "a name of the host as long as it may be": """\
int main(int argc, char **argv)
{
  int rank;
  char host[MPI_MAX_PROCESSOR_NAME];
  int len;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Get_processor_name(host, &len)
  printf("%d %.*s", rank, len, host);
  >> MPI_Finalize()
  return 0;
}
""",
    "nothing here needs MPI: it starts behind the checks, and ends": """\
int main(int argc, char **argv)
{
  int info;
  if (argc < 2)
  {
    return 1;
  }
  >> MPI_Init(&argc, &argv)
  info = solve(argv[1]);
  >> MPI_Finalize()
  return info;
}
""",
    "who leaves early and with success ends MPI": """\
int main(int argc, char **argv)
{
  int rank, size;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (size < 2)
  {
    if (rank == 0)
      printf("at least two processes");
    >> MPI_Finalize()
    exit(0);
  }
  work(rank, size);
  >> MPI_Finalize()
  return 0;
}
""",
    "who leaves because of a failure does not": """\
int main(int argc, char **argv)
{
  int rank;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  printf("%d", rank);
  double *field = malloc(100 * sizeof(double));
  if (field == NULL)
  {
    free(field);
    return 1;
  }
  work(rank, field);
  >> MPI_Finalize()
  return 0;
}
""",
    "a message goes behind what sets its destination": """\
int main(int argc, char **argv)
{
  int rank, dest;
  int value;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    value = 7;
    dest = 1;
    >> MPI_Send(&value, 1, MPI_INT, dest, 0, MPI_COMM_WORLD)
  }
  else if (rank == 1)
  {
    >> MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &status)
    printf("%d", value);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "what the others send, a loop over them receives": """\
int main(int argc, char **argv)
{
  int rank, size, dest, source;
  int tag = 0;
  char message[100];
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank != 0)
  {
    fill(message, rank);
    dest = 0;
    >> MPI_Send(message, strlen(message) + 1, MPI_CHAR, dest, tag, MPI_COMM_WORLD)
  }
  else
  {
    for (source = 1; source < size; source++)
    {
      >> MPI_Recv(message, 100, MPI_CHAR, source, tag, MPI_COMM_WORLD, &status)
      printf("%s", message);
    }
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "texts tell of messages": """\
int main(int argc, char **argv)
{
  int rank, size;
  int value = 42;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  switch (rank)
  {
  case 0:
  {
    printf("%d of %d sending", rank, size);
    >> MPI_Send(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD)
    break;
  }
  case 1:
  {
    >> MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &status)
    printf("received %d", value);
    break;
  }
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "what a root reads is known to all before each takes its own": """\
int main(int argc, char **argv)
{
  >> MPI_Init(&argc, &argv)
  int rank, size;
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int count = 0;
  if (rank == 0)
  {
    scanf("%d", &count);
  }
  >> MPI_Bcast(&count, 1, MPI_INT, 0, MPI_COMM_WORLD)
  int whole = count;
  count = whole / size;
  work(rank, whole, count);
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("annotated", PROGRAMS.values(), ids=PROGRAMS)
def test_programs_get_their_calls_back(annotated: str) -> None:
    code, wanted = taken_apart(annotated)
    assert answered(code) == wanted
