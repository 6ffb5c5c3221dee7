// Pointers whose addresses are told to others: what others give out afterwards may be the same.
#include <stdlib.h>

void other(double **out, double *p), many(double **x, double **y, int n);
static void same(double **out, double *p) { *out = p; }
static void near(double **out, double *p) { *out = p + 1; }

void given_beside(int n, double *p, double *restrict q)
{
    double *a, *b, *c, t[100];
    same(&a, p + 1);
    for (int i = 1; i < n; i++) // expect: unknown: a and p lead to one array
        a[i] = p[i - 1] * 2.0;
    near(&b, q);
    for (int i = 1; i < n; i++) // expect: unknown: b and q lead to one array
        b[i] = q[i - 1] * 2.0;
    same(&c, t);
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
    same(&a, b);
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

void given_out_of_view(int n, const char *name)
{
    double *a, *b = malloc(n * sizeof *b);
    other(&a, b);
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = b[i - 1] * 2.0;
    many(&a, &b, n);
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = b[i - 1] * name[0];
    posix_memalign((void **)&a, 64, n * sizeof *a);
    posix_memalign((void **)&b, 64, n * sizeof *b);
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = b[i - 1] * 2.0;
}

struct pair { double *u, *v; };
struct number { double u; };

void a_field_given_what_another_holds(int n, struct pair *g, struct pair h)
{
    g->u = g->v;
    for (int i = 1; i < n; i++) // expect: unknown: g->u and g->v are given addresses of one memory
        g->u[i] = g->v[i - 1] * 2.0;
    h.v = malloc(n * sizeof *h.v);
    h.u = h.v + 1;
    for (int i = 1; i < n; i++) // expect: unknown: h.u and h.v are given addresses of one memory
        h.u[i] = h.v[i - 1] * 2.0;
}

void fields_that_change_places(int n, struct pair *g)
{
    for (int t = 0; t < n; t++) { // expect: dependent
        for (int i = 1; i < n; i++) // expect: independent
            g->u[i] = g->v[i - 1] * 2.0;
        double *last = g->u;
        g->u = g->v;
        g->v = last;
    }
}

void one_address_for_all(int n, struct pair *rows, double *one)
{
    for (int i = 0; i < n; i++) // expect: independent
        rows[i].u = one;
    for (int i = 0; i < n; i++) // expect: unknown: elements of rows are given addresses of one memory
        rows[i].u[0] = i * 3.0 + rows[i].u[0];
}

double field[100], *inside = field + 1;
struct pair halves = {field, field + 50};

void given_where_they_are_declared(int n)
{
    for (int i = 1; i < n; i++) // expect: unknown: inside and field lead to one array
        inside[i] = field[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: unknown: halves.u and halves.v are given addresses of one memory
        halves.u[i] = halves.v[i - 1] * 2.0;
}

static void shifted(int n, double *to, double *from)
{
    for (int i = 1; i < n; i++) // expect: unknown: to and from lead to one array where line
        to[i] = from[i - 1] * 2.0;
}

static void doubled(int n, double *to, const double *from)
{
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        to[i] = from[i] * 2.0;
}

static void moved(int n, double *to, const double *from)
{
    for (int i = 1; i < n; i++) // expect: unknown: to and from lead to one array where line
        to[i] = from[i] * 2.0;
}

static void halved(int n, double *to, const double *from)
{
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        to[i] = from[i - 1] * 0.5;
}

void called_with_one(int n, double *x, double *y)
{
    shifted(n, x, y);
    shifted(n, y, y);
    doubled(n, y, y);
    moved(n, y, y + 1);
    halved(n, x, y);
    halved(n, x, x + n);
}

struct ring {
    double *v;
    struct ring *next;
};

void rows_of_another_table(int n, double **a, double **b, double **c)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = b[i];
    for (int i = 1; i < n; i++) // expect: unknown: pointers in a and b are given addresses of one memory
        a[i][0] = b[i - 1][0] * 2.0;
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        a[i][0] = c[i - 1][0] * 2.0;
}

void linked_to_itself(int n, struct ring *r)
{
    r->next = r;
    for (int i = 1; i < n; i++) // expect: unknown: elements are given addresses of others
        r->v[i] = r->next->v[i - 1] * 2.0;
}

static void fill(struct pair *to, double *p) { to->u = p; }

void copied_structs(int n, struct pair *g, struct pair *h, struct ring *r, struct ring *s, double *p)
{
    *g = *h;
    for (int i = 1; i < n; i++) // expect: unknown: pointers in g->u and h->u are given addresses of one memory
        g->u[i] = h->u[i - 1] * 2.0;
    *r->next = *s;
    for (int i = 1; i < n; i++) // expect: unknown: pointers in r->next->v and s->v are given addresses of one memory
        r->next->v[i] = s->v[i - 1] * 2.0;
    struct pair own;
    fill(&own, p);
    for (int i = 1; i < n; i++) // expect: unknown: p and own.u lead to one array
        p[i] = own.u[i - 1] * 2.0;
}

void aligned(int n, double *a)
{
    double *b = (double *)((unsigned long)a & ~63ul);
    for (int i = 1; i < n; i++) // expect: unknown: b and a lead to one array
        b[i] = a[i - 1] * 2.0;
}

void rows_one_element_apart(int n, double **a, double *c, struct pair *p)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = c + i;
    for (int i = 1; i < n; i++) // expect: unknown: elements of a are given addresses of one memory
        a[i][0] = 0.5 * a[i - 1][1] + 1;
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        *a[i] = 0.5 * *a[i] + 1;
    for (int i = 0; i < n; i++) // expect: independent
        p[i].u = &c[i];
    for (int i = 0; i < n; i++) // expect: unknown: elements of p are given addresses of one memory
        for (int j = 0; j < n; j++) // expect: independent
            p[i].u[j] += i;
}

void halves_of_one_block(int n, struct pair *g)
{
    g->v = g->u + n;
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        g->u[i] = g->v[i - 1] * 2.0;
}
