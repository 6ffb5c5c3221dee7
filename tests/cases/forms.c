/* What a loop looks like. */
#include <stddef.h>

void unsigned_counter(size_t n, double *a)
{
    for (size_t i = 0; i < n; ++i) // expect: independent & suggest parallel for
        a[i] = 1.0 / (double)(i + 1);
}

void unequal(int n, double *a)
{
    for (int i = 0; i != n; i++) // expect: independent & silent: needs OpenMP 5.0
        a[i] = 1.0;
}

void by_assignment(int n, double *a)
{
    int i;
    for (i = 0; i < n; i = i + 1) // expect: independent & suggest parallel for
        a[i] = 1.0 / (1.0 + a[i] * a[i]);
}

void mirrored_test(int n, double *a)
{
    int i;
    for (i = 0; n > i; i += 2) // expect: independent & suggest parallel for
        a[i] = 1.0 / (1.0 + a[i] * a[i]);
}

void geometric(int n, double *a)
{
    for (int i = 1; i < n; i *= 2) // expect: unknown: the number of iterations is not known when the loop starts
        a[i] = 1.0;
}

void counted_while(int n, double *a)
{
    int i = 0;
    while (i < n) { // expect: dependent: i, read here, holds what an earlier iteration wrote
        a[i] = 1.0;
        i++;
    }
}

void followed(struct node *p);
struct node { struct node *next; double v; };

void list(struct node *p)
{
    for (; p; p = p->next) // expect: unknown: the number of iterations is not known when the loop starts
        p->v = 0.0;
}

void endless(double *a)
{
    for (;;) // expect: unknown
        a[0] += 1.0;
}

void two_variables(int n, double *a)
{
    int i, j;
    for (i = 0, j = n; i < n; i++, j--) // expect: unknown: the number of iterations is not known when the loop starts
        a[i] = j;
}

void wrong_way(int n, double *a)
{
    for (int i = 0; i < n; i--) // expect: silent: its step leads away from its bound
        a[i] = 1.0;
}

void floating(double x, double *a)
{
    for (double d = 0.0; d < x; d += 0.1) // expect: silent
        a[(int)d] = 1.0;
}

void few(double *a)
{
    for (int i = 0; i < 3; i++) // expect: independent & silent: it runs 3 times only
        a[i] = 1.0;
}

void small(double *a)
{
    for (int i = 0; i < 100; i++) // expect: independent & silent: it only copies
        a[i] = 1.0;
}

void in_one_line(int n, double *a) { for (int i = 0; i < n; i++) a[i] = 1.0 / (1.0 + a[i] * a[i]); } // expect: independent & suggest parallel for

void without_braces(int n, int flag, double *a)
{
    if (flag)
        for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
            a[i] = 1.0 / (1.0 + a[i] * a[i]);
    else
        for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
            a[i] = 2.0 / (1.0 + a[i] * a[i]);
}

void after_a_label(int n, double *a)
{
    goto start;
start:
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = 1.0;
}

void own_bound(int n, double *a, int *end)
{
    for (int i = 0; i < end[0]; i++) // expect: unknown: its bounds or its step are no values that surely stay the same
        end[i] = 0;
}

void numbered(int n, double *axis)
{
    for (int i = 0; i < n; i++) // expect: independent & silent: it only copies
        axis[i] = i + 1;
}

void bound_made_of_itself(double *a, int n)
{
    n = (int) n;
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = 2.0;
}
