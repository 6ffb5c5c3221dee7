/* Loops in parallel regions that every thread runs as a whole. */
#include <omp.h>

void repeated_by_all(int n, double *a, const double *b)
{
#pragma omp parallel
    {
        for (int i = 0; i < n; i++) // expect: independent & suggest for
            a[i] = 0.5 * b[i] + i;
    }
}

void with_a_temporary(int n, double *a, const double *b)
{
    int i;
    double t;
#pragma omp parallel default(shared) private(i)
    {
        for (i = 0; i < n; i++) { // expect: independent private(t) & suggest for private(t)
            t = b[i];
            a[i] = t * t + i;
        }
    }
}

void with_everything_listed(int n, double *a, const double *b)
{
    int i;
#pragma omp parallel default(none) shared(a, b, n) private(i)
    {
        for (i = 0; i < n; i++) // expect: independent & suggest for
            a[i] = 0.5 * b[i] + i;
    }
}

void with_a_copy_listed(int n, double *a, const double *b, int from)
{
    int i;
#pragma omp parallel default(none) shared(a, b, n) private(i) firstprivate(from)
    {
        from += omp_get_thread_num();
        for (i = from; i < n; i++) // expect: independent & silent: has its own from
            a[i] = 0.5 * b[i] + i;
    }
}

#if _OPENMP >= 202111
void with_copies_of_all(int n, double *a, const double *b)
{
    int i;
#pragma omp parallel default(firstprivate) private(i)
    {
        for (i = 0; i < n; i++) // expect: independent & silent: not every variable of the region
            a[i] = 0.5 * b[i] + i;
    }
}
#endif

void on_data_of_each_thread(int n, const double *b, double *r)
{
#pragma omp parallel
    {
        double mine[1000];
        for (int i = 0; i < 1000; i++) // expect: independent & silent: has its own mine
            mine[i] = 0.5 * b[i] + i;
        r[omp_get_thread_num()] = mine[n];
    }
}

void by_the_number_of_the_thread(int n, double *a)
{
#pragma omp parallel
    {
        int first = omp_get_thread_num(), threads = omp_get_num_threads();
        for (int i = first; i < n; i += threads) // expect: independent & silent: has its own
            a[i] = 0.5 * a[i] + i;
    }
}

void row_of_the_thread(int n, double (*a)[n])
{
#pragma omp parallel
    {
        int mine = omp_get_thread_num();
        for (int i = 0; i < n; i++) // expect: independent & silent: has its own mine
            a[mine][i] = 0.5 * a[mine][i] + i;
    }
}

void private_by_clause(int n, double (*a)[n], int mine)
{
#pragma omp parallel firstprivate(mine)
    {
        mine += omp_get_thread_num();
        for (int i = 0; i < n; i++) // expect: independent & silent: has its own mine
            a[mine][i] = 0.5 * a[mine][i] + i;
    }
}

void by_one_thread(int n, double *a)
{
#pragma omp parallel
    {
        if (omp_get_thread_num() == 0)
            for (int i = 0; i < n; i++) // expect: independent & silent: not every thread
                a[i] = 0.5 * a[i] + i;
#pragma omp single
        for (int i = 0; i < n; i++) // expect: unknown
            a[i] = 0.5 * a[i] + i;
#pragma omp critical
        {
            for (int i = 0; i < n; i++) // expect: independent & silent: inside `omp critical`
                a[i] = 0.5 * a[i] + i;
        }
    }
}

double accumulated(int n, const double *a)
{
    double s = 0.0;
#pragma omp parallel
    {
        for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & silent: accumulates for itself
            s += a[i] * a[i];
    }
    return s;
}

void in_a_shared_loop(int n, int m, double (*a)[m])
{
#pragma omp parallel for
    for (int i = 0; i < n; i++) // expect: independent & silent: has a directive already
        for (int j = 0; j < m; j++) // expect: independent & silent: inside `omp parallel for`
            a[i][j] = 0.5 * a[i][j] + i;
}
