/* simd: innermost loops for which threads would not pay, and of which a compiler cannot know enough. */
#include <math.h>
double table[64][64], line[512];

double short_dot(const double *x, const double *y)
{
    double s = 0.0;
    for (int k = 0; k < 64; k++) // expect: independent reduction(+: s) & suggest simd reduction(+:s)
        s += x[k] * y[k];
    return s;
}

void short_update(double alpha, const double *x, double *y)
{
    for (int k = 0; k < 64; k++) // expect: independent & suggest simd
        y[k] += alpha * x[k];
}

void with_a_temporary(const double *x, double *y)
{
    double t;
    for (int k = 0; k < 64; k++) { // expect: independent private(t) & suggest simd private(t)
        t = x[k] - 1.0;
        y[k] = t * t;
    }
}

void nothing_to_tell(double alpha)
{
    for (int k = 0; k < 512; k++) // expect: independent & silent: too little work
        line[k] += alpha * line[k];
}

void in_a_sweep(int n, double *u, const double *v, const double *w)
{
    for (int i = 1; i < n; i++)     // expect: dependent
        for (int j = 0; j < n; j++) // expect: independent & suggest simd
            u[i * n + j] = u[(i - 1) * n + j] + v[j] * w[j];
}

void far_enough_apart(double *u, const double *v)
{
    for (int k = 8; k < 64; k++) // expect: dependent: 8 iterations later & suggest simd safelen(8)
        u[k] = u[k - 8] * v[k] + 1.0;
}

void the_nearest_counts(double *u, const double *v)
{
    for (int k = 8; k < 64; k++) // expect: dependent & suggest simd safelen(4)
        u[k] = u[k - 8] * v[k] + u[k - 4];
}

void too_near(double *u, const double *v)
{
    for (int k = 8; k < 64; k++) // expect: dependent & silent: 8 iterations later
        u[k] = u[k - 8] * v[k] + u[k - 1];
}

void near_and_unknown(int m, double *u, const double *v)
{
    for (int k = 8; k < 64; k++) // expect: dependent & silent
        u[k] = u[k - 8] * v[k] + u[k - m];
}

/* elements that do not lie side by side, code that decides or calls */

double strided(const double *x, const double *y)
{
    double s = 0.0;
    for (int k = 0; k < 64; k++) // expect: independent reduction(+: s) & silent: too little work
        s += x[3 * k] * y[k];
    return s;
}

double gathered(const double *x, const int *index)
{
    double s = 0.0;
    for (int k = 0; k < 64; k++) // expect: independent reduction(+: s) & silent: too little work
        s += x[index[k]] * 0.5;
    return s;
}

double decided(const double *x, const double *y)
{
    double s = 0.0;
    for (int k = 0; k < 64; k++) // expect: independent reduction(+: s) & silent: too little work
        if (x[k] > 0.0)
            s += x[k] * y[k];
    return s;
}

void divided(const long *x, const long *y, long *z)
{
    for (int k = 0; k < 64; k++) // expect: independent & silent: too little work
        z[k] = x[k] / y[k] + k;
}

double called(const double *x)
{
    double s = 0.0;
    for (int k = 0; k < 64; k++) // expect: independent reduction(+: s) & silent: too little work
        s += exp(x[k]);
    return s;
}

double a_row_of_few(const double *x, const double *y)
{
    double s = 0.0;
    for (int k = 0; k < 3; k++) // expect: independent reduction(+: s) & silent: it runs 3 times only
        s += x[k] * y[k];
    return s;
}
