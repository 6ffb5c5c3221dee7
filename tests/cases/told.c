// Pointers whose addresses are told to others: what others give out afterwards may be the same.
#include <stdlib.h>

void other(double **out, double *p), keep(double *p), many(double **x, double **y, int n);
double *kept(void);
static void same(double **out, double *p) { *out = p; }

void given_beside(int n, double *p, double *restrict q)
{
    double *a, *b, *c, t[100];
    other(&a, p + 1);
    for (int i = 1; i < n; i++) // expect: unknown: a and p lead to one array
        a[i] = p[i - 1] * 2.0;
    same(&b, q);
    for (int i = 1; i < n; i++) // expect: unknown: b and q lead to one array
        b[i] = q[i - 1] * 2.0;
    other(&c, t);
    for (int i = 1; i < n; i++) // expect: unknown: c and t lead to one array
        c[i] = t[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = b[i - 1] * 2.0;
}

void given_again(int n)
{
    double *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b);
    for (int i = 1; i < n; i++) // expect: unknown: a and b lead to one array
        a[i] = b[i - 1] * 2.0;
    other(&a, b);
    for (int i = 1; i < n; i++) // expect: unknown: a and b lead to one array
        a[i] = b[i - 1] * 2.0;
}

void given_through_its_address(int n)
{
    double *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b);
    double **pa = &a;
    *pa = b;
    for (int i = 1; i < n; i++) // expect: unknown: a and b lead to one array
        a[i] = b[i - 1] * 2.0;
}

void apart_by_their_types(int n, const char *name)
{
    double *a, *b;
    many(&a, &b, n);
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = b[i - 1] * name[0];
    posix_memalign((void **)&a, 64, n * sizeof *a);
    posix_memalign((void **)&b, 64, n * sizeof *b);
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = b[i - 1] * 2.0;
}
