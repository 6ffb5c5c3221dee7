"""Forced answers: where MPI starts, and assignments that keep what a call says of its success."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "rank and size come first, and what is declared behind them is of what follows": """\
int main(int argc, char **argv)
{
  >> MPI_Init(&argc, &argv)
  int rank, size;
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  double sum = 0.0, *part;
  int n = 10;
  for (int i = 0; i < n; i++)
    sum += part[i];
  double mean = sum / n;
  work(rank, size, mean);
  >> MPI_Finalize()
  return 0;
}
""",
    "so it is where other declarations stand in front": """\
int main(int argc, char **argv)
{
  char name[80];
  int rank, size;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int n;
  scanf("%d", &n);
  double mean = work(name, n);
  show(rank, size, mean);
  >> MPI_Finalize()
  return 0;
}
""",
    "who declares everything at the head starts behind it": """\
int main(int argc, char **argv)
{
  int rank, size;
  int n;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  scanf("%d", &n);
  work(rank, size, n);
  >> MPI_Finalize()
  return 0;
}
""",
    "a semicolon too much, and a half of declarations, do not end the head": """\
int main(int argc, char **argv)
{
  int rank, size;;
#ifdef DEBUG
  int shown;
#endif
  double x[10];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  work(rank, size, x);
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_program(program: str) -> None:
    code, wanted = taken_apart(program)
    assert answered(code) == wanted
