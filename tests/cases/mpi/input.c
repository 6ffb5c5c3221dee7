/* Rank 0 alone reads; n is wanted by all, name by rank 0 alone. */
#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    int rank, size, n, seed;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    if (rank == 0) {
        scanf("%d", &n);
        seed = n + 1;
        printf("%d\n", seed);
    } // expect: MPI_Bcast(&n, 1, MPI_INT, 0, MPI_COMM_WORLD)
    for (int i = rank; i < n; i += size)
        printf("%d\n", i);
    if (rank == 0)
        printf("%d\n", seed);
    MPI_Finalize();
    return 0;
}
