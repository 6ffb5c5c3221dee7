/* Dependences of the sequential program that threads need not have: they are not shown. */
#include <omp.h>
#include <stdio.h>

void fill(double *a, int n);

void counted_by_each_thread(int n, long *bytes, const int *length)
{
#pragma omp parallel
    {
        int tid = omp_get_thread_num();
        for (int i = 0; i < n; i++) // expect: unknown: every iteration writes bytes[tid]
            bytes[tid] += length[i] * length[i];
    }
}

void buffer_of_the_thread(int n, char **buffers, int *out)
{
    for (int z = 0; z < n; z++) { // expect: unknown: buffer[0]
#ifdef _OPENMP
        int const tid = omp_get_thread_num();
#else
        int const tid = 0;
#endif
        char *const buffer = buffers[tid];
        buffer[0] = z & 3;
        out[z] = buffer[0];
    }
}

void chosen_before_the_loop(int n, char **buffers, int *out)
{
#pragma omp parallel
    {
        char *const buffer = buffers[omp_get_thread_num()];
#pragma omp for
        for (int z = 0; z < n; z++) { // expect: unknown: buffer[0]
            buffer[0] = z & 3;
            out[z] = buffer[0];
        }
    }
}

void one_buffer_for_all(int n, char **buffers, int *out)
{
    for (int z = 0; z < n; z++) { // expect: dependent: every iteration writes buffer[0]
        char *const buffer = buffers[0];
        buffer[0] = z & 3;
        out[z] = buffer[0];
    }
}

double smallest_of_each_thread(int n, const double *a, double least, double most)
{
#pragma omp parallel
    {
        double low = a[0], high = a[0];
#pragma omp for nowait
        for (int i = 1; i < n; i++) { // expect: unknown: low, read here
            if (a[i] < low)
                low = a[i];
            else if (a[i] > high)
                high = a[i];
        }
#pragma omp critical
        {
            least = low < least ? low : least;
            most = high > most ? high : most;
        }
    }
    return most - least;
}

void smallest_of_all(int n, const double *a, double low, double high)
{
    for (int i = 1; i < n; i++) { // expect: dependent: low, read here
        if (a[i] < low)
            low = a[i];
        else if (a[i] > high)
            high = a[i];
    }
    printf("%g %g\n", low, high);
}

void copied_in(int n, double *a, double value)
{
#pragma omp parallel firstprivate(value)
    {
#pragma omp for
        for (int i = 0; i < n; i++) { // expect: unknown: value, read here
            value = 0.5 * value + 1.0;
            a[i] = value;
        }
    }
}

void one_after_the_other(int n, double *a)
{
#pragma omp parallel for ordered
    for (int i = 1; i < n; i++) { // expect: unknown: a[i], written here
#pragma omp ordered
        { a[i] += a[i - 1]; }
    }
}

void one_at_a_time(int n, unsigned long *a)
{
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
#pragma omp atomic
        a[0] += 1;
    }
}

void behind_an_if(int n, double *a)
{
    for (int i = 1; i < n; i++) { // expect: unknown: a[i], written here
#ifdef SMOOTH
        a[i] = 0.5 * a[i - 1];
#else
        a[i] = 0.5 * a[i];
#endif
    }
}

int counted_and_perhaps_told(int n, const double *a)
{
    int bad = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: bad, read here, holds what an earlier iteration wrote
        if (a[i] > 1.0) {
            bad++;
#ifdef VERBOSE
            if (bad < 10)
                printf("%d\n", i);
#endif
        }
    }
    return bad;
}

double recurrence_that_is_perhaps_told(int n, const double *a)
{
    double x = 0.0;
    for (int i = 0; i < n; i++) { // expect: dependent: x, read here, holds what an earlier iteration wrote
        x = 0.5 * x + a[i];
#ifdef VERBOSE
        printf("%f\n", x);
#endif
    }
    return x;
}

void filled_and_handed_over(int n, int m, double **out, double **in)
{
    double row[100];
    for (int i = 0; i < n; i++) { // expect: unknown: every iteration writes row[k]
        for (int k = 0; k < m; k++) // expect: independent
            row[k] = in[i][k];
        fill(row, m);
        for (int k = 0; k < m; k++) // expect: independent
            out[i][k] = row[k];
    }
}

void carried_over_and_handed_over(int n, int m, double **out, double **in)
{
    double row[100] = {0};
    for (int i = 0; i < n; i++) { // expect: dependent: every iteration writes row[k]
        for (int k = 0; k < m; k++) // expect: independent
            row[k] = row[k] + in[i][k] * in[i][k];
        fill(out[i], m);
        out[i][0] = row[0];
    }
}

void counter_shown(int n, double *a)
{
    int i;
    for (i = 0; i < n; i++) { // expect: unknown: a pointer leads to the counter i
        printf("%p\n", (void *)&i);
        a[i] = i;
    }
}

struct setting {
    int is_first;
};

void never_both_in_one_run(int n, const struct setting *given, double *restrict a, double *restrict b)
{
    for (int i = 1; i < n; i++) { // expect: unknown: a[i], written here, is read as a[i - 1]
        if (given->is_first)
            a[i] = 1.0;
        else
            b[i] = a[i - 1];
    }
}

void never_both_cases_in_one_run(int n, const int *restrict mode, double *restrict a, double *restrict b)
{
    for (int i = 1; i < n; i++) { // expect: unknown: a[i], written here, is read as a[i - 1]
        switch (mode[0]) {
        case 0:
            a[i] = 1.0;
            break;
        default:
            b[i] = a[i - 1];
        }
    }
}

void a_scalar_never_both_in_one_run(int n, const struct setting *given, const double *a, double *restrict b)
{
    double last = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: last, read here, holds
        if (given->is_first)
            b[i] = last;
        else
            last = a[i];
    }
}

void now_one_now_the_other(int n, const int *restrict mode, double *restrict a, double *restrict b)
{
    for (int i = 1; i < n; i++) { // expect: dependent: a[i], written here, is read as a[i - 1]
        if (mode[i])
            a[i] = 1.0;
        else
            b[i] = a[i - 1];
    }
}

void rows_of_no_length(int rows, int length, int reset, double *a, const double *b)
{
    if (reset)
        length = 0;
    for (int i = 0; i < rows; i++) // expect: unknown: the subscripts do not tell
        a[i * length] = 2.0 * b[i];
}

int size_in_view(const int *length, const int *block);

void only_its_address_is_taken(int n, int rows, int block, long *size)
{
    for (int i = 0; i < n; i++) { // expect: unknown: block, read here, holds
        int row = i % block;
        size[i] = size_in_view(&rows, &block) + row;
    }
}

void steps_by_one(int n, const float *a, float *b)
{
    int j = 0;
    for (int i = 0; i < n; i += 2) { // expect: unknown: j, read here, holds
        b[j] = a[i] * a[i];
        j++;
    }
}

void steps_now_and_then(int n, const float *a, float *b)
{
    int j = 0;
    for (int i = 0; i < n; i++) { // expect: dependent: j, read here, holds
        b[i] = j;
        if (a[i] > 0)
            j = j + 1 + j % 3;
    }
}

int which_is_it(int n, const int *a, int wanted)
{
    int found = -1;
    for (int i = 0; i < n; i++) // expect: unknown: found is written in some iterations only
        if (a[i] == wanted)
            found = i;
    return found;
}

struct nearest {
    double distance;
    int city;
};
#pragma omp declare reduction(closer : struct nearest : omp_out = omp_in.distance < omp_out.distance ? omp_in : omp_out)

int nearest_of_all(int n, const double *distance)
{
    struct nearest found = {1e9, -1};
    for (int i = 0; i < n; i++) { // expect: unknown: found, read here, holds
        if (distance[i] < found.distance) {
            found.distance = distance[i];
            found.city = i;
        }
    }
    return found.city;
}

void on_each_device(int devices, int *ready)
{
    for (int d = 0; d < devices; d++) { // expect: unknown: every iteration writes ready[0]
#pragma omp target device(d)
        ready[0] = d;
    }
}

void sorted_by_rank(int n, const int *a, int *sorted)
{
    int rank = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: rank, read here, holds
        for (int j = 0; j < n; j++) // expect: independent reduction(+: rank)
            if (a[i] > a[j])
                rank++;
        sorted[rank] = a[i];
        rank = 0;
    }
}

void running_sums(int n, const int *a, int *sums)
{
    int x = 0;
#pragma omp simd reduction(inscan, + : x)
    for (int i = 0; i < n; i++) { // expect: unknown: x, read here, holds
        x += a[i];
#pragma omp scan inclusive(x)
        sums[i] = x;
    }
}

void critical_if_there_are_threads(int n, const double *a, int *order)
{
    int count = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: `omp critical` already synchronises
        int mine = 0;
        if (a[i] > 0.0) {
#if defined(_OPENMP)
#pragma omp critical
#endif
            mine = ++count;
        }
        order[i] = mine;
    }
}

union cursor {
    unsigned char *bytes;
    float *numbers;
};

void one_pointer_in_two_ways(int n, float *in, int skip, unsigned char *out)
{
    union cursor from;
    for (int i = 0; i < n; i++) { // expect: unknown: from, read here
        from.numbers = in + i;
        from.bytes = from.bytes + skip;
        out[i] = *from.bytes;
    }
}

void rows_of_pointers(int n, double *const *vectors, const int *corner, double *out)
{
    double *of_corner[8];
    for (int i = 0; i < n; i++) { // expect: unknown: every iteration writes of_corner[k]
        for (int k = 0; k < 8; k++) // expect: independent
            of_corner[k] = vectors[corner[8 * i + k]];
        out[i] = of_corner[0][0] + of_corner[7][0];
    }
}

void rows_of_pointers_left_over(int n, double *const *vectors, double *out)
{
    double *last[8] = {0};
    for (int i = 1; i < n; i++) { // expect: dependent: every iteration writes last[0]
        out[i] = last[0] ? *last[0] : 0.0;
        last[0] = vectors[i];
    }
}
