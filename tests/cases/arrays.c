/* Subscripts: ZIV and SIV, triangular and linearised ones. */
#include <math.h>
#include <stdlib.h>
#define K 64
double grid[K][K], other[K][K], cube[K][K][K];

void same_element(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = a[i] * 2.0;
}

void one_element(int n, double *restrict a, const double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: dependent: every iteration writes a[0]
        a[0] = b[i];
}

void recurrence(int n, double *a)
{
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        a[i] = a[i - 1] + 1.0;
}

void anti_dependence(int n, double *a)
{
    for (int i = 0; i < n - 2; i++) // expect: dependent: 2 iterations earlier
        a[i] = a[i + 2];
}

void too_far(double *a)
{
    for (int i = 0; i < 50; i++) // expect: independent
        a[i] = a[i + 50] + a[i - 50];
}

void even_and_odd(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[2 * i] = a[2 * i + 1];
}

void by_two(int n, double *a)
{
    for (int i = 1; i < n; i += 2) // expect: independent
        a[i] = a[i - 1];
}

void by_two_and_back(int n, double *a)
{
    for (int i = 2; i < n; i += 2) // expect: dependent: 1 iteration later
        a[i] = a[i - 2];
}

void downwards(int n, double *a)
{
    for (int i = n - 2; i >= 0; i--) // expect: dependent: 1 iteration later
        a[i] = a[i + 1];
}

void reversed(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: dependent: in another iteration
        a[i] = a[n - i - 1];
}

void first_is_read(int n, double *a)
{
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = a[0];
}

void first_is_read_too_early(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: dependent: is read as a[3]
        a[i] = a[3];
}

void stencil(int n)
{
    int i, j;
    for (i = 1; i < n - 1; i++) // expect: independent private(j) & suggest parallel for private(j)
        for (j = 1; j < n - 1; j++) // expect: independent & silent: the loop around it
            other[i][j] = 0.25 * (grid[i - 1][j] + grid[i + 1][j] + grid[i][j - 1] + grid[i][j + 1]);
}

void gauss_seidel(int n)
{
    for (int i = 1; i < n - 1; i++) // expect: dependent: 1 iteration
        for (int j = 1; j < n - 1; j++) // expect: dependent: 1 iteration
            grid[i][j] = 0.25 * (grid[i - 1][j] + grid[i + 1][j] + grid[i][j - 1] + grid[i][j + 1]);
}

void columns(int n)
{
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        for (int j = 0; j < n; j++) // expect: independent
            grid[i][j] = grid[i - 1][j];
}

void triangular(int n)
{
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < i; j++) // expect: independent
            grid[i][j] = i * j;
}

void mirrored(int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for schedule(dynamic)
        for (int j = 0; j < i; j++) // expect: independent
            grid[i][j] = grid[j][i];
}

void linearised(int n, int m, double *restrict a, const double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < m; j++) // expect: independent & silent
            a[i * m + j] = b[j * n + i];
}

void linearised_too_wide(int n, int m, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown
        for (int j = 0; j <= m; j++) // expect: independent
            a[i * m + j] = 1.0;
}

void linearised_by_a_constant(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < K; j++) // expect: independent
            for (int k = 0; k < 3; k++) // expect: independent & silent
                a[(i * K + j) * 3 + k] = 0.0;
}

void matrix_product(int n, const double *restrict a, const double *restrict b, double *restrict c)
{
    int i, j, k;
    double sum;
    for (i = 0; i < n; i++) // expect: independent private(j, sum, k) & suggest parallel for private(j, sum, k)
        for (j = 0; j < n; j++) { // expect: independent private(sum, k)
            sum = 0.0;
            for (k = 0; k < n; k++) // expect: independent reduction(+: sum)
                sum += a[i * n + k] * b[k * n + j];
            c[i * n + j] = sum;
        }
}

void accumulated_in_place(int n, double c[K][K])
{
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < n; j++) // expect: independent
            for (int k = 0; k < n; k++) // expect: unknown: every iteration writes c[i][j]
                c[i][j] += grid[i][k] * other[k][j];
}

void through_an_index(int n, double *restrict a, const int *restrict where)
{
    for (int i = 0; i < n; i++) // expect: unknown: the index is itself read from memory
        a[where[i]] = i;
}

void gathered(int n, double *restrict a, const double *restrict b, const int *restrict where)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = b[where[i]];
}

void rows(int n, int m, double *restrict a, const double *restrict b)
{
    for (int i = 0; i < n; i++) { // expect: independent
        double *row = a + i * m;
        const double *from = &b[i * m];
        for (int j = 0; j < m; j++) // expect: independent
            row[j] = from[j];
    }
}

void walked(int n, double *restrict a, const double *restrict b)
{
    double *p = a;
    for (int i = 0; i < n; i++) // expect: dependent: p, read here, holds what an earlier iteration wrote
        *p++ = b[i];
}

void pointers_to_rows(int n, int m, double **a)
{
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < m; j++) // expect: independent
            a[i][j] = 0.0;
}

void may_overlap(int n, double *a, double *b)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = b[i + 1];
}

void copied_name(int n, double *a)
{
    double *b = a;
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        a[i] = b[i - 1];
}

void work_array(int n, double *restrict a)
{
    for (int i = 0; i < n; i++) { // expect: independent
        double w[3];
        for (int k = 0; k < 3; k++) // expect: independent
            w[k] = i * k;
        a[i] = w[0] + w[1] + w[2];
    }
}

void shared_work_array(int n, double *restrict a)
{
    double w[3];
    for (int i = 0; i < n; i++) { // expect: independent private(w) & suggest parallel for private(w)
        for (int k = 0; k < 3; k++) // expect: independent
            w[k] = i * k;
        a[i] = w[0] + w[1] + w[2];
    }
}

void rows_not_followed(int n, int u, double *a)
{
    if (u < 0)
        u = 0;
    for (int i = 1; i < n; i++) { // expect: unknown: lead to one array
        double *r = a + u;
        a[i] = r[i - 1];
    }
}

void allocated_and_followed(int n, int u)
{
    double *a = malloc(n * sizeof *a);
    if (u < 0)
        u = 0;
    double *r = a + u;
    for (int i = 1; i < n; i++) // expect: unknown: lead to one array
        a[i] = r[i - 1];
}

void two_grids(int n, int steps, double *from, double *to)
{
    double *swap;
    for (int t = 0; t < steps; t++) { // expect: dependent
        for (int i = 1; i < n; i++) // expect: independent & suggest parallel for if(n > 10000)
            to[i] = 0.5 * (from[i - 1] + from[i]);
        swap = from;
        from = to;
        to = swap;
    }
}

void parameter_changed_before(int n, int u, double *a)
{
    if (u < 0)
        u = 0;
    for (int i = 0; i < n; i++) // expect: unknown: the subscripts do not tell
        a[i] = a[i + u] * a[i];
}

static int shift;

void global_changed_afterwards(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: the subscripts do not tell
        a[i] = a[i + shift] * a[i];
    shift = 0;
}

void read_and_then_changed(int n, int *head, double *a)
{
    int k = head[0];
    head[0] = 7;
    for (int i = 0; i < n; i++) // expect: unknown: the subscripts do not tell
        a[i + k] = a[i + head[0]] * 2.0;
}

void counter_steps_by_a_variable(int n, int s, double *a)
{
    for (int i = 0; i < n; i += s) // expect: independent & suggest parallel for
        a[i] = a[i] * a[i] + i;
}

void remainders(int n, int m, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: the subscripts do not tell
        a[i % m] = a[i % m] * i;
}

void narrowed(int n, double *a)
{
    for (int i = 0; i < n; i++) { // expect: unknown: the subscripts do not tell
        unsigned char c = i;
        a[c] = i;
    }
}

typedef unsigned char byte;

void narrowed_by_another_name(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: the subscripts do not tell
        a[(byte)i] = i;
    for (int i = 0; i < n; i++) { // expect: unknown: the subscripts do not tell
        const byte c = i;
        a[c] = i;
    }
}

void pointer_into_a_row(int n, double **a)
{
    double **b = a + 1;
    for (int i = 0; i < n; i++) // expect: dependent: 1 iteration earlier
        for (int j = 0; j < n; j++) // expect: independent
            a[i][j] = b[i][j] * 2.0;
}

void transposed(int n, const double *restrict a, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: suggest parallel for
        for (int j = 0; j < n; j++) // expect: independent
            b[j * n + i] = a[i * n + j] + 1.0;
}

void transposed_into_rows_of_another_length(int n, int m, const double *restrict a, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: unknown: subscripts do not tell
        for (int j = 0; j < m; j++) // expect: independent
            b[j * m + i] = a[i * n + j] + 1.0;
}

void one_column_too_many(const double *restrict a, double *restrict b)
{
    for (int i = 0; i <= 64; i++) // expect: dependent: in another iteration
        for (int j = 0; j < 900; j++) // expect: independent
            b[j * 64 + i] = a[i] + 1.0;
}

void bound_in_memory(int *ind, const int *first, int shift)
{
    for (int i = 0; i < first[3]; i++) // expect: suggest parallel for
        ind[i] = ind[i] - shift;
}

void bound_that_is_written(int *a)
{
    for (int i = 0; i < a[0]; i++) // expect: unknown: one element
        a[i] += 2;
}

void row_by_row(int n, const int *length, double *v)
{
    for (int r = 0; r < n; r++) { // expect: dependent: every iteration
        int count = length[r];
        v[0] += 1.0;
        for (int k = 1; k < count; k++) // expect: silent: inner loop of a nest
            v[k] *= 2.0;
    }
}

void freed(int n, char **p)
{
    for (int i = 0; i < n; i++) // expect: silent: allocates
        free(p[i]);
}

typedef double real;

void cast_by_brackets(int n, float *restrict y, const double *restrict x)
{
    for (int i = 0; i < n; i++) // expect: suggest parallel for
        y[i] = (real)(x[i] + 0.5);
}

void two_sizes_of_element(int n, void *v)
{
    char *c = v;
    int *k = v;
    for (int i = 0; i < n; i++) // expect: unknown: name the same storage in different ways
        c[i] = k[i] & 3;
}

double eight_by_eight[8][8];

void out_of_its_row(int n)
{
    for (int i = 1; i < n; i++) // expect: unknown: leaves its row
        for (int j = 0; j < 8; j++) // expect: dependent
            eight_by_eight[i][j] = eight_by_eight[i][j - 1] + 1.0;
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 1; j < 8; j++) // expect: dependent
            eight_by_eight[i][j] = eight_by_eight[i][j - 1] + 1.0;
}

void as_one_row(int n, int m, double a[n][10], double b[n][m], double c[n][2 * m])
{
    for (int i = 0; i < n - 1; i++) // expect: unknown: a[0][i * 10 + j] may leave its row
        for (int j = 0; j < 10; j++) // expect: independent
            a[i + 1][j] = a[0][i * 10 + j];
    for (int i = 0; i < n - 1; i++) // expect: unknown: b[0][i * m + j] may leave its row
        for (int j = 0; j < m; j++) // expect: independent
            b[i + 1][j] = b[0][i * m + j];
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < m; j++) // expect: independent
            b[0][i * m + j] = sin(i + j);
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        for (int j = 0; j < m; j++) { // expect: independent
            c[i][2 * j] = c[i - 1][2 * j] * 2.0;
            c[i][2 * j + 1] = c[i - 1][2 * j + 1] * 2.0;
        }
    for (int i = 0; i < n / 2; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < m; j++) { // expect: independent
            c[2 * i][2 * j] = sin(c[2 * i + 1][2 * j]);
            c[2 * i][2 * j + 1] = sin(c[2 * i + 1][2 * j + 1]);
        }
}

struct holds_rows {
    double rows[8][10];
};

void as_one_row_of_a_field(int n, struct holds_rows *p)
{
    for (int i = 0; i < n; i++) // expect: unknown: p->rows[0][i * 10] may leave its row
        p->rows[i + 1][0] = p->rows[0][i * 10];
}

double *levels[3];

void through_pointers_in_an_array(int n)
{
    for (int i = 1; i < n - 1; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < n; j++) // expect: independent
            levels[0][i * n + j] = levels[1][(i - 1) * n + j] + levels[2][(i + 1) * n + j];
}

/* the outer loop runs along the rows of a grid with a border */

void along_the_rows(int width, int height, double *to, const double *from)
{
    for (int x = 1; x < width + 1; x++) // expect: independent & suggest parallel for
        for (int y = 1; y < height + 1; y++) // expect: independent
            to[y * (width + 2) + x] = sqrt(from[y * (width + 2) + x - 1]);
    for (int x = 0; x <= width + 2; x++) // expect: unknown: may be one element
        for (int y = 1; y < height + 1; y++) // expect: independent
            to[y * (width + 2) + x] = sqrt(from[y * (width + 2) + x - 1]);
}
