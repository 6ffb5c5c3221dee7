/* Bounds computed from rank and size; the total is declared behind the loop, and every process reads it. */
#include <mpi.h>

double best(const double *a, int n);

int main(int argc, char **argv)
{
    static double a[1000];
    int rank, size, i, first, last;
    double local_max = -1.0; // expect: MPI_Init(&argc, &argv) & MPI_Comm_rank(MPI_COMM_WORLD, &rank) & MPI_Comm_size(MPI_COMM_WORLD, &size)
    first = rank * (1000 / size);
    last = first + 1000 / size;
    for (i = first; i < last; i++)
        if (a[i] > local_max)
            local_max = a[i];
    double max; // expect: MPI_Allreduce(&local_max, &max, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD)
    for (i = first; i < last; i++)
        a[i] /= max; // expect: MPI_Finalize()
    return 0;
}
