/* Rank and size are used, and nothing asks for them; the neighbours follow from both. */
#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    int rank, size, left, right; // expect: MPI_Init(&argc, &argv) & MPI_Comm_rank(MPI_COMM_WORLD, &rank) & MPI_Comm_size(MPI_COMM_WORLD, &size)
    left = (rank + size - 1) % size;
    right = (rank + 1) % size;
    printf("%d stands between %d and %d\n", rank, left, right); // expect: MPI_Finalize()
    return 0;
}
