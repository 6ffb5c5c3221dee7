"""Forced answers: branches and loops that lost their only statement, arrays that are spread and gathered back."""

from __future__ import annotations

import pytest

from hpcls.suggest.mpi.facts.hollow import mended
from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "a pointer that is null, a check that failed: the program aborts": """\
int main(int argc, char **argv)
{
  int rank;
  double *field;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  field = malloc(100 * sizeof(double));
  if (field == NULL)
  {
    >> MPI_Abort(MPI_COMM_WORLD, 1)
  }
  if (check_flag(field, "solve", rank))
    >> MPI_Abort(MPI_COMM_WORLD, 1)
  printf("%d %f", rank, field[0]);
  >> MPI_Finalize()
  return 0;
}
""",
    "one branch sends, the other receives": """\
int main(int argc, char **argv)
{
  int rank;
  int value = 7;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    >> MPI_Send(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD)
  }
  else
  {
    >> MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &status)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a loop over the processes hands out what the others show": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int i;
  int number;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    scanf("%d", &number);
    for (i = 1; i < size; i++)
    {
      >> MPI_Send(&number, 1, MPI_INT, i, 0, MPI_COMM_WORLD)
    }
  }
  else
  {
    >> MPI_Recv(&number, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &status)
    printf("%d", number);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "two pairs of branches: the first sends, the second receives": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  double edge = 1.0;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int last = size - 1;
  if (rank > 0)
  {
    >> MPI_Send(&edge, 1, MPI_DOUBLE, rank - 1, 0, MPI_COMM_WORLD)
  }
  if (rank != last)
  {
    >> MPI_Send(&edge, 1, MPI_DOUBLE, rank + 1, 0, MPI_COMM_WORLD)
  }
  if (rank > 0)
  {
    >> MPI_Recv(&edge, 1, MPI_DOUBLE, rank - 1, 0, MPI_COMM_WORLD, &status)
  }
  if (rank != last)
  {
    >> MPI_Recv(&edge, 1, MPI_DOUBLE, rank + 1, 0, MPI_COMM_WORLD, &status)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a chain: each process waits for the one before it": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int turn = 1;
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank)
  {
    >> MPI_Recv(&turn, 1, MPI_INT, rank - 1, 0, MPI_COMM_WORLD, &status)
  }
  printf("process %d of %d", rank, size);
  if (rank + 1 < size)
  {
    >> MPI_Send(&turn, 1, MPI_INT, rank + 1, 0, MPI_COMM_WORLD)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "parts are scattered behind the check of their memory, and gathered back": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int *all = NULL;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int length = 1000 / size;
  if (rank == 0)
  {
    all = malloc(1000 * sizeof(int));
    fill(all, 1000);
  }
  int *mine = malloc(length * sizeof(int));
  assert(mine != NULL);
  >> MPI_Scatter(all, length, MPI_INT, mine, length, MPI_INT, 0, MPI_COMM_WORLD)
  sort(mine, length);
  >> MPI_Gather(mine, length, MPI_INT, all, length, MPI_INT, 0, MPI_COMM_WORLD)
  if (rank == 0)
  {
    merge(all, length, size);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "parts are scattered in the loop that sets the whole": """\
int main(int argc, char **argv)
{
  int rank;
  int size;
  int run;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int length = 1000 / size;
  int *part = malloc(length * sizeof(int));
  int *whole = NULL;
  if (rank == 0)
  {
    whole = malloc(1000 * sizeof(int));
  }
  for (run = 0; run < 10; run++)
  {
    if (rank == 0)
    {
      fill(whole, 1000);
    }
    >> MPI_Scatter(whole, length, MPI_INT, part, length, MPI_INT, 0, MPI_COMM_WORLD)
    sort(part, length);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a text that one process reads is broadcast": """\
int main(int argc, char **argv)
{
  int rank;
  char name[80];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    fgets(name, 80, stdin);
  }
  >> MPI_Bcast(name, 80, MPI_CHAR, 0, MPI_COMM_WORLD)
  printf("%d: %s", rank, name);
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("annotated", PROGRAMS.values(), ids=PROGRAMS)
def test_calls_are_found(annotated: str) -> None:
    code, wanted = taken_apart(annotated)
    assert answered(code) == wanted


def test_what_writes_a_file_sends_no_messages() -> None:
    code = """\
int main(int argc, char **argv)
{
  int rank;
  int length;
  MPI_File file;
  if (rank == 0)
  {
    length = measure();
  }
  else
  {
    printf("%d", length);
  }
  return 0;
}
"""
    assert any(call.startswith("MPI_Send") for _, call in answered(code.replace("MPI_File file;", "MPI_Status file;")))
    assert not any(call.startswith(("MPI_Send", "MPI_Recv")) for _, call in answered(code))


def test_a_head_without_its_statement_governs_nothing() -> None:
    code = "int main()\n{\n  if (a)\n  b = 1;\n  else\n  while (c)\n    d();\n}\n"
    assert mended(code) == "int main()\n{\n  if (a) {}\n  b = 1;\n  else {}\n  while (c)\n    d();\n}\n"


def test_a_text_that_indents_nothing_stays() -> None:
    code = "int main()\n{\nif (a)\nb = 1;\n}\n"
    assert mended(code) == code


def test_the_end_of_a_loop_is_no_head() -> None:
    code = "int main()\n{\n  do\n  {\n    a();\n  }\n  while (b);\n  return 0;\n}\n"
    assert mended(code) == code
