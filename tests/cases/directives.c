/* Which directive, which clauses: collapse, schedule, and loops that are too short for threads. */
#include <math.h>
#include <stdlib.h>
#define NCOMP 4
double field[3][400000], cells[20][30][40];

/* collapse: few outer iterations, a perfect rectangular nest, every loop of it independent */

void short_outer(int n, double (*a)[n])
{
    for (int c = 0; c < 3; c++)     // expect: independent & suggest parallel for collapse(2)
        for (int i = 0; i < n; i++) // expect: independent & silent: the one to make parallel
            a[c][i] = 0.5 * a[c][i] + i;
}

void counters_declared_before(int n)
{
    int c, i;
    double t;
    for (c = 0; c < 3; c++) {     // expect: independent private(i, t) & suggest parallel for private(t) collapse(2)
        for (i = 0; i < n; i++) { // expect: independent private(t)
            t = field[c][i];
            field[c][i] = t * t + c;
        }
    }
}

void enough_with_two_of_three(void)
{
    for (int i = 0; i < 20; i++)         // expect: independent & suggest parallel for collapse(2)
        for (int j = 0; j < 30; j++)     // expect: independent
            for (int k = 0; k < 40; k++) // expect: independent
                cells[i][j][k] = exp(cells[i][j][k]);
}

void long_outer(int n, int m, double (*a)[m])
{
    for (int i = 0; i < n; i++)     // expect: independent & suggest parallel for
        for (int j = 0; j < m; j++) // expect: independent
            a[i][j] = 0.5 * a[i][j] + i;
}

double reduced(int n, double (*a)[n])
{
    double s = 0.0;
    for (int c = 0; c < 4; c++)     // expect: independent reduction(+: s) & suggest parallel for reduction(+:s) collapse(2)
        for (int i = 0; i < n; i++) // expect: independent reduction(+: s)
            s += a[c][i] * a[c][i];
    return s;
}

void inner_recurrence(int n, double (*a)[n])
{
    for (int c = 0; c < 16; c++)    // expect: independent & suggest parallel for
        for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
            a[c][i] = a[c][i - 1] * 0.5 + c;
}

void inner_bound_moves(int n, double (*a)[n])
{
    for (int c = 0; c < 16; c++)        // expect: independent & suggest parallel for schedule(dynamic)
        for (int i = 0; i < n - c; i++) // expect: independent
            a[c][i] = a[c][i] * 0.5 + c;
}

void imperfect(int n, double (*a)[n], double *b)
{
    for (int c = 0; c < 16; c++) { // expect: independent & suggest parallel for
        b[c] = 0.0;
        for (int i = 0; i < n; i++) // expect: independent & silent: the one to make parallel
            a[c][i] = a[c][i] * 0.5 + c;
    }
}

struct grid {
    int rows;
};

void bound_behind_a_pointer(int n, double (*a)[n], const struct grid *g)
{
    for (int c = 0; c < 16; c++)              // expect: independent & suggest parallel for
        for (int i = 0; i < g->rows; i++)     // expect: independent & silent: the one to make parallel
            a[c][i] = a[c][i] * 0.5 + c;
}

int counter_is_read_afterwards(int n, double (*a)[n])
{
    int c, i = 0;
    for (c = 0; c < 16; c++)    // expect: independent lastprivate(i) & suggest parallel for lastprivate(i)
        for (i = 0; i < n; i++) // expect: independent lastprivate(i)
            a[c][i] = a[c][i] * 0.5 + c;
    return i;
}

/* the loop around does not repeat often: the inner one may start threads each time */

void few_sweeps(int n, double (*a)[n])
{
    for (int c = 0; c < 3; c++) { // expect: independent & silent: it runs 3 times only
        a[c][0] = 0.0;
        for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
            a[c][i] = exp(a[c][i]);
    }
}

/* if: a team for each iteration of the loop around, and the text does not say whether it has enough to do */

void sweeps(int n, int steps, double *from, double *to)
{
    for (int t = 0; t < steps; t++) {           // expect: dependent & silent
        for (int i = 1; i <= n - 2; i++)        // expect: independent & suggest parallel for if(n > 10000)
            to[i] = 0.5 * (from[i - 1] + from[i]);
        for (int i = n - 1; i >= 1; i--)        // expect: independent & suggest parallel for if(n > 1000)
            from[i] = exp(to[i]) * to[i - 1];
    }
}

void until_it_settles(const int *row, double *u, double *v, double eps)
{
    double change = 1;
    while (change > eps) {                                // expect: unknown
        for (int i = row[0]; i < row[1] + row[2]; i++)    // expect: independent & suggest parallel for if(row[1] + row[2] - row[0] > 10000)
            v[i] = 0.5 * (u[i - 1] + u[i + 1]);
        change = fabs(v[1] - u[1]);
    }
}

void strides(int n, int block, int steps, double *from, double *to)
{
    for (int t = 0; t < steps; t++) {                     // expect: dependent & silent
        for (int i = 1; i < n; i += 2)                    // expect: independent & suggest parallel for
            to[i] = 0.5 * (from[i - 1] + from[i]);
        for (int i = block * t; i < n / 2 - block * 2; i++) // expect: independent & suggest simd
            from[i] = to[i] * 1.5 + 2 * to[i];
    }
}

void between(int low, int high, int steps, double *from, double *to)
{
    for (int t = 0; t < steps; t++) {          // expect: dependent & silent
        for (int i = low + 1; i < high; i++)   // expect: independent & suggest parallel for if(high - low > 10000)
            to[i] = 0.5 * (from[i - 1] + from[i]);
        for (int i = low; i < high; i++)       // expect: independent & suggest parallel for if(high - low > 10000)
            from[i] = to[i] * 1.5 + 2 * to[i];
    }
}

void few_components(int n, int steps, double (*a)[3], double (*b)[3])
{
    for (int t = 0; t < steps; t++) {         // expect: dependent & silent
        for (int i = 1; i < n; i++)           // expect: independent & suggest parallel for if(n > 1000)
            for (int d = 0; d < 3; d++)       // expect: independent & silent
                b[i][d] = 0.5 * (a[i - 1][d] + a[i][d]);
        for (int i = 0; i < n; i++)           // expect: independent & suggest parallel for if(n > 10000)
            a[i][0] = b[i][0] + b[i][1];
    }
}

/* no if: long or short for certain, worth a team anyway, of unknown cost, or reached once */

void long_enough(int steps, double *from, double *to)
{
    for (int t = 0; t < steps; t++) {        // expect: dependent & silent
        for (int i = 1; i < 100000; i++)     // expect: independent & suggest parallel for
            to[i] = 0.5 * (from[i - 1] + from[i]);
        for (int i = 1; i < 100000; i++)     // expect: independent & suggest parallel for
            from[i] = to[i] * 1.5 + 2 * to[i];
    }
}

void planes(int n, int m, int steps, double (*a)[m], double (*b)[m])
{
    for (int t = 0; t < steps; t++) {       // expect: dependent & silent
        for (int i = 1; i < n; i++)         // expect: independent & suggest parallel for
            for (int j = 1; j < m; j++)     // expect: independent
                b[i][j] = 0.5 * (a[i - 1][j] + a[i][j]);
        for (int i = 1; i < n; i++)         // expect: independent & suggest parallel for
            for (int j = 1; j < m; j++)     // expect: independent
                a[i][j] = b[i][j] * 0.5 + b[i - 1][j];
    }
}

static double of_unknown_cost(int n)
{
    double x = 0;
    for (int i = 0; i < n; i++) // expect: independent reduction(+: x) & suggest parallel for reduction(+:x)
        x += sqrt(i);
    return x;
}

void called(int n, int steps, double *from, double *to)
{
    for (int t = 0; t < steps; t++)     // expect: dependent & silent
        for (int i = 1; i < n; i++) {   // expect: independent & suggest parallel for
            to[i] = 0.5 * (from[i - 1] + of_unknown_cost(i));
        }
}

static double dot(int n, const double *a, const double *b)
{
    double x = 0;
    for (int k = 0; k < n; k++) // expect: independent reduction(+: x) & suggest parallel for reduction(+:x)
        x += a[k] * b[k];
    return x;
}

void rows_of_a_triangle(int n, double (*a)[n], const double *b)
{
    double s = 0;
    for (int i = 0; i < n; i++) {       // expect: dependent & silent
        s = 0.5 * s + b[i];
        a[i][i] = s;
        for (int j = i + 1; j < n; j++) // expect: independent & suggest parallel for
            a[j][i] = b[j] - dot(i, b, b);
    }
}

void in_a_loop_that_is_none(int n, const double *from, double *to)
{
    do { // expect: unknown
        for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
            to[i] = 0.5 * (from[i - 1] + from[i]);
    } while (0);
}

void reached_once(int n, const double *from, double *to)
{
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        to[i] = 0.5 * (from[i - 1] + from[i]);
}

/* schedule: iterations that do not cost the same */

void triangle(int n, double (*a)[n])
{
    for (int i = 0; i < n; i++)     // expect: independent & suggest parallel for schedule(dynamic)
        for (int j = 0; j < i; j++) // expect: independent
            a[i][j] = a[i][j] * 0.5 + j;
}

void band(int n, double (*a)[n])
{
    for (int i = 1; i < n - 1; i++)           // expect: independent & suggest parallel for
        for (int j = i - 1; j <= i + 1; j++)  // expect: independent & silent
            a[i][j] = a[i][j] * 0.5 + j;
}

void until_the_data_say_so(int n, const double *a, int *steps)
{
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for schedule(guided)
        double x = a[i];
        int k = 0;
        while (x > 1.0) { // expect: unknown
            x = 0.5 * x;
            k++;
        }
        steps[i] = k;
    }
}

/* nothing in memory is touched: a compiler finds the formula */

long cheap(int n)
{
    long s = 0;
    for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & silent: too little work
        s += i;
    return s;
}

/* a handful of iterations, whatever the bound's value is */

void dimensions(int ndim, const double *origin, double *x)
{
    for (int d = 0; d < ndim; d++) // expect: independent & silent: it runs a few times only, as ndim says
        x[d] = 0.5 * x[d] + origin[d];
}

void components(int dim, double *x, double scale)
{
    for (int d = 0; d < dim; d++)       // expect: independent & silent: too little work
        for (int e = 0; e < NCOMP; e++) // expect: independent & silent: it runs 4 times only
            x[d * NCOMP + e] *= scale;
}

void matrix(int dim, double *x, double scale)
{
    for (int i = 0; i < dim; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < dim; j++) // expect: independent
            x[i * dim + j] *= scale;
}

void other_names_of_few(int nbr_dim, int numChannels, int num_recvs, double *x)
{
    for (int i = 0; i < nbr_dim; i++) // expect: independent & silent: as nbr_dim says
        x[i] = 0.5 * x[i] + i;
    for (int i = 0; i < numChannels; i++) // expect: independent & silent: as numChannels says
        x[i] = 0.5 * x[i] + i;
    for (int i = 0; i < num_recvs; i++) // expect: independent & silent: too little work
        x[i] = 0.5 * x[i] + i;
}

void names_that_only_look_like_it(int number, int nodes, int ncompare, double *x)
{
    for (int i = 0; i < number; i++) // expect: independent & suggest parallel for
        x[i] = 0.5 * x[i] + i;
    for (int i = 0; i < nodes; i++) // expect: independent & suggest parallel for
        x[i] = 0.5 * x[i] + i;
    for (int i = 0; i < ncompare; i++) // expect: independent & suggest parallel for
        x[i] = 0.5 * x[i] + i;
}

double small_array(int n, const double *w)
{
    double v[4], s = 0.0;
    for (int i = 0; i < n; i++) // expect: independent & silent: it runs 4 times at most, the size of v
        v[i] = 0.5 * w[i] + i;
    for (int i = 0; i < n; i++) // expect: independent reduction(+: s) & silent: it runs 4 times at most
        s += v[i] * w[i];
    return s;
}

void a_bound_that_is_small(int n, double *a)
{
    int few = n < 8 ? n : 7;
    int many = n > 8 ? n : 8;
    int least = n < 4 ? n : 4;
    for (int i = 0; i < (n < 5 ? n : 5); i++) // expect: independent & silent: it runs 5 times at most
        a[i] = sin(a[i]);
    for (int i = 0; i < least; i++) // expect: independent & silent: it runs 4 times at most
        a[i] = sin(a[i]);
    for (int i = 0; i < few; i++) // expect: independent & suggest parallel for
        a[i] = sin(a[i]);
    for (int i = 0; i < many; i++) // expect: independent & suggest parallel for
        a[i] = sin(a[i]);
}

/* what is tested on the way to the loop */

#define SMALL 6

void a_bound_that_is_tested(int n, int m, double *a)
{
    if (n < 8)
        for (int i = 0; i < n; i++) // expect: independent & silent: it runs 7 times at most
            a[i] = sin(a[i]);
    else
        for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
            a[i] = sin(a[i]);
    if (a && SMALL >= m) {
        for (int i = 0; i <= m; i++) // expect: independent & silent: it runs 7 times at most
            a[i] = sin(a[i]);
        for (int i = m - 1; i >= 0; i--) // expect: independent & silent: it runs 6 times at most
            a[i] = sin(a[i]);
        for (int i = 0; i < 1000; i++) // expect: independent & suggest parallel for
            for (int j = 0; j < m; j++) // expect: independent
                a[1000 * j + i] = sin(a[1000 * j + i]);
        m *= 100;
        for (int i = 0; i < m; i++) // expect: independent & suggest parallel for
            a[i] = sin(a[i]);
    }
}

void a_bound_that_a_switch_knows(int n, double *a)
{
    switch (n) {
    case 2:
    case 4:
        for (int i = 0; i < n; i++) // expect: independent & silent: it runs 4 times at most
            a[i] = sin(a[i]);
        break;
    default:
        for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
            a[i] = sin(a[i]);
    }
}

void a_bound_that_leads_away(int n, double *a)
{
    if (n > 5)
        return;
    for (int i = 0; i < n; i++) // expect: independent & silent: it runs 5 times at most
        a[i] = sin(a[i]);
}

void short_by_name(int n, int order, int max_depth, int orders, double *a, const double *b)
{
    for (int t = 0; t < n; t++) { // expect: dependent: every iteration writes a[i]
        for (int i = 0; i < order; i++) // expect: independent & silent: runs a few times only, as order says
            a[i] = exp(b[i]);
        for (int i = 0; i < max_depth; i++) // expect: independent & silent: too little work
            a[i] = exp(b[i]);
        for (int i = 0; i < orders; i++) // expect: independent & suggest parallel for if(orders > 1000)
            a[i] = exp(b[i]);
    }
    for (int i = 0; i < order; i++) // expect: independent & suggest parallel for
        a[i] = exp(b[i]);
}

enum field { DENSITY, MOMENTUM, ENERGY, FIELDS };

void counted_by_an_enumerator(double *a, const double *b)
{
    for (int i = 0; i < FIELDS; i++) // expect: independent & silent: it runs 3 times only
        a[i] = 0.5 * b[i];
    for (int i = DENSITY; i <= ENERGY; i++) // expect: independent & silent: it runs 3 times only
        a[i] = 0.5 * b[i];
}

struct species {
    int ntypes, numproc, nneigh;
    double *mass;
    void **buffers;
};

void few_by_their_names(struct species *s, const int *nprocs, int simd_width, int width, double *a, const double *b)
{
    for (int i = 0; i < s->ntypes * s->ntypes; i++) // expect: independent & silent: too little work
        a[i] = 0.5 * b[i];
    for (int i = 0; i < s->numproc; i++) // expect: independent & silent: too little work
        a[i] = 0.5 * b[i];
    for (int i = 0; i < nprocs[0]; i++) // expect: independent & silent: too little work
        a[i] = 0.5 * b[i];
    for (int i = nprocs[1] - 1; i > 0; i--) // expect: independent & silent: too little work
        a[i] = 0.5 * b[i];
    for (int i = 0; i < simd_width; i++) // expect: independent & silent: too little work
        a[i] = 0.5 * b[i];
    for (int i = 0; i < width; i++) // expect: independent & suggest parallel for
        a[i] = 0.5 * b[i];
    for (int i = 0; i < s->nneigh; i++) // expect: independent & silent: it only copies, fills or allocates memory
        if (s->buffers[i])
            free(s->buffers[i]);
}

unsigned bits(int n, int width, const double *a)
{
    unsigned mask = 0;
    for (int i = 0; i < width; i++) // expect: independent reduction(|: mask) & silent: too little work
        if (a[i] > 0)
            mask |= 1u << i;
    for (int i = 0; i < n; i++) // expect: independent reduction(|: mask) & suggest parallel for reduction(|:mask)
        if (a[i] > 0)
            mask |= 1u << i % 32;
    return mask;
}
