"""Forced answers: how memory is described, to windows and by datatypes."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "a window over memory, behind which it is as long": """\
int main(int argc, char **argv)
{
  int rank, size, i;
  MPI_Win win;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  double *other = (double *)(malloc(sizeof(double) * 2));
  double *buf = (double *)(malloc(sizeof(double) * size));
  >> MPI_Win_create(buf, size * sizeof(double), sizeof(double), MPI_INFO_NULL, MPI_COMM_WORLD, &win)
  >> MPI_Win_fence(0, win)
  for (i = 0; i < size; i++)
    buf[i] = rank + other[0];
  >> MPI_Win_fence(0, win)
  >> MPI_Win_free(&win)
  >> MPI_Finalize()
  return 0;
}
""",
    "windows that are called after what they are over": """\
int main(int argc, char **argv)
{
  int n, rank;
  double pi, table[3];
  MPI_Win nwin, win_pi;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Win_create(&n, sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &nwin)
  >> MPI_Win_fence(0, nwin)
  >> MPI_Win_create(&pi, sizeof(double), sizeof(double), MPI_INFO_NULL, MPI_COMM_WORLD, &win_pi)
  >> MPI_Win_fence(0, win_pi)
  use(table);
  >> MPI_Win_fence(0, nwin)
  >> MPI_Win_fence(0, win_pi)
  printf("%d %d %f %f", rank, n, pi, table[0]);
  >> MPI_Win_free(&nwin)
  >> MPI_Win_free(&win_pi)
  >> MPI_Finalize()
  return 0;
}
""",
    "the length of a window that has a name": """\
int main(int argc, char **argv)
{
  int rank;
  int got;
  MPI_Aint size_of_window = sizeof(int);
  MPI_Win window;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Win_create(&got, size_of_window, sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &window)
  >> MPI_Win_fence(0, window)
  use(rank);
  >> MPI_Win_fence(0, window)
  printf("%d got %d", rank, got);
  >> MPI_Win_free(&window)
  >> MPI_Finalize()
  return 0;
}
""",
    "a row and a column of a matrix": """\
int main(int argc, char **argv)
{
  int rank, sizes[2];
  float cells[6][4];
  MPI_Datatype row, column;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Type_contiguous(4, MPI_FLOAT, &row)
  >> MPI_Type_commit(&row)
  >> MPI_Type_vector(6, 1, 4, MPI_FLOAT, &column)
  >> MPI_Type_commit(&column)
  use(rank, sizes, cells);
  >> MPI_Type_free(&row)
  >> MPI_Type_free(&column)
  >> MPI_Finalize()
  return 0;
}
""",
    "count, length and stride by name, behind what sets them": """\
int main(int argc, char **argv)
{
  int rank;
  MPI_Datatype every;
  int numbers[20];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  printf("%d", rank);
  int count = 5;
  int blocklength = 2;
  int stride = 4;
  >> MPI_Type_vector(count, blocklength, stride, MPI_INT, &every)
  >> MPI_Type_commit(&every)
  use(numbers);
  >> MPI_Type_free(&every)
  >> MPI_Finalize()
  return 0;
}
""",
    "a type stands behind the number that its length needs": """\
int main(int argc, char **argv)
{
  int rank, n;
  MPI_Datatype line;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  printf("%d", rank);
  n = atoi(argv[1]);
  >> MPI_Type_contiguous(n, MPI_DOUBLE, &line)
  >> MPI_Type_commit(&line)
  double *cells = malloc(n * sizeof(double));
  use(cells);
  >> MPI_Type_free(&line)
  >> MPI_Finalize()
  return 0;
}
""",
    "a type of an inner block is made and freed there": """\
int main(int argc, char **argv)
{
  int rank, cells[8];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  switch (cells[0])
  {
  case 1:
  {
    printf("%d", rank);
    MPI_Datatype half;
    >> MPI_Type_contiguous(8, MPI_INT, &half)
    >> MPI_Type_commit(&half)
    use(cells);
    >> MPI_Type_free(&half)
  }
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "fences around what is done with a window, which ends before its memory": """\
int main(int argc, char **argv)
{
  int rank;
  MPI_Win win;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  int *buf = malloc(4 * sizeof(int));
  >> MPI_Win_create(buf, 4 * sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &win)
  buf[0] = rank;
  >> MPI_Win_fence(0, win)
  if (rank == 1)
  {
  }
  >> MPI_Win_fence(0, win)
  if (rank == 0)
    printf("%d", buf[0]);
  >> MPI_Win_free(&win)
  free(buf);
  >> MPI_Finalize()
  return 0;
}
""",
    "a type ends before memory": """\
int main(int argc, char **argv)
{
  int rank;
  MPI_Datatype row;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Type_contiguous(4, MPI_INT, &row)
  >> MPI_Type_commit(&row)
  int *cells = malloc(4 * sizeof(int));
  use(rank, cells);
  >> MPI_Type_free(&row)
  free(cells);
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("annotated", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_programs_get_their_calls_back(annotated: str) -> None:
    code, wanted = taken_apart(annotated)
    assert answered(code) == wanted
