"""Forced answers for programs whose calls were taken out: `>> call` stands where each call was."""

from __future__ import annotations

import pytest

from hpcls.suggest.mpi.rules.answer import answer_mpi
from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "what is not declared in view counts, too": """\
int main(int argc, char **argv)
{
  double t1;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &my_rank)
  if (my_rank == 0)
  {
    t1 =
    >> MPI_Wtime()
    puts("done");
  }

  >> MPI_Finalize()
  return 0;
}
""",
    "the first sends, the second receives": """\
int main()
{
  int x;
  int rank;
  MPI_Status status;
  >> MPI_Init(NULL, NULL)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    x = 7;
    >> MPI_Send(&x, 1, MPI_INT, 1, 0, MPI_COMM_WORLD)
  }
  else
    if (rank == 1)
  {
    >> MPI_Recv(&x, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &status)
    printf("%d", x);
  }
  >> MPI_Finalize()
}
""",
    "one goes through all, and each has something for it": """\
int main()
{
  int part;
  int rank;
  int size;
  >> MPI_Init(NULL, NULL)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank != 0)
  {
    part = rank * rank;
    >> MPI_Send(&part, 1, MPI_INT, 0, 0, MPI_COMM_WORLD)
  }
  else
  {
    for (int i = 1; i < size; i++)
    {
      >> MPI_Recv(&part, 1, MPI_INT, i, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
      printf("%d", part);
    }
  }
  >> MPI_Finalize()
}
""",
    "handles that nothing uses are made and used": """\
int main()
{
  int rank;
  double cell[4];
  MPI_Datatype row;
  MPI_Win window;
  >> MPI_Init(NULL, NULL)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Type_contiguous(4, MPI_DOUBLE, &row)
  >> MPI_Type_commit(&row)
  >> MPI_Win_create(cell, 4 * sizeof(double), sizeof(double), MPI_INFO_NULL, MPI_COMM_WORLD, &window)
  >> MPI_Win_fence(0, window)
  cell[rank] = rank;
  >> MPI_Type_free(&row)
  >> MPI_Win_fence(0, window)
  >> MPI_Win_free(&window)
  >> MPI_Finalize()
  return 0;
}
""",
    "a request in view makes a message nonblocking": """\
int main()
{
  int data[8];
  int rank;
  MPI_Request request;
  >> MPI_Init(NULL, NULL)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    >> MPI_Isend(data, 8, MPI_INT, 1, 0, MPI_COMM_WORLD, &request)
    >> MPI_Wait(&request, MPI_STATUS_IGNORE)
  }
  else
  {
    >> MPI_Recv(data, 8, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    printf("%d", data[0]);
  }
  >> MPI_Finalize()
}
""",
    "who complains about the number of processes gives up": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (size < 2)
  {
    fprintf(stderr, "too few\\n");
    >> MPI_Abort(MPI_COMM_WORLD, 1)
  }
  printf("%d", rank);
  >> MPI_Finalize()
  return 0;
}
""",
    "who complains of anything that all see gives up": """\
int main(int argc, char **argv)
{
  int rank;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (argc < 2)
  {
    printf("usage: %s n\\n", argv[0]);
    >> MPI_Abort(MPI_COMM_WORLD, 1)
  }
  printf("%d", rank);
  >> MPI_Finalize()
  return 0;
}
""",
    "who has a place for the level of threads asks for one": """\
int main(int argc, char **argv)
{
  int rank;
  int provided;
  >> MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &provided)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (provided < MPI_THREAD_MULTIPLE)
    puts("one thread");
  printf("%d", rank);
  >> MPI_Finalize()
  return 0;
}
""",
    "codes of success are kept where they are wanted": """\
int main(int argc, char **argv)
{
  int rank;
  int error;
  error =
  >> MPI_Init(&argc, &argv)
  error =
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  printf("%d", rank);
  error =
  >> MPI_Finalize()
  return 0;
}
""",
    "what one process reads and never got comes from those who have it": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int part;
  int total;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  total = rank;
  if (rank != 0)
  {
    part = rank * rank;
    >> MPI_Send(&part, 1, MPI_INT, 0, 0, MPI_COMM_WORLD)
  }
  if (rank == 0)
  {
    for (int i = 1; i < size; i++)
    {
      >> MPI_Recv(&part, 1, MPI_INT, i, 0, MPI_COMM_WORLD, &status)
      total += part;
    }
    printf("%d", total);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a root goes on with the total of what is computed where it is declared": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  double total;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  double my_total = area(rank, size);
  >> MPI_Reduce(&my_total, &total, 1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    total = total * 4;
    printf("%g", total);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "each new part makes a new total": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int sum;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int partial_sum = count(rank, size);
  >> MPI_Reduce(&partial_sum, &sum, 1, MPI_INT, MPI_SUM, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    printf("%d", sum);
  }
  for (int i = 0; i < 9; i++)
  {
    partial_sum = count(rank, size);
    >> MPI_Reduce(&partial_sum, &sum, 1, MPI_INT, MPI_SUM, 0, MPI_COMM_WORLD)
    if (rank == 0)
    {
      printf("%d", sum);
    }
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "parts of a root's array, and an array of parts": """\
int main(int argc, char **argv)
{
  >> MPI_Init(&argc, &argv)
  int rank;
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  int size;
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int numbers[64];
  if (rank == 0)
  {
    for (int i = 0; i < 64; i++)
      numbers[i] = i;
  }
  int each = 64 / size;
  int *my_numbers = malloc(each * sizeof(int));
  >> MPI_Scatter(numbers, each, MPI_INT, my_numbers, each, MPI_INT, 0, MPI_COMM_WORLD)
  int sum = 0;
  for (int i = 0; i < each; i++)
    sum += my_numbers[i];
  int *sums = malloc(size * sizeof(int));
  >> MPI_Gather(&sum, 1, MPI_INT, sums, 1, MPI_INT, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    for (int i = 0; i < size; i++)
      printf("%d", sums[i]);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "all need the array that one process fills": """\
int main(int argc, char **argv)
{
  int rank;
  double weights[8];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    for (int i = 0; i < 8; i++)
      scanf("%lf", &weights[i]);
  }
  >> MPI_Bcast(weights, 8, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  printf("%d %g", rank, weights[0]);
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("annotated", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_programs_get_their_calls_back(annotated: str) -> None:
    code, wanted = taken_apart(annotated)
    assert answered(code) == wanted


@pytest.mark.parametrize(
    "code", ["", "}", "int main(", "int main() { int rank =", "int f() { return rank; }", "main() {"]
)
def test_any_text_gets_an_answer(code: str) -> None:
    assert isinstance(answer_mpi(code), tuple)


@pytest.mark.parametrize(
    "body",
    [
        "double local_sum = rank; for (double sum : found) std::cout << sum;",
        "double total = 0; for (double part : found) std::cout << total;",
        "double sum = 0; for (double one : found) { sum += one; } std::cout << sum;",
    ],
    ids=["read as a total", "set as a part", "added up"],
)
def test_the_elements_of_a_range_are_neither_totals_nor_parts(body: str) -> None:
    placed = answer_mpi(f"int main()\n{{\n  int rank, size;\n  {body}\n}}\n", "cpp")
    assert {one.function for one in placed}.isdisjoint({"MPI_Reduce", "MPI_Allreduce"})
