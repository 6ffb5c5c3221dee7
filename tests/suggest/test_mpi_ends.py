"""Forced answers: where MPI ends, and which variables hold the rank and the size."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "one process says why all leave: MPI ends first, however they leave": """\
int main(int argc, char **argv)
{
  int rank, size;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (size < 2)
  {
    if (rank == 0)
    {
      printf("Needs two processes");
    }
    >> MPI_Finalize()
    exit(1);
  }
  work(rank, size);
  >> MPI_Finalize()
  return 0;
}
""",
    "each process complains about the arguments and leaves": """\
int main(int argc, char **argv)
{
  int rank;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  work(rank);
  if (argc < 2)
  {
    printf("A name is needed");
    return 0;
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "who returns a code of failure does not end MPI, who returns success does": """\
int main(int argc, char **argv)
{
  int rank, found;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  found = look_up(rank);
  if (found < 0)
  {
    work(rank);
    return found;
  }
  if (found > 9)
  {
    work(rank);
    >> MPI_Finalize()
    return 0;
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "the last return has a label": """\
int main(int argc, char **argv)
{
  int rank;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (work(rank) > 3) goto done;
  print(rank);
done:
  >> MPI_Finalize()
  return 0;
}
""",
    "a label stands in front of what may be left out": """\
int main(int argc, char **argv)
{
  int rank;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (work(rank) > 3) goto done;
  print(rank);
done:
#ifdef HAVE_UNISTD_H
  if (rank == 0) unlink("lock");
#endif
  >> MPI_Finalize()
  return 0;
}
""",
    "what one process alone is and has": """\
int main(int argc, char **argv)
{
  int rank, size;
#ifdef USE_MPI
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
#else
  rank = 0;
  size = 1;
#endif
  work(rank, size);
#ifdef USE_MPI
  >> MPI_Finalize()
#endif
  return 0;
}
""",
    "the number that stands behind the rank": """\
int main(int argc, char **argv)
{
  int rank, slots;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &slots)
  printf("%d of %d", rank, slots);
  >> MPI_Finalize()
  return 0;
}
""",
    "a size that is read before it is made smaller": """\
int main(int argc, char **argv)
{
  int rank, left, size;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  left = size - 1;
  size = left / 2;
  work(rank, size);
  >> MPI_Finalize()
  return 0;
}
""",
    "a size that is computed is another one": """\
int main(int argc, char **argv)
{
  int rank;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  int size = read_size(argv[1]);
  work(rank, size);
  >> MPI_Finalize()
  return 0;
}
""",
    "what is received is no total": """\
int main(int argc, char **argv)
{
  int rank, size, i, sum = 0, message;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  for (i = rank; i < 100; i += size)
  {
    sum += i;
  }
  work(message);
  >> MPI_Finalize()
  return 0;
}
""",
    "an array that nothing but the order tells to be a whole": """\
int main(int argc, char **argv)
{
  int rank, size, i;
  double grid[10], shown[10];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  for (i = 0; i < 10; i++)
  {
    grid[i] = rank + size;
  }
  if (rank == 0)
  {
    printf("%f", shown[0]);
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
