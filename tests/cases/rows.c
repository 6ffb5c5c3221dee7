// Pointers to rows, `(*a)[n]`: one block as an array of arrays is, whose rows nothing but subscripts tells apart.
#include <stdlib.h>

void over_rows(int n, int m, double (*a)[m], double (*restrict b)[m])
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < m; j++) // expect: independent
            a[i][j] = 0.5 * b[i + 1][j];
}

void down_the_rows(int n, int m, double (*a)[m])
{
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        for (int j = 0; j < m; j++) // expect: independent
            a[i][j] = 0.5 * a[i - 1][j];
}

void diagonals(int n, double (*a)[64])
{
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        for (int j = 0; j < 63; j++) // expect: independent
            a[i][j] = 0.5 * a[i - 1][j + 1];
}

void out_of_their_rows(int n, double (*a)[8])
{
    for (int i = 0; i < n; i++) // expect: unknown: leaves its row
        for (int j = 0; j < 8; j++) // expect: dependent: 1 iteration later
            a[i][j] = 0.5 * a[i][j - 1];
}

void allocated_rows(int n)
{
    double (*a)[n] = malloc(sizeof(double[n][n]));
    double (*b)[n] = malloc(sizeof(double[n][n]));
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < n; j++) // expect: independent
            b[i][j] = a[j][i] = i * j;
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < n; j++) // expect: independent
            a[i][j] = 0.5 * b[i - 1][j];
    free(a);
    free(b);
}

void seen_as_rows(int n, int m, double *x)
{
    double (*a)[m] = (double (*)[m])x;
    for (int i = 1; i < n; i++) // expect: unknown: a and x lead to one array
        for (int j = 0; j < m; j++) // expect: unknown: a and x lead to one array
            a[i][j] = 0.5 * x[(i - 1) * m + j];
}

struct field {
    double (*values)[32];
    double *rows[32];
};

void of_a_struct(int n, struct field *u)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < 32; j++) // expect: independent
            u->values[i][j] = 2 * u->values[i][j] + 1;
    for (int i = 0; i < n; i++) // expect: unknown: leaves its row
        for (int j = 0; j < 32; j++) // expect: dependent: 1 iteration earlier
            u->values[i][j] = 2 * u->values[i][j + 1] + 1;
}

static void set_first_row(int m, double value)
{
    double (*t)[m] = malloc(sizeof(double[2][m]));
    t[0][0] = value;
    free(t);
}

void set_by_a_call(int n, double *a)
{
    for (int i = 0; i < n; i++) { // expect: independent
        set_first_row(n, a[i]);
        a[i] = 2 * a[i] + 1;
    }
}

double grid[500][500];

void skewed(int n, int steps)
{
    for (int i = 0; i < n / 2; i++) // expect: independent & suggest parallel for
        for (int t = 0; t < steps; t++) // expect: dependent
            for (int j = 2 * t + 1; j < 2 * t + n; j++) // expect: independent
                grid[2 * i][j - 2 * t] = 0.5 * grid[2 * i + 1][j - 2 * t] + 1;
}

void skewed_too_far(int n, int steps)
{
    for (int i = 0; i < n / 2; i++) // expect: unknown: may leave its row
        for (int t = 0; t < steps; t++) // expect: dependent
            for (int j = 2 * t; j < 2 * t + 2 * n; j++) // expect: independent
                grid[2 * i][j - 2 * t] = 0.5 * grid[2 * i + 1][j - 2 * t] + 1;
}

void skewed_from_before(int n, int steps)
{
    for (int i = 0; i < n / 2; i++) // expect: unknown: may leave its row
        for (int t = 0; t < steps; t++) // expect: dependent
            for (int j = 2 * t - 1; j < 2 * t + n; j++) // expect: unknown: its row
                grid[2 * i][j - 2 * t] = 0.5 * grid[2 * i + 1][j - 2 * t] + 1;
}

void tiles_of_a_row(int n)
{
    for (int i = 0; i < n / 2; i++) // expect: independent & suggest parallel for
        for (int t = 0; t < (n + 15) / 16; t++) // expect: unknown: may leave its row
            for (int j = 0; j < (n - 16 * t < 16 ? n - 16 * t : 16); j++) // expect: independent
                grid[2 * i][16 * t + j] = 0.5 * grid[2 * i + 1][16 * t + j] + 1;
}

struct point {
    double x[3];
};

struct open_ended {
    int n;
    double x[1];
};

struct cell {
    double m[2][2];
};

void into_the_next_struct(int n, struct point *v, struct cell *c)
{
    double *p = v->x;
    for (int i = 1; i < n; i++) // expect: unknown: p[3 * i - 3] may leave its row
        v[i].x[0] = p[3 * i - 3] * 2;
    for (int i = 1; i < n; i++) // expect: unknown: v[i].x[j] leaves its row
        for (int j = 0; j < 4; j++) // expect: unknown: v[i].x[j] leaves its row
            v[i].x[j] = v[i].x[j] * 2;
    for (int i = 1; i < n; i++) // expect: independent
        for (int j = 0; j < 3; j++) // expect: independent
            v[i].x[j] = v[i].x[j] * 2;
    for (int i = 1; i < n; i++) // expect: unknown: leaves its row
        for (int j = 0; j < 3; j++) // expect: unknown: leaves its row
            for (int k = 0; k < 2; k++) // expect: independent
                c[i].m[j][k] = c[i].m[j][k] * 2;
}

void behind_a_struct(int n, struct open_ended *v)
{
    for (int i = 1; i < 10000; i++) // expect: independent & suggest parallel for
        v->x[i] = v->x[i] * v->n + 1;
}

#define WIDTH 8
void past_a_named_extent(int n, double a[][WIDTH])
{
    for (int i = 1; i < n; i++) // expect: unknown: leaves its row
        for (int j = 0; j <= WIDTH; j++) // expect: unknown: leaves its row
            a[i][j] = a[i][j] * 2;
}

typedef double row[8];

void past_the_row_of_a_type(int n, row *a)
{
    for (int i = 1; i < n; i++) // expect: unknown: leaves its row
        for (int j = 0; j <= 8; j++) // expect: unknown: leaves its row
            a[i][j] = a[i][j] * 2;
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < 8; j++) // expect: independent
            a[i][j] = a[i][j] * 2;
}

void into_the_row_behind(int n, double (*a)[n])
{
    for (int i = 0; i < n - 1; i++) { // expect: unknown: r[j + n] leaves its row
        double *r = a[i];
        for (int j = 0; j < n; j++) // expect: unknown: r[j + n] leaves its row
            r[j] = r[j + n] * i;
    }
    for (int i = 1; i < n; i++) // expect: unknown: a[i][j - n] leaves its row
        for (int j = 0; j < n; j++) // expect: unknown: a[i][j - n] leaves its row
            a[i][j] = a[i][j - n] * i;
    for (int i = 0; i < n; i++) // expect: unknown: a[i][j] leaves its row
        for (int j = 0; j <= n; j++) // expect: unknown: a[i][j] leaves its row
            a[i][j] = a[i][j] * i;
}
