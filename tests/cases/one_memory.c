// What is given one address twice, byte by byte or in one statement, is not taken to be apart; nor are rows behind
// whose end a call goes on.
#include <stdlib.h>
#include <string.h>

struct pair {
    double *x, *y;
};

void copied_pointer(int n, double *a)
{
    double *b;
    memcpy(&b, &a, sizeof b);
    for (int i = 1; i < n; i++) // expect: unknown: b and a lead to one array
        b[i] = 0.5 * a[i - 1];
}

void copied_struct(int n)
{
    struct pair u, v;
    u.x = malloc(n * sizeof(double));
    memcpy(&v, &u, sizeof v);
    for (int i = 1; i < n; i++) // expect: unknown: u.x and v.x lead to one array
        u.x[i] = 0.5 * v.x[i - 1];
}

void copied_behind_pointers(int n, struct pair *u, struct pair *v)
{
    memcpy(v, u, sizeof *v);
    for (int i = 1; i < n; i++) // expect: unknown: pointers in u->x and v->x are given addresses of one memory
        u->x[i] = 0.5 * v->x[i - 1];
}

void copied_table(int n, double **u)
{
    double *v[8];
    memcpy(v, u, sizeof v);
    for (int i = 1; i < n; i++) // expect: unknown: pointers in u and v are given addresses of one memory
        u[3][i] = 0.5 * v[3][i - 1];
}

void copied_numbers(int n, double *restrict u, double *restrict v)
{
    memcpy(v, u, n * sizeof *v);
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        u[i] = 0.5 * v[i - 1];
}

void one_allocation(int n)
{
    double *p, *q;
    p = q = malloc(n * sizeof *p);
    for (int i = 1; i < n; i++) // expect: unknown: p and q lead to one array
        p[i] = 0.5 * q[i - 1];
}

void one_declared_allocation(int n)
{
    double *q, *p = (double *)(q = malloc(n * sizeof *p));
    for (int i = 1; i < n; i++) // expect: unknown: p and q lead to one array
        p[i] = 0.5 * q[i - 1];
}

void one_tested_allocation(int n)
{
    double *p, *q;
    if ((p = q = malloc(n * sizeof *p)) == NULL)
        return;
    for (int i = 1; i < n; i++) // expect: unknown: p and q lead to one array
        p[i] = 0.5 * q[i - 1];
}

void one_allocation_for_fields(int n, struct pair *t)
{
    t->x = t->y = malloc(n * sizeof(double));
    for (int i = 1; i < n; i++) // expect: unknown: t->x and t->y are given addresses of one memory
        t->x[i] = 0.5 * t->y[i - 1];
}

void one_allocation_for_a_field(int n, struct pair *t)
{
    double *p;
    t->x = p = malloc(n * sizeof(double));
    for (int i = 1; i < n; i++) // expect: unknown: t->x and p lead to one array
        t->x[i] = 0.5 * p[i - 1];
}

void one_allocation_for_elements(int n)
{
    double *a[2];
    a[0] = a[1] = malloc(n * sizeof(double));
    for (int i = 1; i < n; i++) // expect: unknown: elements of a are given addresses of one memory
        a[0][i] = 0.5 * a[1][i - 1];
}

#define ROWS 100
#define COLUMNS 64
static double block[ROWS][COLUMNS], cubes[ROWS][8][8];

void whole_rows(int n, int m, double a[n][m])
{
    for (int i = 0; i < n; i++) { // expect: independent
        memset(block[i], 0, sizeof block[i]);
        block[i][3] = 0.5 * i;
    }
    for (int i = 0; i < n; i++) { // expect: independent
        memset(block[i], 0, COLUMNS * sizeof(double));
        block[i][3] = 0.5 * i;
    }
    for (int i = 0; i < n; i++) { // expect: independent
        memset(cubes[i], 0, 64 * sizeof cubes[0][0][0]);
        memset(cubes[i], 0, sizeof *cubes);
    }
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        memset(a[i], 0, m * sizeof(double));
        a[i][0] = 0.5 * i;
    }
}

void more_than_a_row(int n, int m, double a[n][m])
{
    for (int i = 0; i < n; i++) { // expect: unknown: memset(block[i], 0, sizeof block) may go on behind the row
        memset(block[i], 0, sizeof block);
        block[i][3] = 0.5 * i;
    }
    for (int i = 0; i < n; i++) { // expect: unknown: may go on behind the row
        memset(block[i], 0, 520);
        block[i][3] = 0.5 * i;
    }
    for (int i = 0; i < n; i++) { // expect: unknown: may go on behind the row
        memset(cubes[i][0], 0, 64 * sizeof cubes[0][0][0]);
        cubes[i][3][3] = 0.5 * i;
    }
    for (int i = 0; i < n; i++) { // expect: unknown: may go on behind the row
        memset(a[i], 0, n * m * sizeof(double));
        a[i][0] = 0.5 * i;
    }
    for (int i = 0; i < n - 1; i++) { // expect: unknown: may go on behind the row
        memcpy(a[i], block[i], (m + 1) * sizeof(double));
        a[i][0] = 0.5 * i;
    }
}
