"""Programs that are half written: what the calls that stand there make necessary, and what is left open.

`>> call` stands where hpcls offers a call.
"""

from __future__ import annotations

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.suggest.mpi.rules.answer import answer_mpi
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.source import parse
from tests.suggest.bare_programs import Placed, taken_apart

BEGIN = """\
#include <math.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv)
{
  int rank, size;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
"""
END = """\
  MPI_Finalize();
  return 0;
}
"""

MESSAGES = {
    "a message that nobody receives": """\
  int n = rank + 3;
  if (rank == 0) {
    MPI_Send(&n, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
  } else if (rank == 1) {
    >> MPI_Recv(&n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    printf("%d\\n", n);
  }
""",
    "in the order of the messages around it": """\
  double values[9], answer = 0;
  int n = 9;
  MPI_Status status;
  if (rank == 0) {
    for (int i = 0; i < n; i++)
      values[i] = i;
    MPI_Send(&n, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
    MPI_Send(values, n, MPI_DOUBLE, 1, 1, MPI_COMM_WORLD);
    MPI_Recv(&answer, 1, MPI_DOUBLE, 1, 2, MPI_COMM_WORLD, &status);
    printf("%f\\n", answer);
  } else {
    MPI_Recv(&n, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &status);
    >> MPI_Recv(values, n, MPI_DOUBLE, 0, 1, MPI_COMM_WORLD, &status)
    for (int i = 0; i < n; i++)
      answer += values[i];
    MPI_Send(&answer, 1, MPI_DOUBLE, 0, 2, MPI_COMM_WORLD);
  }
""",
    "one from each process, into what waits for it": """\
  double mine = 2.0 * rank, other, sum = 0;
  if (rank != 0) {
    MPI_Send(&mine, 1, MPI_DOUBLE, 0, 3, MPI_COMM_WORLD);
  } else {
    for (int source = 1; source < size; source++) {
      >> MPI_Recv(&other, 1, MPI_DOUBLE, source, 3, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
      sum += other;
    }
    printf("%f\\n", sum);
  }
""",
    "what is received was sent, as the program sends": """\
  float part = 0, whole;
  int n = 4;
  if (rank == 1) {
    MPI_Ssend(&n, 1, MPI_INT, 0, 3, MPI_COMM_WORLD);
    part = 0.5f;
    >> MPI_Ssend(&part, 1, MPI_FLOAT, 0, 4, MPI_COMM_WORLD)
  } else if (rank == 0) {
    MPI_Recv(&n, 1, MPI_INT, 1, 3, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Recv(&whole, 1, MPI_FLOAT, 1, 4, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    printf("%f\\n", whole);
  }
""",
    "two that may belong together are left alone, wrong as their tags are": """\
  int n = 4;
  if (rank == 0)
    MPI_Ssend(&n, 1, MPI_INT, 1, 1, MPI_COMM_WORLD);
  else if (rank == 1)
    MPI_Recv(&n, 1, MPI_INT, 0, 2, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
""",
    "one receive in a loop takes the work and the end of it": """\
  int n = 4;
  MPI_Status status;
  if (rank == 0) {
    for (int i = 0; i < 10; i++)
      MPI_Ssend(&i, 1, MPI_INT, 1, 1, MPI_COMM_WORLD);
    MPI_Ssend(&n, 1, MPI_INT, 1, 2, MPI_COMM_WORLD);
  } else if (rank == 1) {
    do
      MPI_Recv(&n, 1, MPI_INT, 0, MPI_ANY_TAG, MPI_COMM_WORLD, &status);
    while (status.MPI_TAG == 1);
  }
""",
    "a tag that is the sender's rank is the counter of who receives from all": """\
  int mine = 3 * rank, other;
  MPI_Status status;
  if (rank == 0) {
    for (int i = 1; i < size; i++) {
      >> MPI_Recv(&other, 1, MPI_INT, i, i, MPI_COMM_WORLD, &status)
      printf("%d\\n", other);
    }
  } else {
    MPI_Send(&mine, 1, MPI_INT, 0, rank, MPI_COMM_WORLD);
  }
""",
    "a rank is received as another number": """\
  int received;
  if (rank == 0) {
    for (int i = 1; i < size; i++) {
      >> MPI_Recv(&received, 1, MPI_INT, i, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
      printf("%d\\n", received);
    }
  } else {
    MPI_Send(&rank, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
  }
""",
    "into memory that waits, and as much as that": """\
  if (rank == 0) {
    double values[8] = {1.0, 2.0};
    int n = 8;
    MPI_Send(values, n, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD);
  } else {
    double *part = malloc(8 * sizeof(double));
    >> MPI_Recv(part, 8, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    printf("%f\\n", part[0]);
    free(part);
  }
""",
    "a request that is waited for is that of the message": """\
  int n = rank + 3;
  MPI_Request request;
  if (rank == 0) {
    MPI_Send(&n, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
  } else if (rank == 1) {
    >> MPI_Irecv(&n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, &request)
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    printf("%d\\n", n);
  }
""",
    "one receive takes what one of two branches sends": """\
  int n = rank + 3, stop = -1;
  if (rank == 0) {
    if (n > 2) {
      MPI_Ssend(&n, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
    } else {
      MPI_Ssend(&stop, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
    }
  } else if (rank == 1) {
    MPI_Recv(&n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  }
""",
    "which part of an array each of them gets is not known": """\
  int part[4];
  if (rank == 0) {
    int *all = malloc(1024 * sizeof(int));
    for (int i = 0; i < 1024; i++)
      all[i] = i;
    for (int to = 1; to < size; to++) {
      printf("%d\\n", to);
    }
  } else {
    MPI_Recv(part, 4, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    printf("%d\\n", part[0]);
  }
""",
    "a message that somebody has taken out": """\
  int n = rank + 3;
  if (rank == 0) {
    MPI_Send(&n, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
  } else if (rank == 1) {
    // MPI_Recv(&n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  }
""",
}

TOTALS = {
    "a total that all look at, made as the loop makes its part": """\
  double diff = 0.0, total;
  for (int i = 0; i < 9; i++)
    diff = fmax(diff, fabs(i - 4.0 * rank));
  >> MPI_Allreduce(&diff, &total, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD)
  if (total < 1e-6)
    printf("done\\n");
""",
    "of the processes that the other calls are among": """\
  MPI_Comm grid = get_grid();
  MPI_Barrier(grid);
  double local_norm = 1.0 + rank, global_norm;
  >> MPI_Allreduce(&local_norm, &global_norm, 1, MPI_DOUBLE, MPI_SUM, grid)
  printf("%f\\n", global_norm);
""",
    "how they are put together is not known": """\
  double local_value = 1.5 * rank, global_value;
  if (global_value < 1e-6)
    printf("done\\n");
""",
    "nobody knows what the total is made of": """\
  double first = 1.0, second = 2.0, total;
  first += rank;
  second += rank;
  if (total < 1e-6)
    printf("done\\n");
""",
}

ARRAYS = {
    "the parts of an array that one process has": """\
  double *all = NULL, sum = 0.0;
  int count = 1024 / size;
  double *part = malloc(count * sizeof(double));
  if (rank == 0) {
    all = malloc(1024 * sizeof(double));
    for (int i = 0; i < 1024; i++)
      all[i] = i * 0.5;
  }
  >> MPI_Scatter(all, count, MPI_DOUBLE, part, count, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  for (int i = 0; i < count; i++)
    sum += part[i] * part[i];
  printf("%f\\n", sum);
""",
    "an array that all need": """\
  double weights[16], sum = 0.0;
  if (rank == 0) {
    for (int i = 0; i < 16; i++)
      weights[i] = i * 0.5;
  }
  >> MPI_Bcast(weights, 16, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  for (int i = 0; i < 16; i++)
    sum += rank * weights[i];
  printf("%f\\n", sum);
""",
    "the others only give its memory back": """\
  double *weights = malloc(16 * sizeof(double));
  if (rank == 0) {
    for (int i = 0; i < 16; i++)
      weights[i] = i * 0.5;
    printf("%f\\n", weights[3]);
  }
  release(weights);
""",
    "another name may fill the parts": """\
  double *all = NULL, *now, sum = 0.0;
  int count = 1024 / size;
  double *part = malloc(count * sizeof(double));
  if (rank == 0) {
    all = malloc(1024 * sizeof(double));
    for (int i = 0; i < 1024; i++)
      all[i] = i * 0.5;
  }
  now = part;
  for (int i = 0; i < count; i++)
    now[i] = 1.0;
  for (int i = 0; i < count; i++)
    sum += part[i] * part[i];
  printf("%f\\n", sum);
""",
    "a call knows the array already": """\
  double *all = NULL, sum = 0.0;
  int count = 1024 / size;
  double *part = malloc(count * sizeof(double));
  if (rank == 0) {
    all = malloc(1024 * sizeof(double));
    for (int i = 0; i < 1024; i++)
      all[i] = i * 0.5;
    for (int to = 1; to < size; to++)
      MPI_Ssend(all + to * count, count, MPI_DOUBLE, to, 0, MPI_COMM_WORLD);
  }
  for (int i = 0; i < count; i++)
    sum += part[i] * part[i];
  printf("%f\\n", sum);
""",
}
PROGRAMS = MESSAGES | TOTALS | ARRAYS


def offered(text: str, language: LanguageName = "c") -> Placed:
    found = report(parse(text, "a.c", language), Settings(kind="mpi")).suggestions
    return [(one.after_line or 0, one.text.rstrip(";")) for one in found]


@pytest.mark.parametrize("body", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_what_stands_there_tells_what_is_missing(body: str) -> None:
    code, wanted = taken_apart(BEGIN + body + END)
    assert offered(code) == wanted


def test_the_other_end_may_be_in_another_function() -> None:
    body = MESSAGES["a message that nobody receives"]
    worker = "void worker(void)\n{\n  int n;\n  MPI_Recv(&n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, MPI_STATUS_IGNORE);\n}\n"
    code, _ = taken_apart(BEGIN.replace("int main", f"{worker}int main") + body + END)
    assert offered(code) == []


def test_messages_of_another_function_that_are_even_are_its_own() -> None:
    body = MESSAGES["a message that nobody receives"]
    both = "void swap(int *n)\n{\n  MPI_Ssend(n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD);\n"
    both += "  MPI_Recv(n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, MPI_STATUS_IGNORE);\n}\n"
    code, wanted = taken_apart(BEGIN.replace("int main", f"{both}int main") + body + END)
    assert offered(code) == wanted


VECTORS = {
    "a vector that the others have parts of": """\
  int chunk = 1024 / size;
  std::vector<double> data;
  std::vector<double> mine(chunk);
  if (rank == 0) {
    data.resize(1024);
    for (int i = 0; i < 1024; ++i) data[i] = i * 0.5;
  }
  >> MPI_Scatter(data.data(), chunk, MPI_DOUBLE, mine.data(), chunk, MPI_DOUBLE, 0, MPI_COMM_WORLD)
  for (int i = 0; i < chunk; ++i) printf("%f\\n", mine[i]);
""",
    "a vector of all the parts": """\
  int chunk = 1024 / size;
  std::vector<int> data(1024);
  std::vector<int> mine(chunk);
  for (int i = 0; i < chunk; ++i) mine[i] = i * rank;
  >> MPI_Gather(mine.data(), chunk, MPI_INT, data.data(), chunk, MPI_INT, 0, MPI_COMM_WORLD)
  if (rank == 0) {
    for (int i = 0; i < 1024; ++i) printf("%d\\n", data[i]);
  }
""",
    "two vectors, by their names": """\
  int chunk = 64 / size;
  std::vector<int> a(64), b(64);
  std::vector<int> local_a(chunk), local_b(chunk);
  if (rank == 0) {
    for (int i = 0; i < 64; ++i) a[i] = i;
    for (int i = 0; i < 64; ++i) b[i] = 64 - i;
  }
  >> MPI_Scatter(a.data(), chunk, MPI_INT, local_a.data(), chunk, MPI_INT, 0, MPI_COMM_WORLD)
  >> MPI_Scatter(b.data(), chunk, MPI_INT, local_b.data(), chunk, MPI_INT, 0, MPI_COMM_WORLD)
  for (int i = 0; i < chunk; ++i) printf("%d\\n", local_a[i] + local_b[i]);
""",
    "something else may fill the parts": """\
  int chunk = 1024 / size;
  std::vector<double> data(1024);
  std::vector<double> mine(chunk);
  std::iota(mine.begin(), mine.end(), 1.0);
  if (rank == 0) {
    for (int i = 0; i < 1024; ++i) data[i] = i * 0.5;
  }
  for (int i = 0; i < chunk; ++i) printf("%f\\n", mine[i]);
""",
}


@pytest.mark.parametrize("body", VECTORS.values(), ids=VECTORS.keys())
def test_vectors_of_cpp_wait_like_arrays(body: str) -> None:
    code, wanted = taken_apart(BEGIN.replace("#include <math.h>", "#include <numeric>\n#include <vector>") + body + END)
    assert offered(code, "cpp") == wanted


def test_a_program_of_very_many_branches_is_left_alone() -> None:
    """What each of them sends is held against all others: a file like this would take minutes."""
    branch = "  if (rank == {0}) MPI_Ssend(&n, 1, MPI_INT, 0, {0}, MPI_COMM_WORLD);\n"
    code = BEGIN + "  int n = 3;\n" + "".join(branch.format(one) for one in range(1, 300)) + END
    assert offered(code) == []
    assert answer_mpi(code) == ()


def test_an_end_behind_a_statement_without_its_semicolon_is_there() -> None:
    assert offered(BEGIN + "  MPI_Barrier(MPI_COMM_WORLD)\n" + END) == []
