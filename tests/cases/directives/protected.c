/* Accesses that threads make one after the other, or that only one of them makes. */
#include <omp.h>

int hits;
omp_lock_t guard;

double protected(int n, const double *a)
{
    double s = 0.0, m = 0.0, p = 1.0;
#pragma omp parallel for
    for (int i = 0; i < n; i++) {
#pragma omp critical
        s += a[i];
#pragma omp atomic
        hits++;
#pragma omp atomic
        p = p * a[i];
        omp_set_lock(&guard);
        m = m * a[i];
        omp_unset_lock(&guard);
    }
    return s + m + p;
}

void two_names(int n, const int *a)
{
#pragma omp parallel for // expect: wrong: hits is shared @ 32 36
    for (int i = 0; i < n; i++) {
        if (a[i]) {
#pragma omp critical(one)
            {
                hits = hits * 2;
            }
        }
#pragma omp critical(other)
        hits = hits + a[i];
    }
}

void atomic_protects_its_target_alone(int n, const int *a)
{
    int seen = 0;
#pragma omp parallel for // expect: fix missing private(seen)
    for (int i = 0; i < n; i++) {
        seen = a[i];
#pragma omp atomic
        hits += seen;
    }
}

int flags(int n, const int *a)
{
    int found = 0, both = 0;
#pragma omp parallel for // expect: fix missing lastprivate(both)
    for (int i = 0; i < n; i++) {
        if (a[i] == 7)
            found = 1;
        both = 0;
        if (a[i] == 8)
            both = 1;
    }
    return found + both;
}

void in_order(int n, const int *a, int *out)
{
    int last = 0;
#pragma omp parallel for ordered
    for (int i = 0; i < n; i++) {
#pragma omp ordered
        {
            out[i] = last;
            last = a[i];
        }
    }
}

void one_thread_only(int n, int *out)
{
    int who;
#pragma omp parallel for
    for (int i = 0; i < n; i++) {
        out[i] = i;
        if (omp_get_thread_num() == 0)
            who = i;
    }
    out[0] = who;
}

void one_iteration_only(int n, int *out)
{
    int first;
#pragma omp parallel for
    for (int i = 0; i < n; i++) {
        out[i] = i;
        if (i == 0)
            first = n;
    }
    out[0] = first;
}

void by_thread(int n, const double *a, double *partial)
{
#pragma omp parallel
    {
        int me = omp_get_thread_num();
#pragma omp for
        for (int i = 0; i < n; i++)
            partial[me] += a[i];
    }
}

void alone(int n, const double *a, double *b)
{
    double t;
#pragma omp parallel for num_threads(1)
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t;
    }
}

double one_lock_for_all_threads(int n, const double *a)
{
    double s = 0.0;
    omp_set_lock(&guard);
#pragma omp parallel for // expect: fix missing reduction(+:s)
    for (int i = 0; i < n; i++)
        s += a[i];
    omp_unset_lock(&guard);
    return s;
}

void one_lock_in_a_region(double *s)
{
#pragma omp parallel
    {
        omp_set_lock(&guard);
        *s += 1.0;
        omp_unset_lock(&guard);
    }
}

double one_lock_around_vectors(int n, int m, double **a)
{
    double s = 0.0;
#pragma omp parallel for
    for (int i = 0; i < n; i++) {
        omp_set_lock(&guard);
#pragma omp simd reduction(+ : s)
        for (int k = 0; k < m; k++)
            s += a[i][k];
        omp_unset_lock(&guard);
    }
    return s;
}
