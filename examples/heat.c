/*
 * Heat flow in a square plate: the 2-D heat equation, explicit steps in time, with a five-point stencil.
 *
 * The plate has one hot edge, three cold edges and a warm disc in the middle.  Two grids are used in turn: each step
 * reads one and writes the other.  A Gauss-Seidel sweep at the end smooths the last field in place.
 *
 * The program is on its way to MPI: every rank already knows which block of rows is its own, but nothing is exchanged
 * yet, so it runs as a single process.
 *
 *     gcc -O2 -Wall -Wextra -o heat examples/heat.c -lm && ./heat
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define NX 258 /* rows, with the two boundary rows */
#define NY 258 /* columns, with the two boundary columns */
#define STEPS 400
#define REPORT 100

#define ALPHA 0.1  /* diffusivity */
#define LENGTH 1.0 /* side of the plate */

static double grid[NX][NY];
static double next[NX][NY];
static double source[NX][NY];

struct block {
    int first; /* first interior row of this rank */
    int last;  /* last interior row of this rank */
};

/* The rows of `rank` out of `size` ranks: as even as can be, the first ranks take what is left over. */
static struct block rows_of(int rank, int size)
{
    int rows = NX - 2;
    int base = rows / size;
    int extra = rows % size;
    struct block own;

    own.first = 1 + rank * base + (rank < extra ? rank : extra);
    own.last = own.first + base + (rank < extra ? 1 : 0) - 1;
    return own;
}

/* Boundary values and the warm disc. */
static void set_up(struct block own)
{
    double cx = 0.5 * (NX - 1), cy = 0.5 * (NY - 1), radius = 0.2 * NX;
    double dx, dy;
    int i, j;

    for (i = own.first - 1; i <= own.last + 1; i++) {
        for (j = 0; j < NY; j++) {
            dx = i - cx;
            dy = j - cy;
            grid[i][j] = 0.0;
            source[i][j] = dx * dx + dy * dy < radius * radius ? 5000.0 : 0.0;
        }
    }
    if (own.first == 1) {
        for (j = 0; j < NY; j++) {
            grid[0][j] = 100.0;
            next[0][j] = 100.0;
        }
    }
}

/* One explicit step on the rows of `own`: reads `from`, writes `to`. */
static void step(double (*restrict to)[NY], double (*restrict from)[NY], struct block own, double dt, double h)
{
    double r = ALPHA * dt / (h * h);
    double laplacian;
    int i, j;

    for (i = own.first; i <= own.last; i++) {
        for (j = 1; j < NY - 1; j++) {
            laplacian = from[i - 1][j] + from[i + 1][j] + from[i][j - 1] + from[i][j + 1] - 4.0 * from[i][j];
            to[i][j] = from[i][j] + r * laplacian + dt * source[i][j];
        }
    }
}

/* How far two fields differ: root of the sum of squares, and the largest difference. */
static double residual(struct block own, double *largest)
{
    double sum = 0.0;
    double max = 0.0;

    for (int i = own.first; i <= own.last; i++) {
        for (int j = 1; j < NY - 1; j++) {
            double diff = fabs(next[i][j] - grid[i][j]);
            sum += diff * diff;
            if (diff > max) {
                max = diff;
            }
        }
    }
    /* TODO: the sum and the maximum over all ranks. */
    *largest = max;
    return sqrt(sum);
}

/* Gauss-Seidel, in place: every point uses what its upper and left neighbours have just become. */
static void smooth(struct block own)
{
    for (int i = own.first; i <= own.last; i++)
        for (int j = 1; j < NY - 1; j++)
            grid[i][j] = 0.25 * (grid[i - 1][j] + grid[i][j - 1] + grid[i + 1][j] + grid[i][j + 1]);
}

/* Mean temperature of each interior row, then the running sum down the plate. */
static void profile(struct block own, double *mean, double *running)
{
    for (int i = own.first; i <= own.last; i++) {
        double total = 0.0;
        for (int j = 1; j < NY - 1; j++)
            total += grid[i][j];
        mean[i] = total / (NY - 2);
    }
    running[own.first] = mean[own.first];
    for (int i = own.first + 1; i <= own.last; i++)
        running[i] = running[i - 1] + mean[i];
}

int main(void)
{
    int rank = 0, size = 1; /* TODO: from the communicator */
    double h = LENGTH / (NX - 1);
    double dt = 0.2 * h * h / ALPHA;
    double norm, largest;
    struct block own = rows_of(rank, size);
    double *mean = calloc(NX, sizeof *mean);
    double *running = calloc(NX, sizeof *running);

    if (mean == NULL || running == NULL) {
        fprintf(stderr, "heat: out of memory\n");
        return EXIT_FAILURE;
    }
    set_up(own);
    for (int t = 1; t <= STEPS; t++) {
        /* TODO: halo exchange: row own.first to rank - 1, row own.last to rank + 1, before the step reads them. */
        step(next, grid, own, dt, h);
        norm = residual(own, &largest);
        for (int i = own.first; i <= own.last; i++)
            for (int j = 1; j < NY - 1; j++)
                grid[i][j] = next[i][j];
        if (rank == 0 && t % REPORT == 0)
            printf("step %4d  residual %.6e  largest change %.6e\n", t, norm, largest);
    }
    smooth(own);
    profile(own, mean, running);
    if (rank == 0)
        printf("mean temperature %.6f, at the centre %.6f\n", running[own.last] / (NX - 2), grid[NX / 2][NY / 2]);
    free(mean);
    free(running);
    return EXIT_SUCCESS;
}
