// Functions that the threads of a team call: a region inside would run on one thread.

#include <math.h>

static void by_every_thread(double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & silent: only the threads of `omp parallel` of line 66 call this function
        a[i] = sin(a[i]);
}

static void by_one_who_is_called(double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & silent: only the threads of `omp parallel`
        a[i] = sin(a[i]);
}

static void passes_on(double *a, int n)
{
    by_one_who_is_called(a, n);
}

static double in_an_iteration(const double *a, int n)
{
    double s = 0;
    for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & suggest simd reduction(+:s)
        s += a[i] * a[i];
    return s;
}

static void again_and_again(double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & silent: only the threads of
        a[i] = sin(a[i]);
    if (n > 1)
        again_and_again(a, n / 2);
}

static void outside_too(double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = sin(a[i]);
}

static void handed_on(double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = sin(a[i]);
}

static void by_a_team_that_may_be_one_thread(double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = sin(a[i]);
}

static void by_nobody(double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = sin(a[i]);
}

void apply(void (*f)(double *, int), double *a, int n);

void run(double **a, double *s, int n)
{
#pragma omp parallel
    {
        by_every_thread(a[0], n);
        passes_on(a[1], n);
        outside_too(a[2], n);
        handed_on(a[3], n);
        again_and_again(a[4], n);
    }
#pragma omp parallel for
    for (int i = 0; i < n; i++) // expect: independent
        s[i] = in_an_iteration(a[i], n);
#pragma omp parallel if (n > 1000)
    by_a_team_that_may_be_one_thread(a[5], n);
    outside_too(a[6], n);
    apply(handed_on, a[7], n);
}
