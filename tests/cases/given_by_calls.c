// What functions in view give the pointers that they are handed.
#include <stdlib.h>

struct table {
    int n;
    double *values, *others;
};
static double shared[100];

static void one_for_both(double **x, double **y, int n)
{
    double *t = malloc(n * sizeof *t);
    *x = t;
    *y = t;
}

static void copy(double **x, double **y)
{
    *y = *x;
}

static void change_places(double **x, double **y)
{
    double *t = *x;
    *x = *y;
    *y = t;
}

static void allocate(double **x, double **y, int n)
{
    *x = malloc(n * sizeof **x);
    *y = malloc(n * sizeof **y);
}

static void point(double **x)
{
    *x = shared;
}

static void set_up(struct table *t)
{
    t->values = shared;
}

void given_one(int n)
{
    double *p, *q;
    one_for_both(&p, &q, n);
    for (int i = 1; i < n; i++) // expect: unknown: p and q lead to one array
        p[i] = 0.5 * q[i - 1];
}

void given_a_copy(int n, double *p)
{
    double *q;
    copy(&p, &q);
    for (int i = 1; i < n; i++) // expect: unknown: p and q lead to one array
        p[i] = 0.5 * q[i - 1];
}

void given_two(int n, double *p, double *q)
{
    allocate(&p, &q, n);
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        p[i] = 0.5 * q[i - 1];
}

void exchanged(int n, int steps, double *p, double *q)
{
    for (int t = 0; t < steps; t++) { // expect: unknown
        for (int i = 1; i < n; i++) // expect: independent & suggest parallel for if(n > 10000)
            p[i] = 0.5 * q[i - 1];
        change_places(&p, &q);
    }
}

void given_a_global(int n)
{
    double *p;
    point(&p);
    for (int i = 1; i < n; i++) // expect: unknown: p and shared lead to one array
        p[i] = 0.5 * shared[i - 1];
}

void given_in_a_struct(int n, struct table *t)
{
    set_up(t);
    for (int i = 1; i < n; i++) // expect: unknown: t->values and shared lead to one array
        t->values[i] = 0.5 * shared[i - 1];
}
