"""Forced answers for programs whose calls were taken out: `>> call` stands where each call was."""

from __future__ import annotations

import pytest

from hpcls.suggest.mpi_rules import answer_mpi

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
    "handles that nothing uses are made, used and freed": """\
int main()
{
  int rank;
  double cell[4];
  MPI_Datatype row;
  MPI_Win window;
  >> MPI_Init(NULL, NULL)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Type_commit(&row)
  >> MPI_Win_create(cell, sizeof(cell), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &window)
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
}


@pytest.mark.parametrize("annotated", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_programs_get_their_calls_back(annotated: str) -> None:
    code: list[str] = []
    wanted: list[tuple[int, str]] = []
    for line in annotated.splitlines():
        if line.strip().startswith(">> "):
            wanted.append((len(code), line.strip()[3:]))
        else:
            code.append(line)
    assert [(call.line, call.text) for call in answer_mpi("\n".join(code))] == wanted


@pytest.mark.parametrize(
    "code", ["", "}", "int main(", "int main() { int rank =", "int f() { return rank; }", "main() {"]
)
def test_any_text_gets_an_answer(code: str) -> None:
    assert isinstance(answer_mpi(code), tuple)
