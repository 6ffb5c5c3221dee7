// Loops that leave nothing behind: there is nothing to share out among threads.
#include <assert.h>
#include <math.h>

void checks(int n, const double *x)
{
    for (int i = 0; i < n; i++) // expect: independent & silent: it changes nothing
        assert(x[i] > sqrt(x[i] * 2.0));
}

void checks_a_table(int n, const double *x)
{
    for (int i = 0; i < n; i++) // expect: independent & silent: it changes nothing
        for (int j = 0; j < n; j++) // expect: independent & silent: it changes nothing
            assert(isfinite(x[i * n + j]) && fabs(x[i * n + j]) < 1e9);
}

void computes_for_nobody(int n, const double *x)
{
    double t;
    for (int i = 0; i < n; i++) { // expect: independent private(t) & silent: it changes nothing
        t = sqrt(x[i]);
        double u = t * t;
        if (u > 1.0)
            u = 1.0;
    }
}

void checks_and_stores(int n, double *restrict y, const double *restrict x)
{
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        assert(x[i] >= 0.0);
        y[i] = sqrt(x[i]);
    }
}

double sums_up(int n, const double *x)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) // expect: independent reduction(+: t) & suggest parallel for reduction(+:t)
        t += sqrt(x[i]);
    return t;
}
