/* Loops in parallel regions that every thread runs as a whole. */
#include <math.h>
#include <omp.h>
#include <stdio.h>

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

/* what is accumulated: shared by the threads, or each thread's own, whose parts come together */

double accumulated(int n, const double *a)
{
    double s = 0.0;
#pragma omp parallel
    {
        for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & suggest for reduction(+:s)
            s += a[i] * a[i];
    }
    return s;
}

double set_by_all(int n, const double *a)
{
    double s;
#pragma omp parallel
    {
        s = 0.0;
        for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & silent: sets s
            s += a[i] * a[i];
    }
    return s;
}

double set_by_one(int n, const double *a)
{
    double s;
#pragma omp parallel
    {
#pragma omp single
        s = 0.0;
        for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & suggest for reduction(+:s)
            s += a[i] * a[i];
    }
    return s;
}

double set_by_one_that_none_waits_for(int n, const double *a)
{
    double s;
#pragma omp parallel
    {
#pragma omp single nowait
        s = 0.0;
        for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & silent: sets s
            s += a[i] * a[i];
    }
    return s;
}

double reduced_by_the_region(int n, const double *a, double *most)
{
    double s = 0.0, largest = 0.0;
#pragma omp parallel reduction(+ : s) reduction(max : largest)
    {
        for (int i = 0; i < n; i++) { // expect: independent reduction(+: s) reduction(max: largest) & suggest for
            s += a[i] * a[i];
            if (a[i] > largest)
                largest = a[i];
        }
        for (int i = 1; i < n; i++) // expect: independent reduction(+: s) & suggest for
            s = s + a[i] * a[i - 1];
    }
    *most = largest;
    return s;
}

double reduced_otherwise(int n, const double *a)
{
    double s = 1.0;
#pragma omp parallel reduction(* : s)
    {
        for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & silent: accumulates for itself
            s += a[i] * a[i];
    }
    return s;
}

double reduced_from_one(int n, const double *a)
{
    double s = 0.0;
#pragma omp parallel reduction(+ : s)
    {
        s = 1.0;
        for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & silent: accumulates for itself
            s += a[i] * a[i];
    }
    return s;
}

double a_part_taken_for_the_whole(int n, const double *a, double *r)
{
    double s = 0.0;
#pragma omp parallel reduction(+ : s)
    {
        for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & silent: accumulates for itself
            s += a[i] * a[i];
        r[omp_get_thread_num()] = s;
    }
    return s;
}

double brought_together(int n, const double *a, double *most)
{
    double s = 0.0, largest = 0.0;
#pragma omp parallel
    {
        double mine = 0.0, my_largest = largest;
        for (int i = 0; i < n; i++) { // expect: independent reduction(+: mine) reduction(max: my_largest) & suggest for
            mine += a[i] * a[i];
            if (a[i] > my_largest)
                my_largest = a[i];
        }
#pragma omp atomic
        s += mine;
#pragma omp critical
        {
            if (my_largest > largest)
                largest = my_largest;
        }
    }
    *most = largest;
    return s;
}

double brought_together_from_one(int n, const double *a)
{
    double s = 0.0;
#pragma omp parallel
    {
        double mine = 1.0;
        for (int i = 0; i < n; i++) // expect: independent reduction(+: mine) & silent: accumulates for itself
            mine += a[i] * a[i];
#pragma omp atomic
        s += mine;
    }
    return s;
}

void shown_by_each(int n, const double *a)
{
#pragma omp parallel
    {
        double mine = 0.0;
        for (int i = 0; i < n; i++) // expect: independent reduction(+: mine) & silent: accumulates for itself
            mine += a[i] * a[i];
#pragma omp critical
        printf("%g\n", mine);
    }
}

/* how threads get to a loop: all of them, and equally often */

void sweeps(int n, int m, int steps, double (*u)[m], double (*v)[m])
{
    int i, j, t;
#pragma omp parallel shared(n, m, steps, u, v) private(i, j, t)
    for (t = 0; t < steps; t++) {     // expect: dependent & silent
        for (i = 1; i < n - 1; i++)   // expect: independent private(j) & suggest for private(j)
            for (j = 1; j < m; j++)   // expect: independent
                v[i][j] = 0.5 * (u[i - 1][j] + u[i + 1][j]);
        for (i = 1; i < n - 1; i++)   // expect: independent private(j) & suggest for private(j)
            for (j = 1; j < m; j++)   // expect: independent
                u[i][j] = sqrt(v[i][j]) * t;
    }
}

void elimination(int n, double (*a)[n])
{
#pragma omp parallel
    {
        for (int k = 0; k < n - 1; k++)          // expect: dependent & silent
            for (int i = k + 1; i < n; i++) {    // expect: independent & suggest for
                a[i][k] /= a[k][k];
                for (int j = k + 1; j < n; j++)  // expect: independent
                    a[i][j] -= a[i][k] * a[k][j];
            }
    }
}

void blocks_of_each_thread(int n, int m, double (*a)[m])
{
#pragma omp parallel
    {
        int threads = omp_get_num_threads(), mine = omp_get_thread_num();
        for (int i = mine; i < n; i += threads)  // expect: independent & silent
            for (int j = 1; j < m; j++)          // expect: independent & silent: not every thread
                a[i][j] = sqrt(a[i][j]);
    }
}

void until_a_sign(int n, int steps, double *u, const int *stop)
{
#pragma omp parallel
    {
        for (int t = 0; t < steps; t++) {  // expect: dependent & silent
            if (stop[t])
                break;
            for (int i = 0; i < n; i++)    // expect: independent & silent: not every thread
                u[i] = sqrt(u[i]) * t;
        }
    }
}

void by_a_shared_counter(int n, int steps, double *u)
{
    int t;
#pragma omp parallel
    {
        for (t = 0; t < steps; t++)      // expect: dependent & silent
            for (int i = 0; i < n; i++)  // expect: independent & silent: not every thread
                u[i] = sqrt(u[i]) * t;
    }
}

void where_all_agree(int n, int deep, double *u)
{
#pragma omp parallel
    {
        if (deep > 1)
            for (int i = 0; i < n; i++)  // expect: independent & suggest for
                u[i] = sqrt(u[i]) * deep;
    }
}

#ifdef OUT_OF_VIEW
void between_bounds_from_a_macro(int n, double *u)
{
    int first, last;
#pragma omp parallel
    {
        SHARE_OF(n, first, last)
        for (int i = first; i < last; i++)  // expect: independent & silent: may set
            u[i] = sqrt(u[i]) + i;
    }
}
#endif

void up_to_what_all_set(int n, double *u, const int *count)
{
    int last;
#pragma omp parallel
    {
        last = count[omp_get_thread_num()];
        for (int i = 0; i < last; i++)  // expect: independent & silent: may set last
            u[i] = sqrt(u[i]) + i;
    }
}

void by_a_shared_number_of_the_thread(int n, double *u, double (*v)[n])
{
    int threads, mine;
#pragma omp parallel
    {
        threads = omp_get_num_threads();
        mine = omp_get_thread_num();
        for (int i = 0; i < n / threads; i++)  // expect: independent & silent: may set threads
            u[i * threads + mine] = sqrt(u[i * threads + mine]);
        for (int i = 0; i < n; i++)  // expect: independent & silent: may set mine
            v[mine][i] = sqrt(u[i]) + i;
    }
}

void up_to_what_one_sets(int n, double *u, const int *count)
{
    int last;
#pragma omp parallel
    {
#pragma omp single
        last = count[n];
        for (int i = 0; i < last; i++)  // expect: independent & suggest for
            u[i] = sqrt(u[i]) + i;
    }
}

#ifdef OUT_OF_VIEW
void up_to_a_number_out_of_view(int n, double *u)
{
#pragma omp parallel
    {
        for (int i = 0; i < n; i++)  // expect: independent & suggest for
            u[i] = u[i] < LIMIT ? sqrt(u[i]) : LIMIT;
        for (int i = 0; i < n; i++)  // expect: independent & silent: has its own limit
            u[i] = u[i] < limit ? sqrt(u[i]) : limit;
    }
}
#endif

void where_they_may_not(int n, int deep, double *u)
{
#pragma omp parallel
    {
        if (deep > 1)
            for (int i = 0; i < n; i++)  // expect: independent & silent: not every thread
                u[i] = sqrt(u[i]) * 0.5;
        deep = 0;
    }
}

static double half_of(double x) { return x > 0.0 ? 0.5 * x : 0.0; }
static double more(double x) { double y = half_of(x); return y + half_of(y); }
static int number(void) { return omp_get_thread_num(); }
static double by_number(double x) { double y = number(); return y * x; }

void calls_that_are_the_same_for_all(int n, double *u)
{
#pragma omp parallel
    {
        for (int i = 0; i < n; i++)  // expect: independent & suggest for
            u[i] = more(u[i]) + i;
        for (int i = 0; i < n; i++)  // expect: independent & silent: has its own calls
            u[i] = by_number(u[i]) + i;
    }
}

double number_of_the_thread_in_a_call(int n, double *u)
{
#pragma omp parallel
    {
        for (int i = 0; i < n; i++)  // expect: independent & silent: has its own calls
            u[i] = u[i] * omp_get_thread_num() + i;
    }
}

void in_a_shared_loop(int n, int m, double (*a)[m])
{
#pragma omp parallel for
    for (int i = 0; i < n; i++) // expect: independent & silent: has a directive already
        for (int j = 0; j < m; j++) // expect: independent & silent: inside `omp parallel for`
            a[i][j] = 0.5 * a[i][j] + i;
}

void behind_a_barrier(int n, double *a, const double *b)
{
#pragma omp parallel
    {
#pragma omp barrier
        for (int i = 0; i < n; i++) // expect: independent & suggest for
            a[i] = 0.5 * b[i] + sin(i);
    }
}
