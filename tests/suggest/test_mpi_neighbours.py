"""Programs that are half written: what neighbours have to tell each other, where some of it stands, or none.

`>> call` stands where hpcls offers a call.
"""

from __future__ import annotations

import pytest

from hpcls.suggest.mpi.facts.ghosts import distance, moved, swapped
from tests.suggest.bare_programs import taken_apart
from tests.suggest.test_mpi_half_written import BEGIN, END, offered

ROWS = """\
  int n = 64, rows = n / size;
  int up = rank > 0 ? rank - 1 : MPI_PROC_NULL;
  int down = rank < size - 1 ? rank + 1 : MPI_PROC_NULL;
  double *u = calloc((rows + 2) * n, sizeof(double)), *next = calloc((rows + 2) * n, sizeof(double));
"""
SWEEP = """\
    for (int i = 1; i <= rows; i++)
      for (int j = 1; j < n - 1; j++)
        next[i * n + j] = 0.5 * (u[(i - 1) * n + j] + u[(i + 1) * n + j]);
"""
LINE = """\
  int n = 1024 / size;
  double *u = calloc(n + 2, sizeof(double));
  for (int i = 1; i <= n; i++)
    u[i] = rank + 0.5 * i;
"""

HALOS = {
    "neighbours that are never spoken to, in front of the loop that reads their rows": f"""\
  MPI_Status status;
{ROWS}\
  for (int step = 0; step < 100; step++) {{
    >> MPI_Sendrecv(&u[n], n, MPI_DOUBLE, up, 0, &u[(rows + 1) * n], n, MPI_DOUBLE, down, 0, MPI_COMM_WORLD, &status)
    >> MPI_Sendrecv(&u[rows * n], n, MPI_DOUBLE, down, 0, &u[0], n, MPI_DOUBLE, up, 0, MPI_COMM_WORLD, &status)
{SWEEP}\
    double *t = u;
    u = next;
    next = t;
  }}
""",
    "with requests that nothing starts": """\
  MPI_Request requests[4];
  int n = 1024 / size;
  int left = (rank - 1 + size) % size;
  int right = (rank + 1) % size;
  double u[1026], next[1026];
  for (int i = 0; i < n + 2; i++)
    u[i] = rank;
  >> MPI_Irecv(&u[0], 1, MPI_DOUBLE, left, 1, MPI_COMM_WORLD, &requests[0])
  >> MPI_Irecv(&u[n + 1], 1, MPI_DOUBLE, right, 0, MPI_COMM_WORLD, &requests[1])
  >> MPI_Isend(&u[1], 1, MPI_DOUBLE, left, 0, MPI_COMM_WORLD, &requests[2])
  >> MPI_Isend(&u[n], 1, MPI_DOUBLE, right, 1, MPI_COMM_WORLD, &requests[3])
  >> MPI_Waitall(4, requests, MPI_STATUSES_IGNORE)
  for (int i = 1; i < n + 1; i++)
    next[i] = u[i - 1] + u[i + 1];
  printf("%f\\n", next[1]);
""",
    "whose rows they are is not known where two arrays are read": f"""\
{ROWS}\
  double *v = calloc((rows + 2) * n, sizeof(double));
  for (int i = 1; i <= rows; i++)
    next[i * n] = u[(i - 1) * n] + u[(i + 1) * n] + v[(i - 1) * n] + v[(i + 1) * n];
""",
    "the rows of the whole are nobody else's": """\
  int n = 64;
  int up = rank > 0 ? rank - 1 : MPI_PROC_NULL;
  int down = rank < size - 1 ? rank + 1 : MPI_PROC_NULL;
  double u[66], next[66];
  for (int i = 1; i <= n; i++)
    next[i] = u[i - 1] + u[i + 1];
""",
    "a branch that is still empty is where the messages are meant": f"""\
{ROWS}\
  if (rank % 2 == 0) {{
  }}
{SWEEP}\
""",
}

EXCHANGES = {
    "a send of four, as far from its ghost row as on the other side": f"""\
{LINE}\
  MPI_Request requests[4];
  int left = rank == 0 ? MPI_PROC_NULL : rank - 1;
  int right = rank == size - 1 ? MPI_PROC_NULL : rank + 1;
  MPI_Irecv(&u[0], 1, MPI_DOUBLE, left, 0, MPI_COMM_WORLD, &requests[0]);
  MPI_Irecv(&u[n + 1], 1, MPI_DOUBLE, right, 1, MPI_COMM_WORLD, &requests[1]);
  MPI_Isend(&u[1], 1, MPI_DOUBLE, left, 1, MPI_COMM_WORLD, &requests[2]);
  >> MPI_Isend(&u[n], 1, MPI_DOUBLE, right, 0, MPI_COMM_WORLD, &requests[3])
  MPI_Waitall(4, requests, MPI_STATUSES_IGNORE);
""",
    "a receive in the test that makes sure of the neighbour": f"""\
{LINE}\
  if (rank > 0) {{
    MPI_Send(&u[1], 1, MPI_DOUBLE, rank - 1, 0, MPI_COMM_WORLD);
    >> MPI_Recv(&u[0], 1, MPI_DOUBLE, rank - 1, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
  }}
  if (rank < size - 1) {{
    MPI_Send(&u[n], 1, MPI_DOUBLE, rank + 1, 1, MPI_COMM_WORLD);
    MPI_Recv(&u[n + 1], 1, MPI_DOUBLE, rank + 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  }}
""",
    "buffers of their own, by their names": """\
  int n = 8;
  double to_up[8], to_down[8], from_up[8], from_down[8];
  int up = (rank + size - 1) % size, down = (rank + 1) % size;
  MPI_Request requests[4];
  MPI_Irecv(from_up, n, MPI_DOUBLE, up, 0, MPI_COMM_WORLD, &requests[0]);
  >> MPI_Irecv(from_down, n, MPI_DOUBLE, down, 1, MPI_COMM_WORLD, &requests[1])
  MPI_Isend(to_up, n, MPI_DOUBLE, up, 1, MPI_COMM_WORLD, &requests[2]);
  MPI_Isend(to_down, n, MPI_DOUBLE, down, 0, MPI_COMM_WORLD, &requests[3]);
  MPI_Waitall(4, requests, MPI_STATUSES_IGNORE);
""",
    "the shift the other way, in a grid": """\
  int dims[1] = {0}, periods[1] = {0}, up, down;
  MPI_Comm line;
  MPI_Status status;
  MPI_Dims_create(size, 1, dims);
  MPI_Cart_create(MPI_COMM_WORLD, 1, dims, periods, 0, &line);
  MPI_Cart_shift(line, 0, 1, &up, &down);
  double u[10][8];
  int rows = get_rows(rank);
  MPI_Sendrecv(u[1], 8, MPI_DOUBLE, up, 0, u[rows + 1], 8, MPI_DOUBLE, down, 0, line, &status);
  >> MPI_Sendrecv(u[rows], 8, MPI_DOUBLE, down, 0, u[0], 8, MPI_DOUBLE, up, 0, line, &status)
""",
    "a ring that only shifts one way is whole": """\
  int left = (rank + size - 1) % size, right = (rank + 1) % size, mine = rank, other;
  MPI_Sendrecv(&mine, 1, MPI_INT, right, 0, &other, 1, MPI_INT, left, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  printf("%d\\n", other);
""",
    "the one call that the other branch has": """\
  double u[10];
  int left = (rank + size - 1) % size, right = (rank + 1) % size;
  if (rank % 2 == 0) {
    MPI_Send(&u[2], 1, MPI_DOUBLE, left, 0, MPI_COMM_WORLD);
    MPI_Send(&u[7], 1, MPI_DOUBLE, right, 1, MPI_COMM_WORLD);
    MPI_Recv(&u[9], 1, MPI_DOUBLE, right, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Recv(&u[0], 1, MPI_DOUBLE, left, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  } else {
    MPI_Recv(&u[9], 1, MPI_DOUBLE, right, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Recv(&u[0], 1, MPI_DOUBLE, left, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Send(&u[2], 1, MPI_DOUBLE, left, 0, MPI_COMM_WORLD);
    >> MPI_Send(&u[7], 1, MPI_DOUBLE, right, 1, MPI_COMM_WORLD)
  }
""",
}

RINGS = {
    "who hands on has got it": """\
  int token = 4;
  if (rank == 0) {
    MPI_Send(&token, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
    MPI_Recv(&token, 1, MPI_INT, size - 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  } else {
    >> MPI_Recv(&token, 1, MPI_INT, rank - 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    token++;
    MPI_Send(&token, 1, MPI_INT, (rank + 1) % size, 0, MPI_COMM_WORLD);
  }
""",
    "what comes round gets back to the first": """\
  int token = 4;
  MPI_Status status;
  if (rank == 0) {
    MPI_Send(&token, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
    >> MPI_Recv(&token, 1, MPI_INT, size - 1, 0, MPI_COMM_WORLD, &status)
    printf("%d\\n", token);
  } else {
    MPI_Recv(&token, 1, MPI_INT, rank - 1, 0, MPI_COMM_WORLD, &status);
    MPI_Send(&token, 1, MPI_INT, (rank + 1) % size, 0, MPI_COMM_WORLD);
  }
""",
    "the first one begins": """\
  int token = 4;
  if (rank == 0) {
    >> MPI_Send(&token, 1, MPI_INT, 1, 0, MPI_COMM_WORLD)
    MPI_Recv(&token, 1, MPI_INT, size - 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  } else {
    MPI_Recv(&token, 1, MPI_INT, rank - 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Send(&token, 1, MPI_INT, (rank + 1) % size, 0, MPI_COMM_WORLD);
  }
""",
    "what is shifted arrives where something waits for it": """\
  int next = (rank + 1) % size, previous = (rank + size - 1) % size;
  int mine = rank * rank, other;
  MPI_Send(&mine, 1, MPI_INT, next, 5, MPI_COMM_WORLD);
  >> MPI_Recv(&other, 1, MPI_INT, previous, 5, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
  printf("%d\\n", other);
""",
    "nothing is received into the rank": """\
  if (rank == 0) {
    MPI_Send(&rank, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
  } else {
    MPI_Send(&rank, 1, MPI_INT, (rank + 1) % size, 0, MPI_COMM_WORLD);
  }
""",
}
PROGRAMS = HALOS | EXCHANGES | RINGS


@pytest.mark.parametrize("body", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_what_stands_there_tells_what_is_missing(body: str) -> None:
    code, wanted = taken_apart(BEGIN + body + END)
    assert offered(code) == wanted


WHOLE = HALOS | EXCHANGES | RINGS


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE.keys())
def test_nothing_is_missing_once_it_stands_there(body: str) -> None:
    code = (BEGIN + body + END).replace(">> ", "")
    whole = "\n".join(
        f"{line};" if line.strip().startswith("MPI_") and line.endswith(")") else line for line in code.split("\n")
    )
    assert offered(whole) == offered(taken_apart(whole)[0])
    if ">> " in body:
        assert offered(whole) == []


def test_rows_are_counted_as_they_are_spelled() -> None:
    assert moved("&u[n]", 1, "1") == "&u[n + 1]"
    assert moved("&u[(rows + 1) * m]", -1, "m") == "&u[rows * m]"
    assert moved("u[1]", -1, "m") == "u[0]"
    assert moved("&u[0]", -1, "1") is None
    assert distance("&u[n]", "&u[n+1]", "1") == 1
    assert distance("&u[m]", "u", "m") == -1
    assert distance("u", "v", "m") is None
    assert moved("u[0]", 1, "1") == "u[1]"


def test_a_shift_turned_round_sends_the_row_beside_the_ghost() -> None:
    assert swapped("&u[at(1, 1)]", "&u[at(1, n + 1)]", "1") == ("&u[at(1, n)]", "&u[at(1, 0)]")
    assert swapped("u[rows]", "u[0]", "m") == ("u[1]", "u[rows + 1]")
    assert swapped("mine", "other", "1") is None
