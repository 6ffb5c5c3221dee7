// Loops that pointers count, with openmp-version: 5.0 (before that OpenMP takes no `!=`).

#include <math.h>
#include <stdlib.h>

struct particle {
    double x, v;
};

struct grid {
    int n;
    double *cells;
};

void own_element(double *a, int n)
{
    for (double *p = a; p != a + n; ++p) // expect: independent & suggest parallel for
        *p = sqrt(*p);
}

void up_to_an_end(double *a, const double *b, int n)
{
    double *p, *end = a + n;
    for (p = a; p < end; p++) // expect: independent & suggest parallel for
        *p = sin(*p) + b[p - a];
}

void by_addresses(double *a, int n)
{
    for (double *p = &a[0]; p < &a[n]; p++) // expect: independent & suggest parallel for
        *p = sin(*p);
}

void downwards(double *a, int n)
{
    for (double *p = a + n - 1; p >= a; p--) // expect: independent & suggest parallel for
        p[0] = sin(p[0]);
}

void members(struct particle *all, int n)
{
    for (struct particle *p = all; p < all + n; ++p) // expect: independent & suggest parallel for
        p->x += sin(p->v);
}

void field(struct grid *g)
{
    for (double *p = g->cells; p < g->cells + g->n; p++) // expect: independent & suggest parallel for
        *p = sin(*p);
}

void one_pointer_for_two_arrays(double *restrict a, double *restrict b, int n)
{
    double *p;
    for (p = a; p < a + n; p++) // expect: independent & suggest parallel for
        *p = sin(*p);
    for (p = b; p < b + n; p++) // expect: independent & suggest parallel for
        *p = sin(a[p - b]);
}

void the_element_before(double *a, int n)
{
    for (double *p = a + 1; p < a + n; p++) // expect: dependent: *p, written here, is read as p[-1]
        *p = sin(p[-1]);
}

void a_fixed_element(double *a, int n)
{
    for (double *p = a; p < a + n; p++) // expect: dependent: is read as a[3]
        *p = sin(a[3]);
}

void rows(double **a, int n, int m)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (double *p = a[i]; p < a[i] + m; p++) // expect: independent
            *p = sin(*p);
}

void through_all_rows(void)
{
    double a[10][20];
    for (double *p = a[0]; p < a[0] + 200; p++) // expect: unknown: *p leaves its row
        *p = sin(a[1][3]);
}

void rows_of_pointers_that_change(double **a, double *b, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: a and row name the same storage in different ways
        double *row = a[i];
        a[i] = b;
        row[0] = sin(row[1]);
    }
}

void a_start_that_changes(double *a, double *b, int n)
{
    double *q = a;
    for (double *p = q; p < a + n; p++) { // expect: unknown: p, set in the loop, may lead to the same memory
        *p = sin(*p);
        q = b;
    }
}

void used_behind_its_loop(double *a, double *s, int n, int m)
{
    double *p;
    for (int i = 0; i < m; i++) { // expect: dependent: every iteration writes *p
        for (p = a; p < a + n; p++) // expect: independent lastprivate(p)
            *p = sin(*p + i);
        s[i] = *p;
    }
}

void in_other_elements(float *a, int n)
{
    for (char *p = (char *)a; p < (char *)a + n; p++) // expect: unknown: p, set in the loop, may lead to the same memory
        *p = sin(*p);
}

struct part {
    double *p;
    int n;
};

void stored_in_view(double *a, double *b, int n)
{
    struct part s, whole = {a, n};
    double *two[2];
    s.p = a;
    two[0] = b;
    for (int i = 1; i < n; i++) // expect: unknown: lead to one array
        a[i] = s.p[i - 1];
    for (int i = 1; i < n; i++) // expect: unknown: lead to one array
        a[i] = whole.p[i - 1];
    for (int i = 1; i < n; i++) // expect: unknown: lead to one array
        b[i] = two[0][i - 1];
    for (int i = 1; i < n; i++) // expect: independent
        b[i] = s.p[i - 1];
}

double square[300][300];

void behind_a_row(void)
{
    double *all = &square[0][0];
    for (int i = 0; i < 20; i++) // expect: unknown: in different ways
        for (int j = 0; j < 300; j++) // expect: unknown: in different ways
            all[i * 300 + j] = square[i + 1][j];
    for (int i = 0; i < 20; i++) // expect: independent
        for (int j = 0; j < 300; j++) // expect: independent
            all[i * 300 + j] = 2 * all[i * 300 + j];
}

void rows_given_one_address(int n, double **m, double *a)
{
    double *two[2] = {a, a + 1};
    for (int i = 1; i < n; i++) // expect: unknown: elements of two are given addresses of one memory
        two[0][i] = two[1][i - 1];
    for (int i = 0; i < n; i++) // expect: independent
        m[i] = a;
    for (int i = 0; i < n; i++) // expect: unknown: elements of m are given addresses of one memory
        m[i][0] = i;
}

void rows_given_rows(int n, double **m, double **exchanged, double **block)
{
    m[2] = m[1];
    for (int i = 0; i < n; i++) // expect: unknown: elements of m are given addresses of one memory
        m[i][0] = i;
    double *first = exchanged[0];
    exchanged[0] = exchanged[1];
    exchanged[1] = first;
    for (int i = 1; i < n; i++) // expect: independent
        exchanged[0][i] = exchanged[1][i - 1];
    for (int i = 1; i < n; i++) // expect: dependent
        block[i] = block[i - 1] + n;
    for (int i = 0; i < n; i++) // expect: independent
        block[i][0] = i;
}

struct two_rows {
    double *p, *q;
};

void rows_in_structs(int n, struct two_rows *s, double *a)
{
    for (int i = 0; i < n; i++) // expect: independent
        s[i].p = s[i].q;
    for (int i = 0; i < n; i++) // expect: independent
        s[i].p[0] = i;
    s[0].q = a;
    s[1].q = a + 2;
    for (int i = 1; i < n; i++) // expect: unknown: elements of s are given addresses of one memory
        s[0].q[i] = s[1].q[i - 1];
}

void rows_of_one_array_picked_by_a_variable(int n, int k, int row, double *a)
{
    double *two[2];
    two[0] = a;
    two[1] = a + k;
    for (int i = 0; i < n; i++) // expect: unknown: elements of two are given addresses of one memory
        two[row][i] = two[1 - row][i] + 1.0;
    for (int i = 0; i < n; i++) // expect: independent
        two[1][i] = two[0][i] + 1.0;
}

void rows_of_one_array_laid_out_by_a_loop(int n, int m, int row, double *a, double **rows)
{
    for (int i = 0; i < n; i++) // expect: independent
        rows[i] = a + i * m;
    for (int j = 0; j < m; j++) // expect: independent
        rows[row][j] = rows[0][j] + 1.0;
}

typedef double line[100];
typedef double *pointer;

void recurrence_in_a_named_array(line x)
{
    for (int i = 1; i < 100; i++) // expect: dependent: x[i], written here, is read as x[i - 1]
        x[i] = 0.5 * x[i - 1] + 1.0;
}

void recurrence_behind_a_named_pointer(int n, pointer x)
{
    for (int i = 1; i < n; i++) // expect: dependent: x[i], written here, is read as x[i - 1]
        x[i] = 0.5 * x[i - 1] + 1.0;
}

void named_arrays(line x, line y)
{
    unsigned int i;
    for (i = 0; i < 100; i++) // expect: independent
        x[i] = 2.0 * y[i];
}

struct node {
    double x;
    double *base;
    double **rows;
};

void address_found_through_the_row_before(int n, double **rows)
{
    for (int i = 0; i < n; i++) // expect: dependent: rows[i + 1], written here, is read as rows[i]
        rows[i + 1] = &rows[i][3];
}

void address_of_a_part_of_the_one_before(int n, struct node **nodes)
{
    for (int i = 0; i < n; i++) // expect: dependent: nodes[i + 1], written here, is read as nodes[i]
        nodes[i + 1] = (struct node *)&nodes[i]->x;
}

void address_behind_a_field(int n, int m, struct node *nodes, struct node *grid)
{
    for (int i = 0; i < n; i++) // expect: dependent: nodes[i + 1].base, written here, is read as nodes[i].base
        nodes[i + 1].base = &nodes[i].base[m];
    for (int i = 0; i < n; i++) // expect: independent
        grid->rows[i] = &grid->base[i * m];
}

void address_in_an_array_of_arrays(double *last[8], double square[8][8])
{
    for (int i = 0; i < 8; i++) // expect: independent
        last[i] = &square[i][7];
}

static double scratch[1000];

static double *moved(double *p, int by)
{
    double *q = p + by;
    return q;
}

static double *one_of(double *p, double *q, int which)
{
    if (which)
        return p;
    return moved(q, 1);
}

static double *shared(void)
{
    return scratch;
}

static double *fresh(int n)
{
    double *made = malloc(n * sizeof(double));
    return made;
}

static int place_of(const double *p, int k)
{
    return (int)p[k];
}

void returned_twice(int n, double *p, double *q)
{
    double *a = moved(p, 0), *b = moved(p, 1), *c = one_of(p, q, 1), *d = shared(), *e = fresh(n);
    for (int i = 1; i < n; i++) // expect: unknown: a and b lead to one array
        a[i] = b[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: unknown: a and p lead to one array
        a[i] = p[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: unknown: c and q lead to one array
        c[i] = q[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: unknown: d and scratch lead to one array
        d[i] = scratch[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: independent
        e[i] = p[i - 1] * 2.0;
    double *f = q + place_of(p, 1);
    for (int i = 1; i < n; i++) // expect: independent
        f[i] = p[i - 1] * 2.0;
}

void given_in_a_row(int n, double *p)
{
    double *a, *b, *c = (n++, p);
    a = b = p;
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        a[i] = b[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: unknown: c and p lead to one array
        c[i] = p[i - 1] * 2.0;
}

void given_as_a_number(int n, double *p)
{
    unsigned long number = (unsigned long)p;
    double *a = (double *)number;
    for (int i = 1; i < n; i++) // expect: unknown: a and p lead to one array
        a[i] = p[i - 1] * 2.0;
}

void given_what_was_chosen(int n, double *x, double *y)
{
    double *p = x;
    if (n > 100)
        p = y;
    double *a = p + 1, *b = p;
    for (int i = 1; i < n; i++) // expect: unknown: a and p lead to one array
        a[i] = p[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: unknown: a and b lead to one array
        a[i] = b[i - 1] * 2.0;
}

struct rows {
    double *values;
    int *starts;
};

void members_of_what_was_chosen(int n, struct rows *x, struct rows *y)
{
    struct rows *p = x;
    if (n > 100)
        p = y;
    double *values = p->values;
    int *starts = p->starts;
    for (int i = 0; i < n; i++) // expect: independent
        values[i] = values[i] * starts[i + 1];
}

/* a pointer that has led elsewhere before: each iteration sets it first */

void row_used_again(int n, int m, double *a, const double *b)
{
    double *row = a;
    const double *from;
    for (int i = 0; i < n; i++) {     // expect: independent private(row, from) & suggest parallel for private(row, from)
        row = a + i * m;
        from = b + i * m;
        for (int j = 0; j < m; j++)   // expect: independent
            row[j] = from[j] * 2;
    }
    for (int i = 0; i < n; i++) {     // expect: independent private(row) & suggest parallel for private(row)
        row = &a[i * m];
        for (int j = 0; j < m; j++)   // expect: independent
            row[j] *= 2;
    }
}

void row_not_set_first(int n, int m, double *a, const double *b)
{
    double *row = a;
    for (int i = 1; i < n; i++) {     // expect: dependent: 1 iteration later
        row = a + i;
        row[0] = a[i - 1];
    }
    for (int i = 0; i < n; i++) {     // expect: dependent
        row[0] = i;
        row = a + i * m;
    }
    for (int i = 0; i < n; i++) {     // expect: unknown
        row = a + i;
        row[0] = b[i];
        row++;
        row[0] = 2;
    }
    for (int i = 0; i < n; i++) {     // expect: unknown
        int at = i;
        row = a + at;
        at = 0;
        row[at] = i;
    }
}
