"""Forced answers: where MPI starts, halves of `#if`, and what a program needs to be whole."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "it starts behind a rank that is declared late": """\
int main(int argc, char **argv)
{
  int i;
  limit = 100;
  int rank;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  printf("%d", rank);
  >> MPI_Finalize()
  return 0;
}
""",
    "or in front of a rank that is declared last, behind a value": """\
int main(int argc, char **argv)
{
  const int rounds = 4;
  >> MPI_Init(&argc, &argv)
  int rank, size;
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  printf("%d %d %d", rank, size, rounds);
  >> MPI_Finalize()
  return 0;
}
""",
    "but right in front of it behind a check": """\
int main(int argc, char **argv)
{
  if (argc < 2)
    return 1;
  >> MPI_Init(&argc, &argv)
  int rank;
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  printf("%d", rank);
  >> MPI_Finalize()
  return 0;
}
""",
    "halves with nothing in them": """\
int main(int argc, char **argv)
{
  int rank = 0;
  int size = 1;
#ifdef USE_MPI
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
#endif
  solve(rank, size);
  report();
#ifdef USE_MPI
  >> MPI_Finalize()
#endif
  return 0;
}
""",
    "arrays as long as their parts are added up": """\
int main(int argc, char **argv)
{
  int rank;
  int *local_bins;
  int *bins;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  local_bins = calloc(8, sizeof(int));
  bins = calloc(8, sizeof(int));
  simulate(rank, local_bins);
  >> MPI_Reduce(local_bins, bins, 8, MPI_INT, MPI_SUM, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    printf("%d", bins[0]);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "an array with room for each process is gathered by all": """\
int main(int argc, char **argv)
{
  int rank, size;
  int mine;
  int *all;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  mine = 2 * rank;
  all = malloc(size * sizeof(int));
  >> MPI_Allgather(&mine, 1, MPI_INT, all, 1, MPI_INT, MPI_COMM_WORLD)
  for (int i = 0; i < size; i++)
    printf("%d", all[i]);
  >> MPI_Finalize()
  return 0;
}
""",
    "one element for each process": """\
int main(int argc, char **argv)
{
  int rank, size;
  int given;
  int *all;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    all = malloc(size * sizeof(int));
    for (int i = 0; i < size; i++)
      all[i] = 50 + i;
  }
  >> MPI_Scatter(all, 1, MPI_INT, &given, 1, MPI_INT, 0, MPI_COMM_WORLD)
  printf("%d %d", rank, given);
  >> MPI_Finalize()
  return 0;
}
""",
    "what all but the root need": """\
int main(int argc, char **argv)
{
  int rank, n;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    scanf("%d", &n);
  }
  >> MPI_Bcast(&n, 1, MPI_INT, 0, MPI_COMM_WORLD)
  if (rank != 0)
  {
    work(n);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "the least and the most of one part": """\
int main(int argc, char **argv)
{
  int rank;
  double secs, secsmin, secsmax;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  secs = measured(rank);
  >> MPI_Reduce(&secs, &secsmin, 1, MPI_DOUBLE, MPI_MIN, 0, MPI_COMM_WORLD)
  >> MPI_Reduce(&secs, &secsmax, 1, MPI_DOUBLE, MPI_MAX, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    printf("%f %f", secsmin, secsmax);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a complaint that says so; a mere difference is none": """\
int main(int argc, char **argv)
{
  int rank, wide;
  double *seen, *wanted;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  wide = width();
  if (wide > 8)
  {
    printf("Invalid width");
    >> MPI_Abort(MPI_COMM_WORLD, 1)
  }
  seen = found(rank);
  wanted = known(rank);
  if (seen[0] != wanted[0])
  {
    printf("%f %f", seen[0], wanted[0]);
  }
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("annotated", PROGRAMS.values(), ids=PROGRAMS)
def test_calls_are_found(annotated: str) -> None:
    code, wanted = taken_apart(annotated)
    assert answered(code) == wanted


def test_what_is_scattered_is_no_message() -> None:
    code = """\
int main(int argc, char **argv)
{
  int rank, size;
  float *whole;
  float whole_part[2];
  if (rank == 0)
  {
    whole = malloc(2 * size * sizeof(float));
    for (int i = 0; i < 2 * size; i++)
    {
      whole[i] = i;
    }
  }
  else
  {
    whole = NULL;
  }
  printf("%d %f", rank, whole_part[0]);
  return 0;
}
"""
    called = [call.partition("(")[0] for _, call in answered(code)]
    assert called == ["MPI_Init", "MPI_Comm_rank", "MPI_Comm_size", "MPI_Scatter", "MPI_Finalize"]
