"""Forced answers: objects of MPI that a program declares, what makes them and what frees them."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "an info object has a key, and is freed": """\
int main(int argc, char **argv)
{
  int rank;
  MPI_Info info;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Info_create(&info)
  >> MPI_Info_set(info, "key", "value")
  work(rank);
  >> MPI_Info_free(&info)
  >> MPI_Finalize()
  return 0;
}
""",
    "an operation is made of a function": """\
int main(int argc, char **argv)
{
  int rank;
  MPI_Op longest;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Op_create(combine, 1, &longest)
  work(rank);
  >> MPI_Finalize()
  return 0;
}
""",
    "a copy of the communicator": """\
int main(int argc, char **argv)
{
  int rank;
  MPI_Comm dup_world;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_dup(MPI_COMM_WORLD, &dup_world)
  work(rank);
  >> MPI_Comm_free(&dup_world)
  >> MPI_Finalize()
  return 0;
}
""",
    "the processes of a node, and the rank and size among them": """\
int main(int argc, char **argv)
{
  int rank, size;
  int node_rank;
  int node_size;
  MPI_Comm node_comm;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  >> MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node_comm)
  >> MPI_Comm_rank(node_comm, &node_rank)
  >> MPI_Comm_size(node_comm, &node_size)
  work(rank, size, node_rank, node_size);
  >> MPI_Finalize()
  return 0;
}
""",
    "what is tested for the null handle is freed there": """\
int main(int argc, char **argv)
{
  int rank;
  MPI_Comm part;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  part = make_part(rank);
  if (part != MPI_COMM_NULL)
  >> MPI_Comm_free(&part)
  >> MPI_Finalize()
  return 0;
}
""",
    "the first group is that of all, the others are made of ranks": """\
int main(int argc, char **argv)
{
  int rank;
  int ranks[2] = {0, 1};
  MPI_Group world_group, part_group;
  MPI_Comm part;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_group(MPI_COMM_WORLD, &world_group)
  >> MPI_Group_incl(world_group, 2, ranks, &part_group)
  >> MPI_Comm_create(MPI_COMM_WORLD, part_group, &part)
  work(rank);
  >> MPI_Finalize()
  return 0;
}
""",
    "a window and groups: one side accesses, the other exposes": """\
int main(int argc, char **argv)
{
  int rank;
  int ranks[1] = {0};
  int data[4];
  MPI_Group world_group, others;
  MPI_Win win;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_group(MPI_COMM_WORLD, &world_group)
  >> MPI_Group_incl(world_group, 1, ranks, &others)
  >> MPI_Win_create(ranks, sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &win)
  if (rank == 0)
  {
    >> MPI_Win_start(others, 0, win)
    data[0] = 1;
    >> MPI_Win_complete(win)
  }
  else
  {
    >> MPI_Win_post(others, 0, win)
    data[1] = 2;
    >> MPI_Win_wait(win)
  }
  >> MPI_Win_free(&win)
  >> MPI_Finalize()
  return 0;
}
""",
    "who has no parent starts others, and all are merged": """\
int main(int argc, char **argv)
{
  int nspawns = 2;
  int errcodes[2];
  MPI_Comm parent, children, everybody_intra;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_get_parent(&parent)
  if (parent == MPI_COMM_NULL)
  {
    >> MPI_Comm_spawn(argv[0], MPI_ARGV_NULL, nspawns, MPI_INFO_NULL, 0, MPI_COMM_WORLD, &children, errcodes)
    printf("parent");
  }
  >> MPI_Intercomm_merge(children, 0, &everybody_intra)
  work();
  >> MPI_Comm_free(&everybody_intra)
  >> MPI_Finalize()
  return 0;
}
""",
    "a part of an array, by its sizes and starts": """\
int main(int argc, char **argv)
{
  int rank;
  int sizes[2] = {8, 8}, subsizes[2] = {4, 4}, starts[2] = {0, 0};
  MPI_Datatype quarter;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Type_create_subarray(2, sizes, subsizes, starts, MPI_ORDER_C, MPI_INT, &quarter)
  >> MPI_Type_commit(&quarter)
  work(rank);
  >> MPI_Type_free(&quarter)
  >> MPI_Finalize()
  return 0;
}
""",
    "an array that all share": """\
int main(int argc, char **argv)
{
  int rank, size;
  int gsizes[2] = {8, 8}, distribs[2] = {1, 1}, dargs[2] = {0, 0}, psizes[2] = {2, 2};
  MPI_Datatype mine;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  >> MPI_Type_create_darray(size, rank, 2, gsizes, distribs, dargs, psizes, MPI_ORDER_C, MPI_INT, &mine)
  >> MPI_Type_commit(&mine)
  work(rank, size);
  >> MPI_Type_free(&mine)
  >> MPI_Finalize()
  return 0;
}
""",
    "a datatype that is used is committed and freed, whatever makes it": """\
int main(int argc, char **argv)
{
  int rank;
  MPI_Datatype pair;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Type_commit(&pair)
  work(rank, pair);
  >> MPI_Type_free(&pair)
  >> MPI_Finalize()
  return 0;
}
""",
    "addresses that are subtracted from each other": """\
int main(int argc, char **argv)
{
  int rank;
  struct particle one;
  MPI_Aint base, address, places[2];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  work(rank, one);
  places[0] = 0;
  >> MPI_Get_address(&one, &base)
  >> MPI_Get_address(&one, &address)
  places[1] = address - base;
  >> MPI_Finalize()
  return 0;
}
""",
    "differences of addresses that are still to be typed": """\
int main(int argc, char **argv)
{
  int rank;
  struct particle one;
  MPI_Aint base, places[2];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  work(rank, one);
  >> MPI_Get_address(&one, &base)
  >> MPI_Get_address(&one, &places[0])
  >> MPI_Get_address(&one, &places[1])
  places[0] =
  >> MPI_Aint_diff(places[0], base)
  places[1] =
  >> MPI_Aint_diff(places[1], base)
  >> MPI_Finalize()
  return 0;
}
""",
    "messages with an array of requests, and one wait": """\
int main(int argc, char **argv)
{
  int rank, size, out, in;
  MPI_Request requests[2];
  MPI_Status statuses[2];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    out = 1;
    >> MPI_Isend(&out, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &requests[0])
  }
  else
  {
    >> MPI_Irecv(&in, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &requests[1])
    printf("%d %d", in, size);
  }
  >> MPI_Waitall(2, requests, statuses)
  >> MPI_Finalize()
  return 0;
}
""",
    "what goes with a position is packed": """\
int main(int argc, char **argv)
{
  int rank, size, n, m, position;
  char buffer[100];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    n = size;
    m = 2;
    position = 0;
    >> MPI_Pack(&n, 1, MPI_INT, buffer, 100, &position, MPI_COMM_WORLD)
    >> MPI_Pack(&m, 1, MPI_INT, buffer, 100, &position, MPI_COMM_WORLD)
    >> MPI_Send(buffer, position, MPI_PACKED, 1, 0, MPI_COMM_WORLD)
  }
  else
  {
    >> MPI_Recv(buffer, 100, MPI_PACKED, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    position = 0;
    >> MPI_Unpack(buffer, 100, &position, &n, 1, MPI_INT, MPI_COMM_WORLD)
    >> MPI_Unpack(buffer, 100, &position, &m, 1, MPI_INT, MPI_COMM_WORLD)
    printf("%d %d", n, m);
  }
  >> MPI_Finalize()
  return 0;
}
""",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_program(program: str) -> None:
    code, wanted = taken_apart(program)
    assert answered(code) == wanted
