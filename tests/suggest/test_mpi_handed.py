"""Functions of a half-written program that do not ask for the rank and the size, but get them.

`>> call` stands where hpcls offers a call.
"""

from __future__ import annotations

from tests.suggest.bare_programs import taken_apart
from tests.suggest.test_mpi_half_written import offered

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
