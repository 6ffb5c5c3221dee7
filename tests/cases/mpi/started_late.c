/* Rank, size and the level are declared first, and what is declared behind them is of what follows. */
#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    int rank, size;
    int provided; // expect: MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided) & MPI_Comm_rank(MPI_COMM_WORLD, &rank) & MPI_Comm_size(MPI_COMM_WORLD, &size)
    double x = 0.5;
    double y = x * rank;
    double z = y / size;
    printf("%f of %d\n", z, size); // expect: MPI_Finalize()
    return 0;
}
