"""Forced answers: communicators and datatypes that are made, parts of different lengths, names of the program."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "a grid, from its dimensions and periods": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int dims[2];
  int periods[2] = {1, 1};
  int coords[2];
  MPI_Comm grid;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  dims[0] = dims[1] = 0;
  >> MPI_Dims_create(size, 2, dims)
  >> MPI_Cart_create(MPI_COMM_WORLD, 2, dims, periods, 0, &grid)
  >> MPI_Cart_coords(grid, rank, 2, coords)
  printf("%d %d", coords[0], coords[1]);
  >> MPI_Finalize()
  return 0;
}
""",
    "a grid of given size under other names, and its neighbours": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int ndims = 2;
  int shape[2] = {4, 4};
  int periodic[2] = {0, 0};
  int reorder = 1;
  int left, right, up, down;
  MPI_Comm grid;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  >> MPI_Cart_create(MPI_COMM_WORLD, ndims, shape, periodic, reorder, &grid)
  >> MPI_Cart_shift(grid, 0, 1, &up, &down)
  >> MPI_Cart_shift(grid, 1, 1, &left, &right)
  step(grid, rank, size, left, right, up, down);
  >> MPI_Finalize()
  return 0;
}
""",
    "a process asks for its place by its rank in the grid": """\
int main(int argc, char **argv)
{
  int rank;
  int grid_rank;
  int dims[2] = {2, 2};
  int periods[2] = {1, 1};
  int coords[2];
  MPI_Comm grid;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Cart_create(MPI_COMM_WORLD, 2, dims, periods, 0, &grid)
  >> MPI_Comm_rank(grid, &grid_rank)
  >> MPI_Cart_coords(grid, grid_rank, 2, coords)
  printf("%d %d %d %d", rank, grid_rank, coords[0], coords[1]);
  >> MPI_Finalize()
  return 0;
}
""",
    "what a code of failure means": """\
int main(int argc, char **argv)
{
  int rank;
  int err;
  int len;
  char text[MPI_MAX_ERROR_STRING];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  err = work(rank);
  >> MPI_Error_string(err, text, &len)
  printf("%s", text);
  >> MPI_Finalize()
  return 0;
}
""",
    "a part of the processes, by colour": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  MPI_Comm rows;
  int row_rank;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int color = rank / 4;
  >> MPI_Comm_split(MPI_COMM_WORLD, color, rank, &rows)
  >> MPI_Comm_rank(rows, &row_rank)
  printf("%d %d %d", rank, size, row_rank);
  >> MPI_Comm_free(&rows)
  >> MPI_Finalize()
  return 0;
}
""",
    "a group of listed ranks": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int ranks[2] = {0, 1};
  MPI_Group everybody;
  MPI_Group some;
  MPI_Comm few;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  >> MPI_Comm_group(MPI_COMM_WORLD, &everybody)
  >> MPI_Group_incl(everybody, 2, ranks, &some)
  >> MPI_Comm_create(MPI_COMM_WORLD, some, &few)
  printf("%d %d", rank, size);
  >> MPI_Finalize()
  return 0;
}
""",
    "a struct, from its lengths, displacements and types": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int lengths[2] = {1, 3};
  MPI_Aint offsets[2] = {0, 8};
  MPI_Datatype types[2] = {MPI_INT, MPI_DOUBLE};
  MPI_Datatype particle;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  >> MPI_Type_create_struct(2, lengths, offsets, types, &particle)
  >> MPI_Type_commit(&particle)
  printf("%d %d", rank, size);
  >> MPI_Type_free(&particle)
  >> MPI_Finalize()
  return 0;
}
""",
    "counts and displacements are for parts of different lengths": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  double numbers[64];
  double my_numbers[64];
  int counts[8];
  int displs[8];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  for (int i = 0; i < size; i++)
  {
    counts[i] = 64 / size + (i < 64 % size);
    displs[i] = i * counts[i];
  }
  >> MPI_Scatterv(numbers, counts, displs, MPI_DOUBLE, my_numbers, counts[rank], MPI_DOUBLE, 0, MPI_COMM_WORLD)
  work(my_numbers);
  >> MPI_Gatherv(my_numbers, counts[rank], MPI_DOUBLE, numbers, counts, displs, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    show(numbers);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a program's own names for all processes and for the root": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int n = 1;
  int root = 0;
  MPI_Comm comm = MPI_COMM_WORLD;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(comm, &rank)
  >> MPI_Comm_size(comm, &size)
  if (rank == 0)
  {
    n = atoi(argv[1]);
  }
  >> MPI_Bcast(&n, 1, MPI_INT, root, comm)
  printf("%d %d", n, size);
  >> MPI_Finalize()
  return 0;
}
""",
    "what follows a call that is tested stands behind the test": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int rc;
  rc =
  >> MPI_Init(&argc, &argv)
  if (rc != MPI_SUCCESS)
  {
    printf("no MPI");
    >> MPI_Abort(MPI_COMM_WORLD, rc)
  }
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  printf("%d %d", rank, size);
  rc =
  >> MPI_Finalize()
  return rc;
}
""",
    "rank and size by what is done with them": """\
int main(int argc, char **argv)
{
  int k;
  int m;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &k)
  >> MPI_Comm_size(MPI_COMM_WORLD, &m)
  if (k == 0)
  {
    printf("%d", 100 / m);
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
