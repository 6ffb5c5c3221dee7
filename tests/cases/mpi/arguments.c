/* MPI starts behind the check of the arguments; every way out of main that is left ends it. */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[])
{
  int numprocs, myid;
  if (argc != 2) {
    fprintf(stderr, "usage: %s N\n", argv[0]);
    return 1;
  }
  long n = strtol(argv[1], NULL, 10); // expect: MPI_Init(&argc, &argv) & MPI_Comm_size(MPI_COMM_WORLD, &numprocs) & MPI_Comm_rank(MPI_COMM_WORLD, &myid)
  if (n < numprocs) {
    if (myid == 0)
      printf("too few\n"); // expect: MPI_Finalize()
    return 1;
  }
  printf("%d: %ld\n", myid, n / numprocs); // expect: MPI_Finalize()
  return 0;
}
