/*
 * A drum: the 2-D wave equation on a rectangular membrane, in blocks of rows, one block a process.
 *
 * Each step reads two fields and writes a third: the leapfrog scheme, second order in space and time.  The rows next
 * to a block's own belong to its neighbours and are received before each step.  At the end the membrane is collected
 * on the first process, which writes it as a picture.
 *
 *     mpicc -O2 -Wall -Wextra -o wave examples/wave.c -lm && mpirun -n 2 ./wave 200
 */
#include <math.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 512
#define COLUMNS 512
#define BINS 32
#define REPORT 50
#define COURANT 0.5
#define DAMPING 1e-4

/* The rows of one process, with one row of each neighbour above and below. */
struct block {
    int rank, size;
    int above, below; /* the neighbours */
    int first, rows;  /* of the whole membrane */
    double *before, *now, *after;
    double *speed;
};

static double *field(const struct block *own)
{
    double *values = calloc((size_t)(own->rows + 2) * COLUMNS, sizeof *values);

    if (values == NULL) {
        fprintf(stderr, "wave: out of memory\n");
        MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
    }
    return values;
}

/* As even as can be; the first processes take what is left over. */
static int rows_of(int rank, int size)
{
    return ROWS / size + (rank < ROWS % size ? 1 : 0);
}

static void divide(struct block *own)
{
    MPI_Comm_rank(MPI_COMM_WORLD, &own->rank);
    MPI_Comm_size(MPI_COMM_WORLD, &own->size);
    own->rows = rows_of(own->rank, own->size);
    own->first = 0;
    for (int rank = 0; rank < own->rank; rank++)
        own->first += rows_of(rank, own->size);
    own->above = own->rank > 0 ? own->rank - 1 : MPI_PROC_NULL;
    own->below = own->rank < own->size - 1 ? own->rank + 1 : MPI_PROC_NULL;
    own->before = field(own);
    own->now = field(own);
    own->after = field(own);
    own->speed = field(own);
}

static void release(struct block *own)
{
    free(own->before);
    free(own->now);
    free(own->after);
    free(own->speed);
}

/* The membrane is thicker towards its right edge, where waves are slower. */
static void set_speed(struct block *own)
{
    for (int i = 0; i < own->rows + 2; i++) {
        for (int j = 0; j < COLUMNS; j++) {
            double x = (double)j / (COLUMNS - 1);
            own->speed[i * COLUMNS + j] = COURANT * (1.0 - 0.4 * x * x);
        }
    }
}

/* A stroke: a smooth bump of height 1 around row `ci`, column `cj`. */
static void strike(struct block *own, double ci, double cj, double radius)
{
    int i, j;
    double di, dj, distance;

    for (i = 1; i <= own->rows; i++) {
        for (j = 1; j < COLUMNS - 1; j++) {
            di = own->first + i - 1 - ci;
            dj = j - cj;
            distance = sqrt(di * di + dj * dj);
            if (distance < radius)
                own->now[i * COLUMNS + j] += 0.5 * (1.0 + cos(M_PI * distance / radius));
        }
    }
    memcpy(own->before, own->now, (size_t)(own->rows + 2) * COLUMNS * sizeof *own->now);
}

/* The rows at the edges of a block go to its neighbours, and theirs come. */
static void exchange(struct block *own, double *values)
{
    MPI_Request requests[4];

    MPI_Irecv(values, COLUMNS, MPI_DOUBLE, own->above, 0, MPI_COMM_WORLD, &requests[0]);
    MPI_Irecv(values + (own->rows + 1) * COLUMNS, COLUMNS, MPI_DOUBLE, own->below, 1, MPI_COMM_WORLD, &requests[1]);
    MPI_Isend(values + COLUMNS, COLUMNS, MPI_DOUBLE, own->above, 1, MPI_COMM_WORLD, &requests[2]);
    MPI_Isend(values + own->rows * COLUMNS, COLUMNS, MPI_DOUBLE, own->below, 0, MPI_COMM_WORLD, &requests[3]);
    MPI_Waitall(4, requests, MPI_STATUSES_IGNORE);
}

/* One step in time; the edges of the membrane are held. */
static void step(struct block *own)
{
    const double *before = own->before, *now = own->now, *speed = own->speed;
    double *after = own->after;
    int top = own->first == 0 ? 2 : 1;
    int bottom = own->first + own->rows == ROWS ? own->rows - 1 : own->rows;

    for (int i = top; i <= bottom; i++) {
        for (int j = 1; j < COLUMNS - 1; j++) {
            int at = i * COLUMNS + j;
            double laplacian = now[at - COLUMNS] + now[at + COLUMNS] + now[at - 1] + now[at + 1] - 4.0 * now[at];
            after[at] = (2.0 - DAMPING) * now[at] - (1.0 - DAMPING) * before[at] + speed[at] * speed[at] * laplacian;
        }
    }
}

static void turn(struct block *own)
{
    double *oldest = own->before;

    own->before = own->now;
    own->now = own->after;
    own->after = oldest;
}

/* Kinetic energy of the whole membrane, up to a factor. */
static double energy(const struct block *own)
{
    double sum = 0.0, total = 0.0;

    for (int i = 1; i <= own->rows; i++) {
        for (int j = 0; j < COLUMNS; j++) {
            double velocity = own->now[i * COLUMNS + j] - own->before[i * COLUMNS + j];
            sum += velocity * velocity;
        }
    }
    MPI_Allreduce(&sum, &total, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    return 0.5 * total;
}

/* The lowest and the highest point of the whole membrane. */
static void extremes(const struct block *own, double *lowest, double *highest)
{
    double low = HUGE_VAL, high = -HUGE_VAL;

    for (int i = 1; i <= own->rows; i++) {
        for (int j = 0; j < COLUMNS; j++) {
            double value = own->now[i * COLUMNS + j];
            if (value < low)
                low = value;
            if (value > high)
                high = value;
        }
    }
    MPI_Allreduce(&low, lowest, 1, MPI_DOUBLE, MPI_MIN, MPI_COMM_WORLD);
    MPI_Allreduce(&high, highest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
}

/* How many points lie at which height, on the first process. */
static void histogram(const struct block *own, double lowest, double highest, long counts[BINS])
{
    long local[BINS] = {0};
    double width = (highest - lowest) / BINS;

    for (int i = 1; i <= own->rows; i++) {
        for (int j = 0; j < COLUMNS; j++) {
            int bin = width > 0.0 ? (int)((own->now[i * COLUMNS + j] - lowest) / width) : 0;
            local[bin < BINS ? bin : BINS - 1]++;
        }
    }
    MPI_Reduce(local, counts, BINS, MPI_LONG, MPI_SUM, 0, MPI_COMM_WORLD);
}

/* The mean of each column over all rows. */
static void column_means(const struct block *own, double *means)
{
    double *sums = calloc(COLUMNS, sizeof *sums);

    if (sums == NULL)
        MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
    for (int j = 0; j < COLUMNS; j++) {
        double sum = 0.0;
        for (int i = 1; i <= own->rows; i++)
            sum += own->now[i * COLUMNS + j];
        sums[j] = sum / ROWS;
    }
    MPI_Allreduce(sums, means, COLUMNS, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    free(sums);
}

/* Takes the mean of its column from each point, so that the membrane as a whole does not drift. */
static void flatten(struct block *own, const double *means)
{
    for (int i = 1; i <= own->rows; i++)
        for (int j = 0; j < COLUMNS; j++)
            own->now[i * COLUMNS + j] -= means[j];
}

/* The whole membrane on the first process; NULL on the others. */
static double *collect(const struct block *own)
{
    int *counts = malloc((size_t)own->size * sizeof *counts);
    int *starts = malloc((size_t)own->size * sizeof *starts);
    double *whole = own->rank == 0 ? malloc((size_t)ROWS * COLUMNS * sizeof *whole) : NULL;
    int mine = own->rows * COLUMNS;

    if (counts == NULL || starts == NULL || (own->rank == 0 && whole == NULL))
        MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
    MPI_Gather(&mine, 1, MPI_INT, counts, 1, MPI_INT, 0, MPI_COMM_WORLD);
    starts[0] = 0;
    if (own->rank == 0)
        for (int rank = 1; rank < own->size; rank++)
            starts[rank] = starts[rank - 1] + counts[rank - 1];
    MPI_Gatherv(own->now + COLUMNS, mine, MPI_DOUBLE, whole, counts, starts, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    free(counts);
    free(starts);
    return whole;
}

/* A grey picture (PGM): the lowest point black, the highest white. */
static int write_picture(const char *path, const double *whole, double lowest, double highest)
{
    double scale = highest > lowest ? 255.0 / (highest - lowest) : 0.0;
    unsigned char *pixels = malloc((size_t)ROWS * COLUMNS);
    FILE *file = fopen(path, "wb");

    if (pixels == NULL || file == NULL)
        return -1;
    for (int k = 0; k < ROWS * COLUMNS; k++)
        pixels[k] = (unsigned char)(scale * (whole[k] - lowest));
    fprintf(file, "P5\n%d %d\n255\n", COLUMNS, ROWS);
    fwrite(pixels, 1, (size_t)ROWS * COLUMNS, file);
    free(pixels);
    return fclose(file);
}

int main(int argc, char **argv)
{
    struct block own;
    int steps = 0;
    double lowest, highest, begun, seconds, slowest;
    double means[COLUMNS];
    long counts[BINS];
    double *whole;

    MPI_Init(&argc, &argv);
    divide(&own);
    if (own.rank == 0)
        steps = argc > 1 ? atoi(argv[1]) : 400;
    MPI_Bcast(&steps, 1, MPI_INT, 0, MPI_COMM_WORLD);
    set_speed(&own);
    strike(&own, 0.3 * ROWS, 0.4 * COLUMNS, 40.0);
    strike(&own, 0.7 * ROWS, 0.5 * COLUMNS, 25.0);
    MPI_Barrier(MPI_COMM_WORLD);
    begun = MPI_Wtime();
    for (int t = 1; t <= steps; t++) {
        exchange(&own, own.now);
        step(&own);
        turn(&own);
        if (t % REPORT == 0) {
            double total = energy(&own);
            if (own.rank == 0)
                printf("step %5d  energy %.6e\n", t, total);
        }
    }
    seconds = MPI_Wtime() - begun;
    MPI_Reduce(&seconds, &slowest, 1, MPI_DOUBLE, MPI_MAX, 0, MPI_COMM_WORLD);
    column_means(&own, means);
    flatten(&own, means);
    extremes(&own, &lowest, &highest);
    histogram(&own, lowest, highest, counts);
    whole = collect(&own);
    if (own.rank == 0) {
        printf("%d steps in %.3f s, height %.3f to %.3f, %ld points at the bottom\n", steps, slowest, lowest, highest,
               counts[0]);
        if (write_picture("wave.pgm", whole, lowest, highest) != 0)
            fprintf(stderr, "wave: cannot write the picture\n");
        free(whole);
    }
    release(&own);
    MPI_Finalize();
    return EXIT_SUCCESS;
}
