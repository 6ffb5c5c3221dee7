"""Forced answers: what the calls are given, where the calls themselves are not in doubt."""

from __future__ import annotations

import pytest

from tests.suggest.bare_programs import answered, taken_apart

PROGRAMS = {
    "what keeps the code of success is not what is sent": """\
int main(int argc, char **argv)
{
  int rank, ierr, tag = 1;
  char got, letter = 'x';
  MPI_Status status;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    int dest = 1;
    ierr =
    >> MPI_Send(&letter, 1, MPI_CHAR, dest, tag, MPI_COMM_WORLD)
  }
  else if (rank == 1)
  {
    int source = 0;
    ierr =
    >> MPI_Recv(&got, 1, MPI_CHAR, source, tag, MPI_COMM_WORLD, &status)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a process sends what it computes and does not use": """\
int main(int argc, char **argv)
{
  int rank, size, threads, hits = 0, one;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  threads = atoi(argv[1]);
  for (int i = rank; i < 100; i += size)
    hits += works(i, threads);
  int last = works(0, threads);
  use(last);
  if (rank != 0)
  {
    >> MPI_Send(&hits, 1, MPI_INT, 0, 0, MPI_COMM_WORLD)
  }
  if (rank == 0)
  {
    int sum = hits;
    for (int i = 1; i < size; i++)
    {
      >> MPI_Recv(&one, 1, MPI_INT, i, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
      sum += one;
    }
    printf("%d", sum);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "what others use, too, comes after that": """\
int main(int argc, char **argv)
{
  int rank, size;
  double sum = 0, width;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  for (int i = rank; i < 100; i += size)
    sum += works(i);
  width = 0.01 * rank;
  show(width);
  if (rank == 0)
  {
    for (int i = 1; i < size; i++)
    {
      >> MPI_Recv(&sum, 1, MPI_DOUBLE, i, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
      printf("%f", sum);
    }
  }
  else
  {
    >> MPI_Send(&sum, 1, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "nobody sends a process its own rank, or what another process set": """\
int main(int argc, char **argv)
{
  int rank, size, mine = 3, whole = 0, one;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  mine += rank;
  if (rank == 0)
  {
    whole = mine;
    for (int other = 1; other < size; other++)
    {
      >> MPI_Recv(&one, 1, MPI_INT, other, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
      whole += one;
    }
    printf("%d", whole);
  }
  else
  {
    >> MPI_Send(&mine, 1, MPI_INT, 0, 0, MPI_COMM_WORLD)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "a loop over all but the last process counts the others from one less": """\
int main(int argc, char **argv)
{
  int rank, size, part;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0)
  {
    int whole = 0;
    for (int i = 0; i < size - 1; i++)
    {
      >> MPI_Recv(&part, 1, MPI_INT, i + 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
      whole += part;
    }
    printf("%d", whole);
  }
  else
  {
    part = 7 * rank;
    >> MPI_Send(&part, 1, MPI_INT, 0, 0, MPI_COMM_WORLD)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "who sets what the others then have sends it to each": """\
int main(int argc, char **argv)
{
  int rank, size, number = 0;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  if (rank == 0) {
    number = 7;
    for (int i = 1; i < size; i++) {
      >> MPI_Send(&number, 1, MPI_INT, i, 0, MPI_COMM_WORLD)
    }
  } else {
    >> MPI_Recv(&number, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "the only macro that is called so is the tag": """\
#define DATA_TAG 17
#define PERCENTAGE 5
int main(int argc, char **argv)
{
  int rank, value = 1;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  if (rank == 0)
  {
    value = 2;
    >> MPI_Send(&value, 1, MPI_INT, 1, DATA_TAG, MPI_COMM_WORLD)
  }
  else if (rank == 1)
  {
    >> MPI_Recv(&value, 1, MPI_INT, 0, DATA_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    printf("%d", value);
  }
  >> MPI_Finalize()
  return 0;
}
""",
    "memory of bytes is sent whole, and as much as a loop tries": """\
int main(int argc, char **argv)
{
  int rank;
  char *bytes;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  bytes = malloc(1 << 20);
  if (rank == 0)
  {
    for (int length = 1; length < 1 << 20; length += 4096)
    {
      >> MPI_Send(bytes, length, MPI_CHAR, 1, 0, MPI_COMM_WORLD)
      >> MPI_Recv(bytes, length, MPI_CHAR, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    }
  }
  else if (rank == 1)
  {
    for (int length = 1; length < 1 << 20; length += 4096)
    {
      >> MPI_Recv(bytes, length, MPI_CHAR, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
      >> MPI_Send(bytes, length, MPI_CHAR, 0, 0, MPI_COMM_WORLD)
    }
  }
  free(bytes);
  >> MPI_Finalize()
  return 0;
}
""",
    "a datatype that is made is for the struct, not for what describes it": """\
int main(int argc, char **argv)
{
  int rank;
  struct point { int x; double y; } place;
  int lengths[2] = {1, 1};
  MPI_Aint displacements[2] = {0, 8};
  MPI_Datatype types[2] = {MPI_INT, MPI_DOUBLE};
  MPI_Datatype record;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Type_create_struct(2, lengths, displacements, types, &record)
  >> MPI_Type_commit(&record)
  if (rank == 0)
  {
    place.x = 1;
    >> MPI_Send(&place, 1, record, 1, 0, MPI_COMM_WORLD)
  }
  else if (rank == 1)
  {
    >> MPI_Recv(&place, 1, record, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE)
    printf("%d", place.x);
  }
  >> MPI_Type_free(&record)
  >> MPI_Finalize()
  return 0;
}
""",
    "parts are as long as the loops over them": """\
int main(int argc, char **argv)
{
  int rank, size, part[64], whole[64];
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Comm_size(MPI_COMM_WORLD, &size)
  int each = 64 / size;
  if (rank == 0)
  {
    for (int i = 0; i < 64; i++)
      whole[i] = i;
  }
  >> MPI_Scatter(whole, each, MPI_INT, part, each, MPI_INT, 0, MPI_COMM_WORLD)
  for (int i = 0; i < each; i++)
    printf("%d", part[i]);
  >> MPI_Finalize()
  return 0;
}
""",
    "a constant that nothing else uses is the number of a struct's fields": """\
int main(int argc, char **argv)
{
  int rank;
  const int fields = 2;
  int lengths[2] = {1, 1};
  MPI_Aint offsets[2] = {0, 8};
  MPI_Datatype types[2] = {MPI_INT, MPI_DOUBLE};
  MPI_Datatype record;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Type_create_struct(fields, lengths, offsets, types, &record)
  >> MPI_Type_commit(&record)
  printf("%d", rank);
  >> MPI_Type_free(&record)
  >> MPI_Finalize()
  return 0;
}
""",
    "else there are as many fields as their declaration lists": """\
int main(int argc, char **argv)
{
  int rank;
  int lengths[] = {1, 1, 4};
  MPI_Aint offsets[] = {0, offsetof(record, x), 16};
  MPI_Datatype types[] = {MPI_INT, MPI_DOUBLE, MPI_CHAR};
  MPI_Datatype record;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  >> MPI_Type_create_struct(3, lengths, offsets, types, &record)
  >> MPI_Type_commit(&record)
  printf("%d", rank);
  >> MPI_Type_free(&record)
  >> MPI_Finalize()
  return 0;
}
""",
    "rank and size are asked of the communicator that is named behind the start": """\
int main(int argc, char **argv)
{
  int rank, size;
  double *values;
  MPI_Comm comm;
  >> MPI_Init(&argc, &argv)
  values = NULL;
  comm = MPI_COMM_WORLD;
  >> MPI_Comm_rank(comm, &rank)
  >> MPI_Comm_size(comm, &size)
  solve(values, comm, rank, size);
  >> MPI_Finalize()
  return 0;
}
""",
    "but not behind what needs them": """\
int main(int argc, char **argv)
{
  int rank, place;
  MPI_Comm comm;
  >> MPI_Init(&argc, &argv)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  place = 2 * rank;
  comm = MPI_COMM_WORLD;
  solve(comm, place);
  >> MPI_Finalize()
  return 0;
}
""",
    "a level of threads that a variable holds": """\
int main(int argc, char **argv)
{
  int provided, required = MPI_THREAD_SERIALIZED;
  >> MPI_Init_thread(&argc, &argv, required, &provided)
  printf("%d %d", provided, MPI_THREAD_MULTIPLE);
  >> MPI_Finalize()
  return 0;
}
""",
    "threads that are not OpenMP's may all call MPI": """\
int main(int argc, char **argv)
{
  int provided;
  >> MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &provided)
  printf("%d", provided);
  >> MPI_Finalize()
  return 0;
}
""",
    "constant arguments are not handed over": """\
int main(int argc, const char *argv[])
{
  int rank;
  >> MPI_Init(NULL, NULL)
  >> MPI_Comm_rank(MPI_COMM_WORLD, &rank)
  printf("%d %s", rank, argv[0]);
  >> MPI_Finalize()
  return 0;
}
""",
    "nor are any by who names ranks as the tutorial does, and the null pointer": """\
int main(int argc, char **argv)
{
  >> MPI_Init(NULL, NULL)
  int world_rank;
  >> MPI_Comm_rank(MPI_COMM_WORLD, &world_rank)
  srand(time(NULL) + world_rank);
  >> MPI_Finalize()
  return 0;
}
""",
    "or writes its main as the tutorial's first, bare of a return": """\
int main(int argc, char **argv)
{
  >> MPI_Init(NULL, NULL)
  int world_rank;
  >> MPI_Comm_rank(MPI_COMM_WORLD, &world_rank)
  printf("%d", world_rank);
  >> MPI_Finalize()
}
""",
}


@pytest.mark.parametrize("annotated", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_programs_get_their_calls_back(annotated: str) -> None:
    code, wanted = taken_apart(annotated)
    assert answered(code) == wanted
