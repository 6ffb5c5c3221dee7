/* The parts are scaled after the loop; rank 0 alone prints the total. */
#include <stdio.h>

int main(int argc, char **argv)
{
    int n = 1000, rank, size;
    double h = 1.0 / n, sum = 0.0, mypi, pi; // expect: MPI_Init(&argc, &argv) & MPI_Comm_rank(MPI_COMM_WORLD, &rank) & MPI_Comm_size(MPI_COMM_WORLD, &size)
    for (int i = rank + 1; i <= n; i += size) {
        double x = h * (i - 0.5);
        sum += 4.0 / (1.0 + x * x);
    }
    mypi = h * sum; // expect: MPI_Reduce(&mypi, &pi, 1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD)
    if (rank == 0)
        printf("%.15f\n", pi); // expect: MPI_Finalize()
    return 0;
}
