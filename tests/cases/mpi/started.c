/* Some of the calls are there: only the others are offered. */
#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    int my_rank, comm_sz;

    MPI_Init(&argc, &argv); // expect: MPI_Comm_size(MPI_COMM_WORLD, &comm_sz)
    MPI_Comm_rank(MPI_COMM_WORLD, &my_rank);
    if (my_rank < comm_sz - 1)
        printf("not the last one\n"); // expect: MPI_Finalize()

    return 0;
}
