// What a loop names, and writes through a pointer that visibly leads there.
#include <stdint.h>
#include <stdlib.h>

static int limit, *place;
static double grid[100], *current, *next, *other, *work, *extra;

void set_up(int n)
{
    current = grid;
    next = current + 1;
    other = malloc(100 * sizeof *other);
    work = malloc(2 * n * sizeof *work);
    extra = work + n;
}

void change_places(void)
{
    double *t = other;
    other = current;
    current = t;
}

void written_once(int n, int *a)
{
    int k = 3, *p = &k;
    for (int i = 0; i < n; i++) { // expect: unknown: p may lead to k, which the loop uses by its name
        if (i == 5)
            *p = 7;
        a[i] = 3 * k + i;
    }
}

void bound(int n, int *a)
{
    int *p = &limit;
    for (int i = 0; i < limit; i++) { // expect: unknown: p may lead to limit, which the loop uses by its name
        if (i == 5)
            p[0] = 7;
        a[i] = 3 * i;
    }
}

struct part {
    int n, k;
    int *values;
};

void field_of_a_struct(int n, int *a)
{
    struct part s = {0}, *p = &s;
    for (int i = 0; i < n; i++) { // expect: unknown: p may lead to s, which the loop uses by its name
        if (i == 5)
            p->n = 7;
        a[i] = 3 * s.n + i;
    }
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        if (i == 5)
            p->k = 7;
        a[i] = 3 * s.n + i;
    }
}

void array_of_a_struct(int n, int *a)
{
    struct part s = {n, n, a}, *p = &s;
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        p->values[i] = 3 * s.n + i;
}

void stored_address(int n, int *a, struct part *s)
{
    s->values = &limit;
    for (int i = 0; i < n; i++) { // expect: unknown: s may lead to limit, which the loop uses by its name
        if (i == 5)
            *s->values = 7;
        a[i] = 3 * limit + i;
    }
}

void address_in_a_number(int n, double *a)
{
    uintptr_t at = (uintptr_t)a;
    double *p = (double *)(at + sizeof *a);
    for (int i = 0; i < n; i++) // expect: unknown: p and a lead to one array
        p[i] = 0.5 * a[i];
}

void given_in_another_function(int n)
{
    for (int i = 1; i < n; i++) // expect: unknown: current and grid lead to one array
        current[i] = 0.5 * grid[i - 1];
    for (int i = 1; i < n; i++) // expect: unknown: next and current lead to one array
        next[i] = 0.5 * current[i - 1];
}

void apart_as_far_as_is_seen(int n)
{
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        next[i] = 0.5 * other[i - 1];
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        extra[i] = 0.5 * work[i - 1];
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        other[i] = 0.5 * current[i - 1];
}
