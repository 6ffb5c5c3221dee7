"""Forced answers: calls name what is there where they stand."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "what is declared further down is not what a message is about": """\
int main(int argc, char **argv)
{
  int rank, number = 0;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    number = 42;
    >> MPI_Send(&number, 1, MPI_INT, 1, 0, MPI_COMM_WORLD)
  }
  else if (rank == 1)
  {
    >> MPI_Recv(&number, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    printf("%d", number);
  }
  int later;
  >> MPI_Finalize()
  return 0;
}
""",
    "rank and size in a part stand behind their declaration": """\
int main(int argc, char **argv)
{
  int rank, size;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int color = rank / 4;
  MPI_Comm row_comm;
  >> MPI_Comm_split(MPI_COMM_WORLD, color, rank, &row_comm)
  int row_rank, row_size;
  >> MPI_Comm_rank(row_comm, &row_rank)
  >> MPI_Comm_size(row_comm, &row_size)
  printf("%d %d %d %d", rank, size, row_rank, row_size);
  >> MPI_Comm_free(&row_comm)
  >> MPI_Finalize()
  return 0;
}
""",
    "an array is broadcast behind the memory that the others get for it": """\
int main(int argc, char **argv)
{
  int rank, n = 100;
  double *cells;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    cells = malloc(n * sizeof(double));
    fill(cells, n);
  }
  if (rank != 0)
  {
    cells = malloc(n * sizeof(double));
  }
  >> MPI_Bcast(cells, n, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  use(cells, n);
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("annotated", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_programs_get_their_calls_back(annotated: str) -> None:
    code, wanted = taken_apart(annotated)
    assert answered(code) == wanted
