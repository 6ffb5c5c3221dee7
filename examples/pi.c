/* The integral of 4 / (1 + x^2) from 0 to 1, half-written: the loop already divides its iterations among processes. */
#include <math.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    int rank, size;
    long steps = 10000000;
    double width = 1.0 / steps;
    double sum = 0.0;
    double pi;

    for (long i = rank; i < steps; i += size) {
        double x = (i + 0.5) * width;
        sum += 4.0 / (1.0 + x * x);
    }
    sum *= width;

    if (rank == 0)
        printf("pi is about %.12f, off by %.1e\n", pi, fabs(pi - acos(-1.0)));
    return 0;
}
