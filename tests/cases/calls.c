/* What a call may do. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double unknown_function(double);
void takes_address(double *);
static double twice(double x) { return 2.0 * x; }

void mathematics(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = sqrt(fabs(a[i])) + pow(a[i], 2.0) + floor(a[i]);
}

void printing(int n, const double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: the order of iterations would show
        printf("%g\n", a[i]);
}

void not_known(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: unknown_function()
        a[i] = unknown_function(a[i]);
}

void in_the_file(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = twice(a[i]);
}

void hidden_state(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: rand() keeps state between calls
        a[i] = rand();
}

void ends_the_program(int n, double *a)
{
    for (int i = 0; i < n; i++) { // expect: unknown: exit() may end the program
        if (a[i] < 0.0)
            exit(1);
        a[i] = sqrt(a[i]);
    }
}

void allocation(int n, double **rows, int m)
{
    for (int i = 0; i < n; i++) // expect: independent
        rows[i] = malloc(m * sizeof *rows[i]);
}

void whole_copy(int n, double *restrict a, const double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: unknown
        memcpy(a, b, i);
}

void through_a_function_pointer(int n, double *a, double (*f)(double))
{
    for (int i = 0; i < n; i++) // expect: unknown: f()
        a[i] = f(a[i]);
}

void length_in_the_bound(char *s)
{
    for (int i = 0; i < (int)strlen(s); i++) // expect: unknown: its bounds or its step are no values that surely stay the same
        s[i] = 'x';
}

void with_an_exponent(int n, double *a)
{
    int e;
    for (int i = 0; i < n; i++) // expect: independent private(e)
        a[i] = frexp(a[i], &e);
}

/* The main kernel: void of any device. */
void kernel_in_a_comment(int n, double *restrict a, const double *b)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = sqrt(b[i]) * 2.0;
}

void a_state_of_its_own(int n, unsigned first, double *a)
{
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        unsigned seed = first + i;
        a[i] = rand_r(&seed) / (double)RAND_MAX;
    }
}

void a_state_that_goes_on(int n, unsigned seed, double *a)
{
    for (int i = 0; i < n; i++) // expect: dependent: seed, read here, holds what an earlier iteration wrote
        a[i] = rand_r(&seed) / (double)RAND_MAX;
}

void a_state_in_an_array(int n, double *a)
{
    unsigned short state[3] = {1, 2, 3};
    for (int i = 0; i < n; i++) // expect: unknown: state
        a[i] = erand48(state);
}

void up_to_what_is_computed(double x, const double *a, double *b)
{
    for (int i = 0; i < (int)sqrt(x); i++) // expect: independent & suggest parallel for
        b[i] = exp(a[i]);
}

void up_to_what_changes(double x, const double *a, double *b)
{
    for (int i = 0; i < (int)sqrt(x); i++) { // expect: unknown: its bounds or its step
        x = a[i];
        b[i] = exp(a[i]);
    }
}

void up_to_a_floating_number(double x, const double *a, double *b)
{
    for (int i = 0; i < sqrt(x); i++) // expect: independent & silent: its bounds are floating-point numbers
        b[i] = exp(a[i]);
}

void a_variable_of_that_name(int n, double *a, double (*sin)(double))
{
    for (int i = 0; i < n; i++) // expect: unknown: sin()
        a[i] = sin(i);
}

/* functions of one return: what they compute is looked at in the place of the call */

static inline int at(int row, int column, int width) { return row * width + column; }
static int larger(int a, int b) { return a > b ? a : b; }
static int halved(double x) { return x / 2; }
static short cut(int i) { return i * 2; }
static int moved_by = 1;
static int moved(int i) { return i * moved_by; }

void at_an_index_from_a_function(int n, int m, double *to, const double *from)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < m; j++) // expect: independent
            to[at(i, j, m)] = from[at(i, j, m)] * 2;
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        to[at(i, 0, 2)] = to[at(i, 0, 2) - 2] + 1;
    for (int i = 0; i < n; i++) // expect: dependent: every iteration writes
        to[at(i, i, -1)] = exp(from[i]);
}

int the_largest(int n, const int *a)
{
    int most = 0;
    for (int i = 0; i < n; i++) // expect: independent reduction(max: most) & suggest parallel for reduction(max:most)
        most = larger(most, a[i] * a[i]);
    return most;
}

void at_an_index_that_is_cut(int n, double *a, const double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown: a[halved(i)] of two iterations may be one element
        a[halved(i)] = exp(b[i]);
    for (int i = 0; i < n; i++) // expect: unknown: a[cut(i)] of two iterations may be one element
        a[cut(i)] = exp(b[i]);
    for (int i = 0; i < n; i++) // expect: unknown: a[moved(i)] of two iterations may be one element
        a[moved(i)] = exp(b[i]);
}
