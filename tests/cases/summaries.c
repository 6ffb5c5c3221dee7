/* Functions of the same file are read: what they touch counts where they are called. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int calls;
static double table[64];
static double *shared;

static double square(double x) { return x * x; }

static double norm(const double *v, int n)
{
    double s = 0.0;
    for (int k = 0; k < n; k++) // expect: independent reduction(+: s)
        s += square(v[k]);
    return sqrt(s);
}

static void set(double *a, int i, double x) { a[i] = x; }
static void add_next(double *a, int i) { a[i] += a[i + 1]; }
static void clear(double *v) { v[0] = v[1] = 0.0; }
static void count(double x) { calls += x > 0.0; }
static double look_up(int k) { return table[k & 63]; }
static void remember(int k, double x) { table[k] = x; }
static void show(double x) { printf("%g\n", x); }
static void deep(double x) { show(x); }
static void exchange(double *a, double *b) { double t = *a; *a = *b; *b = t; }
static double fresh(int n)
{
    double *w = malloc(n * sizeof *w);
    w[0] = n;
    double r = w[0];
    free(w);
    return r;
}
static int counter(void)
{
    static int n;
    return ++n;
}
static void through_a_global(double x) { *shared = x; }
static int even(int n);
static int odd(int n) { return n == 0 ? 0 : even(n - 1); }
static int even(int n) { return n == 0 ? 1 : odd(n - 1); }

void pure(int n, int m, double *restrict a, const double *b)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = square(b[i]) + look_up(i) + norm(b, m);
}

void written_by_index(int n, double *a, const double *b)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        set(a, i, sqrt(b[i]));
}

void reads_the_next(int n, double *a)
{
    for (int i = 0; i + 1 < n; i++) // expect: unknown
        add_next(a, i);
    for (int i = 0; i < n; i++) // expect: unknown: 1 iteration earlier
        add_next(a, i);
}

void first_elements(int n, double *a, double (*pair)[2])
{
    for (int i = 0; i < n; i++) // expect: independent
        clear(pair[i]);
    for (int i = 0; i < n; i++) // expect: unknown
        clear(a);
}

void at_different_places(int n, double *a, double *b)
{
    for (int i = 0; i < n; i++) // expect: independent
        exchange(&a[i], &b[i]);
    for (int i = 0; i < n - 1; i++) // expect: unknown
        exchange(&a[i], &a[i + 1]);
}

void a_global_counter(int n, const double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown: calls
        count(b[i]);
}

void a_global_table(int n, double *a)
{
    for (int i = 0; i < n; i++) { // expect: unknown: remember(i, a[i]) and look_up(i)
        remember(i, a[i]);
        a[i] = look_up(i);
    }
}

void output_two_calls_down(int n, const double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown: printf() (called by show()) reads or writes a stream
        deep(b[i]);
}

void memory_of_its_own(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = fresh(i + 1);
}

void a_static_variable(int n, int *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: n (called by counter()) keeps state
        a[i] = counter();
}

void a_pointer_of_its_own(int n, const double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown
        through_a_global(b[i]);
}

void recursive(int n, int *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: it is not known what
        a[i] = even(i);
}

static double doubled(double x)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wincompatible-pointer-types"
    return 2.0 * x;
#pragma GCC diagnostic pop
}

void other_pragmas_in_a_function(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = doubled(sin(a[i]));
}

static double doubled_by_a_team(double x)
{
#pragma omp parallel
    x *= 1.0;
    return 2.0 * x;
}

void a_directive_in_a_function(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: an OpenMP directive
        a[i] = doubled_by_a_team(sin(a[i]));
}

static int latest, at;
static int around(int x) { return latest + x; }
static int where(void) { return at; }

void a_global_that_a_function_reads_by_its_name(int n, int *a)
{
    for (int i = 0; i < n; i++) { // expect: unknown: latest is written here, and used by its own name in a function
        latest = 2 * i;
        a[i] = around(i);
    }
    latest = 0;
}

void a_counter_that_a_function_reads_by_its_name(int n, int *a)
{
    for (at = 0; at < n; at++) // expect: unknown: at is written here, and used by its own name in a function
        a[at] = where();
}

static void set_first_byte(char *p, int x) { p[0] = (char)x; }

void the_address_of_a_number_as_that_of_another(int n, int *a)
{
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        int x = 0;
        set_first_byte((char *)&x, i);
        a[i] = x;
    }
}

static void put(double *a, unsigned char i, double v)
{
    a[i] = v;
}

static void put_there(double *a, int i, double v)
{
    const short k = i;
    a[k] = v;
}

void cut_in_a_function(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown
        put(a, i, sqrt(i));
    for (int i = 0; i < n; i++) // expect: unknown
        put_there(a, i, sqrt(i));
}
