// Library functions that give their results through a pointer that is not the first argument.
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void halves(int n, double *a)
{
    int e;
    for (int i = 0; i < n; i++) { // expect: independent private(e) & suggest parallel for private(e)
        a[i] = frexp(a[i], &e);
        a[i] += e;
    }
}

double last_whole_part(int n, double *a)
{
    double whole = 0;
    for (int i = 0; i < n; i++) // expect: independent lastprivate(whole)
        a[i] = modf(a[i], &whole);
    return whole;
}

void both(int n, double *a, double *s, double *c)
{
    double x, y;
    for (int i = 0; i < n; i++) { // expect: independent private(x, y)
        sincos(a[i], &x, &y);
        a[i] = x * y;
    }
    for (int i = 0; i < n; i++) // expect: independent
        sincos(a[i], &s[i], c + i);
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration earlier
        sincos(a[i], &a[i - 1], &c[i]);
    for (int i = 0; i < n; i++) // expect: dependent: every iteration writes s
        sincos(a[i], s, &c[i]);
}

void numbers(int n, double *a, char **text, char *one)
{
    char *end;
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = strtod(text[i], NULL);
    for (int i = 0; i < n; i++) // expect: independent private(end)
        a[i] = strtod(text[i], &end) + (*end == 'k');
    for (int i = 0; i < n; i++) // expect: dependent: one, read here, holds what an earlier iteration wrote
        a[i] = strtod(one, &one);
}

void printed(int n, const double *a, char (*text)[32])
{
    for (int i = 0; i < n; i++) // expect: independent
        sprintf(text[i], "%d %g", i + 1, a[i]);
    for (int i = 1; i < n; i++) // expect: unknown: text[i] and text[i - 1]
        sprintf(text[i], "%s %d", text[i - 1], i);
}
