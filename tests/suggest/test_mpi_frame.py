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
    "each call keeps its code: the size comes first, the end keeps its, and nothing else is a message": """\
int main(int argc, char **argv)
{
  int rank, size, ierr;
  ierr =
  >> MPI_Init(&argc, &argv)
  ierr =
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  ierr =
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    puts("one of two");
  }
  else if (rank == 1)
  {
    puts("two of two");
  }
  ierr =
  >> MPI_Finalize()
  if (rank == 0)
  {
    puts("the end");
    timestamp();
  }
  return 0;
}
""",
    "messages belong where a code is kept": """\
int main(int argc, char **argv)
{
  int rank, x, tag, dest, source, rc;
  MPI_Status status;
  rc =
  >> MPI_Init(&argc, &argv)
  rc =
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    x = 3;
    dest = 1;
    tag = 7;
    rc =
    >> MPI_Send(&x, 1, MPI_INT, dest, tag, MPI_COMM_WORLD)
  }
  else if (rank == 1)
  {
    source = 0;
    tag = 7;
    rc =
    >> MPI_Recv(&x, 1, MPI_INT, source, tag, MPI_COMM_WORLD, &status)
    printf("%d", x);
  }
  rc =
  >> MPI_Finalize()
  return 0;
}
""",
    "the resolution of the clock is asked, too": """\
int main(int argc, char **argv)
{
  int rank;
  double t1, t2, resolution;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  resolution =
  >> MPI_Wtick()
  t1 =
  >> MPI_Wtime()
  work(rank);
  t2 =
  >> MPI_Wtime()
  printf("%f of %f", t2 - t1, resolution);
  >> MPI_Finalize()
  return 0;
}
""",
    "a code of success is no part of a total": """\
int main(int argc, char **argv)
{
  int rank, hit_num, hit_total, ierr;
  ierr =
  >> MPI_Init(&argc, &argv)
  ierr =
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  hit_num = thrown();
  ierr =
  >> MPI_Reduce(&hit_num, &hit_total, 1, MPI_INT, MPI_SUM, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    printf("%d", hit_total);
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
