"""Forced answers: values that all need, totals that are worked on, the lengths of parts, and empty branches."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "what all read in a loop that they share out is broadcast": """\
int main(int argc, char **argv)
{
  int rank, size, i;
  double x, s = 0.0, total;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    scanf("%lf", &x);
  }
  >> MPI_Bcast(&x, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  for (i = rank; i < 100; i += size)
  {
    s += x / i;
  }
  >> MPI_Reduce(&s, &total, 1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    printf("%f", total);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "where the others have an empty branch messages came, no broadcast": """\
int main(int argc, char **argv)
{
  int rank, size, n = 0;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    n = 12;
    for (int i = 1; i < size; i++)
    {
      >> MPI_Send(&n, 1, MPI_INT, i, 0, MPI_COMM_WORLD)
    }
  }
  else
  {
    >> MPI_Recv(&n, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
  }
  printf("%d has %d", rank, n);
  >> MPI_Finalize()
  return 0;
}
""",
    "a total may be multiplied or divided": """\
int main(int argc, char **argv)
{
  int rank, size;
  double pi;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  double pi_loc = integral(rank, size);
  >> MPI_Allreduce(&pi_loc, &pi, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD)
  pi *= 4;
  printf("%d: %f", rank, pi);
  >> MPI_Finalize()
  return 0;
}
""",
    "a part is as long as its memory where that comes from the number of processes, and the root may be set later": """\
int main(int argc, char **argv)
{
  int rank, size, share, i, root;
  float whole[100], *part, mean;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  root = 0;
  share = 100 / size;
  part = malloc(share * sizeof(float));
  if (rank == 0)
  {
    for (i = 0; i < 100; i++)
    {
      whole[i] = i;
    }
  }
  >> MPI_Scatter(whole, share, MPI_FLOAT, part, share, MPI_FLOAT, root, MPI_COMM_WORLD)
  mean = summed(part, share) / share;
  >> MPI_Finalize()
  return 0;
}
""",
    "too few processes in front of an empty branch": """\
int main(int argc, char **argv)
{
  int rank, size;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (size != 4)
  {
    >> MPI_Abort(MPI_COMM_WORLD, 1)
  }
  work(rank);
  >> MPI_Finalize()
  return 0;
}
""",
    "what one process sets anew in a loop that all go on by is broadcast there": """\
int main(int argc, char **argv)
{
  int rank, size, prime, at;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  prime = 2;
  do {
    mark(prime, rank, size);
    if (!rank) {
      prime = at + 2;
    }
    >> MPI_Bcast(&prime, 1, MPI_INT, 0, MPI_COMM_WORLD)
  } while (prime < 100);
  >> MPI_Finalize()
  return 0;
}
""",
    "a new communicator puts together what each sends": """\
int main(int argc, char **argv)
{
  int rank, size, colour, sendbuf, recvbuf;
  MPI_Comm new_comm;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  sendbuf = rank;
  colour = rank % 3;
  >> MPI_Comm_split(MPI_COMM_WORLD, colour, rank, &new_comm)
  >> MPI_Allreduce(&sendbuf, &recvbuf, 1, MPI_INT, MPI_SUM, new_comm)
  printf("%d has %d", rank, recvbuf);
  >> MPI_Comm_free(&new_comm)
  >> MPI_Finalize()
  return 0;
}
""",
    "an array with room for its neighbours sends its ends": """\
int main(int argc, char **argv)
{
  int rank, size, n;
  double *heat;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  n = 100 / size;
  heat = malloc((n + 2) * sizeof(double));
  fill(heat, n);
  if (rank < size - 1)
  {
    >> MPI_Send(&heat[n], 1, MPI_DOUBLE, rank + 1, 0, MPI_COMM_WORLD)
  }
  if (rank > 0)
  {
    >> MPI_Recv(&heat[0], 1, MPI_DOUBLE, rank - 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
  }
  if (rank > 0)
  {
    >> MPI_Send(&heat[1], 1, MPI_DOUBLE, rank - 1, 0, MPI_COMM_WORLD)
  }
  if (rank < size - 1)
  {
    >> MPI_Recv(&heat[n + 1], 1, MPI_DOUBLE, rank + 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
  }
  show(heat, n);
  >> MPI_Finalize()
  return 0;
}
""",
    "each gets an element and gives one back": """\
int main(int argc, char **argv)
{
  int rank, size, all[10], squares[10], mine;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    for (int i = 0; i < size; i++)
    {
      scanf("%d", &all[i]);
    }
  }
  >> MPI_Scatter(all, 1, MPI_INT, &mine, 1, MPI_INT, 0, MPI_COMM_WORLD)
  printf("%d has %d", rank, mine);
  mine = mine * mine;
  >> MPI_Gather(&mine, 1, MPI_INT, squares, 1, MPI_INT, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    for (int i = 0; i < size; i++)
    {
      printf("%d", squares[i]);
    }
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "of two arrays the lengths are given out, not the displacements": """\
int main(int argc, char **argv)
{
  int rank, size, lengths[10], displs[10], mine;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    for (int i = 0; i < size; i++)
    {
      lengths[i] = 2 * i;
      displs[i] = i * i;
    }
  }
  >> MPI_Scatter(lengths, 1, MPI_INT, &mine, 1, MPI_INT, 0, MPI_COMM_WORLD)
  printf("%d has %d", rank, mine);
  >> MPI_Finalize()
  return 0;
}
""",
    "a part that changes in place has been given its elements": """\
int main(int argc, char **argv)
{
  int rank, size, i;
  double data[100];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    for (i = 0; i < 100; i++)
      data[i] = i;
  }
  int share = 100 / size;
  double *local_data = malloc(share * sizeof(double));
  >> MPI_Scatter(data, share, MPI_DOUBLE, local_data, share, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  for (i = 0; i < share; i++)
    local_data[i] = local_data[i] * local_data[i];
  >> MPI_Gather(local_data, share, MPI_DOUBLE, data, share, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    for (i = 0; i < 100; i++)
      printf("%f", data[i]);
  }
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_program(program: str) -> None:
    code, wanted = taken_apart(program)
    assert answered(code) == wanted
