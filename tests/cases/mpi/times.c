/* Readings of the clock that are still to be typed; `steps =` is none. */
#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    int rank, steps;
    double elapsed; // expect: MPI_Init(&argc, &argv) & MPI_Comm_rank(MPI_COMM_WORLD, &rank)
    double start = ; // expect: MPI_Wtime()
    for (steps = 0; steps < 100; steps++)
        printf("%d\n", steps);
    elapsed = // expect: MPI_Wtime()
    if (rank == 0)
        printf("%f\n", elapsed - start); // expect: MPI_Finalize()
    return 0;
}
