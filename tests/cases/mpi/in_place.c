/* The sum goes on under its own name; it starts from zero, or else its start would count once for each process. */
#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    int rank, nprocs;
    long count = 0, offset = 5; // expect: MPI_Init(&argc, &argv) & MPI_Comm_rank(MPI_COMM_WORLD, &rank) & MPI_Comm_size(MPI_COMM_WORLD, &nprocs)
    for (int i = rank; i < 100; i += nprocs) {
        count += i;
        offset += i;
    } // expect: MPI_Allreduce(MPI_IN_PLACE, &count, 1, MPI_LONG, MPI_SUM, MPI_COMM_WORLD)
    if (rank == 0)
        printf("%ld %ld\n", count, offset); // expect: MPI_Finalize()
    return 0;
}
