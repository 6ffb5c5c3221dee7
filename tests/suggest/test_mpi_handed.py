"""Functions of a half-written program that do not ask for the rank and the size, but get them.

`>> call` stands where hpcls offers a call.
"""

from __future__ import annotations

from tests.suggest.bare_programs import taken_apart
from tests.suggest.test_mpi_half_written import BEGIN, END, offered

HANDED = """\
#include <mpi.h>
#include <stdio.h>
int size;
void work(int rank)
{
  int n = rank + 3;
  if (rank == 0) {
    for (int to = 1; to < size; to++)
      MPI_Send(&n, 1, MPI_INT, to, 7, MPI_COMM_WORLD);
  } else {
    >> MPI_Recv(&n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    printf("%d\\n", n);
  }
}
int main(int argc, char **argv)
{
  int id;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &id);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  work(id);
  MPI_Finalize();
  return 0;
}
"""


def test_a_function_knows_the_rank_that_it_is_handed() -> None:
    code, wanted = taken_apart(HANDED)
    assert offered(code) == wanted
    assert offered(code.replace("work(id)", "work(3)")) == []


def test_a_variable_of_the_file_that_another_function_asks_the_rank_into() -> None:
    shared = HANDED.replace("int size;", "int size, id;").replace("  int id;\n", "").replace("int rank", "void")
    code, wanted = taken_apart(
        shared.replace("rank", "id").replace("MPI_Comm_id", "MPI_Comm_rank").replace("work(id)", "work()")
    )
    assert offered(code) == wanted


INPUT = """\
#include <mpi.h>
#include <stdio.h>
void get_input(int rank, double *a, int *n)
{
  if (rank == 0) {
    printf("a and n?\\n");
    scanf("%lf %d", a, n);
  }
  >> MPI_Bcast(a, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  >> MPI_Bcast(n, 1, MPI_INT, 0, MPI_COMM_WORLD)
}
"""


def test_what_a_function_reads_in_for_all_its_callers() -> None:
    code, wanted = taken_apart(INPUT)
    assert offered(code) == wanted


def test_what_is_broadcast_by_the_caller_is_not_broadcast_twice() -> None:
    code, _ = taken_apart(INPUT)
    inside = "  get_input(rank, a, n);\n  MPI_Bcast(n, 1, MPI_INT, 0, MPI_COMM_WORLD);\n"
    caller = f"void start(int rank, double *a, int *n)\n{{\n{inside}}}\n"
    assert [text for _, text in offered(code + caller)] == ["MPI_Bcast(a, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD)"]


def test_what_is_dealt_out_one_by_one_is_not_broadcast() -> None:
    code, _ = taken_apart(INPUT)
    other = code.replace("  }\n", '  } else {\n    printf("waiting\\n");\n  }\n', 1)
    assert offered(other) == []


def test_among_the_processes_that_a_function_is_handed() -> None:
    code, wanted = taken_apart(INPUT.replace("int *n)", "int *n, MPI_Comm comm)").replace("MPI_COMM_WORLD", "comm"))
    asking = code.replace("{\n", "{\n  int size;\n  MPI_Comm_size(comm, &size);\n", 1)
    assert [text for _, text in offered(asking)] == [text for _, text in wanted]


STREAM = """\
  int n;
  if (rank == 0) {
    std::cout << "n? ";
    std::cin >> n;
  }
  >> MPI_Bcast(&n, 1, MPI_INT, 0, MPI_COMM_WORLD)
  for (int i = 0; i < n; ++i) std::cout << i * rank << "\\n";
"""


def test_a_number_from_a_stream_is_for_all() -> None:
    code, wanted = taken_apart(BEGIN.replace("#include <math.h>", "#include <iostream>") + STREAM + END)
    assert offered(code, "cpp") == wanted
