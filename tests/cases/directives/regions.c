/* What every thread of a region runs, and what no barrier keeps apart. */
#include <math.h>
#include <omp.h>

int number;
double result[100];

void every_thread(int n, double *a)
{
    int me, i;
#pragma omp parallel // expect: fix missing private(me) & fix missing private(i)
    {
        me = omp_get_thread_num();
        for (i = 0; i < n; i++)
            a[me * n + i] = me;
    }
}

void still_needed(void)
{
    int last;
#pragma omp parallel // expect: wrong: last is shared
    {
        last = omp_get_thread_num();
    }
    number = last;
}

void one_value(double dt, double dx)
{
    int threads, also;
    double ratio;
#pragma omp parallel
    {
        int mine = omp_get_num_threads();
        threads = mine;
        number = also = 3;
        ratio = pow(dt / dx, 2);
    }
    result[0] = ratio + threads + also;
}

void elements(int n, double *a)
{
#pragma omp parallel // expect: wrong: a[i] is shared
    {
        int me = omp_get_thread_num();
        a[me] = 0.0;
        result[0] = 1.0;
        for (int i = 0; i < n; i++)
            a[i] = a[i] + 1.0;
    }
}

void sections(void)
{
    int x = 0, y = 0;
#pragma omp parallel sections // expect: wrong: x is shared
    {
#pragma omp section
        {
            x = number;
            y = 1;
        }
#pragma omp section
        x = number + 1;
    }
    number = x + y;
}

void one_section(int n)
{
    int i, x = 0;
#pragma omp parallel sections
    {
        for (i = 0; i < n; i++)
            x += i;
    }
    number = x;
}

int too_early(int n, double *a, double *b)
{
    int i, error = 0;
#pragma omp parallel private(i)
    {
#pragma omp for nowait // expect: fix nowait: take it away
        for (i = 0; i < n; i++)
            a[i] = i;
#pragma omp single
        error = a[9] > 1.0;
#pragma omp for nowait // expect: fix nowait: take it away
        for (i = 1; i < n; i++)
            b[i] = i;
#pragma omp for
        for (i = 1; i < n; i++)
            a[i] = b[i - 1];
    }
    return error;
}

void early_enough(int n, double *a, double *b)
{
#pragma omp parallel
    {
#pragma omp for schedule(static) nowait
        for (int i = 0; i < n; i++)
            a[i] = i;
#pragma omp for schedule(static)
        for (int i = 0; i < n; i++)
            b[i] = a[i];
#pragma omp for nowait
        for (int i = 0; i < n; i++)
            a[i] = i;
#pragma omp barrier
#pragma omp single
        number = (int)a[3];
#pragma omp for schedule(dynamic) nowait // expect: fix nowait: take it away
        for (int i = 0; i < n; i++)
            a[i] = i;
#pragma omp for schedule(dynamic)
        for (int i = 0; i < n; i++)
            b[i] = a[i];
    }
}

void primary(void)
{
    int start, mine;
#pragma omp parallel private(mine) // expect: wrong: start is shared
    {
#pragma omp master
        start = number;
        mine = start;
        result[mine] = 0.0;
    }
#pragma omp parallel private(mine)
    {
#pragma omp single
        start = number;
        mine = start;
        result[omp_get_thread_num()] = mine;
    }
}

void spins(void)
{
    int x = 0, ready = 0;
#pragma omp parallel sections
    {
#pragma omp section
        {
            x = number;
#pragma omp atomic write
            ready = 1;
        }
#pragma omp section
        {
            int seen = 0;
            while (!seen) {
#pragma omp atomic read
                seen = ready;
            }
            x = x + 1;
        }
    }
    number = x;
}

void teams(double *a)
{
#pragma omp target map(tofrom : a[0 : 100])
#pragma omp teams num_teams(2) // expect: wrong: a[50] is shared
    {
        a[50] *= 2.0;
    }
}

void macro_among_the_clauses(int n, double *a)
{
    double t;
#pragma omp parallel for SHARING(private(t))
    for (int i = 0; i < n; i++) {
        t = i;
        a[i] = t;
    }
}

void comment_in_the_directive(int n, double *a)
{
    double t;
#pragma omp parallel for default(none) /* every variable */ \
        shared(n, a) private(t)
    for (int i = 0; i < n; i++) {
        t = i;
        a[i] = t;
    }
}

void number_of_the_thread_by_one_of_two_names(int n, double *a, double *most)
{
#pragma omp parallel
    {
        double mine = 0;
#if _OPENMP
        int me = omp_get_thread_num();
#else
        int me = 0;
#endif
#pragma omp for
        for (int i = 0; i < n; i++)
            if (a[i] > mine)
                mine = a[i];
        most[me] = mine;
    }
}

void read_backwards(int n, double *a, double *c, const double *b)
{
#pragma omp parallel
    {
#pragma omp for nowait // expect: fix nowait: take it away
        for (int i = 0; i < n; i++)
            a[i] = b[i];
#pragma omp for
        for (int i = 0; i < n; i++)
            c[i] = a[n - 1 - i];
    }
#pragma omp parallel
    {
#pragma omp for
        for (int i = 0; i < n; i++)
            a[i] = b[i];
#pragma omp for
        for (int i = 0; i < n; i++)
            c[i] = a[n - 1 - i];
    }
}

double set_by_late_threads(int n, const double *a)
{
    double total, sum;
#pragma omp parallel
    {
        total = 0.0;
#pragma omp for // expect: wrong: total is shared, and all iterations accumulate into it
        for (int i = 0; i < n; i++)
            total += a[i];
    }
    sum = 0.0;
#pragma omp parallel
    {
#pragma omp for // expect: fix missing reduction(+:sum)
        for (int i = 0; i < n; i++)
            sum += a[i];
    }
    return total + sum;
}
