// What only the whole nest tells: coupled subscripts, remainders, minima, triangles, tests of counters.
#include <stddef.h>

#define MIN(a, b) ((a) < (b) ? (a) : (b))
double a[1000], b[1000], grid[100][100];

void coupled(int n)
{
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        for (int j = 0; j < n - 1; j++) // expect: independent
            grid[i][j] = 0.5 * grid[i - 1][j + 1];
}

void antidiagonals(int n)
{
    for (int i = 0; i < n; i++) // expect: dependent: in another iteration
        for (int j = 0; j <= i; j++) // expect: independent
            a[i + j] = i - j;
}

void mirrored_triangle(int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for schedule(dynamic)
        for (int j = i + 1; j < n; j++) // expect: independent
            grid[j][i] = grid[i][j];
}

void every_other(int n)
{
    for (int i = 0; i < n; i++) // expect: independent
        if (i % 2 == 0)
            a[i] = 0.5 * a[i + 1];
}

void neighbours_take_turns(int n)
{
    for (int i = 0; i < n; i++) // expect: dependent: a[i + 2]
        if (i % 2 == 0)
            a[i] = 0.5 * a[i + 2];
}

void ring(int n)
{
    for (int i = 0; i < n; i++) // expect: dependent: a[i % 8]
        a[i % 8] = i;
}

void ring_used_once(void)
{
    for (int i = 0; i < 8; i++) // expect: independent
        a[(i + 3) % 8] = i;
}

void tiles(int n, double *restrict b, const double *restrict c)
{
    for (int ii = 0; ii < n; ii += 32) // expect: independent & suggest parallel for
        for (int i = ii; i < MIN(ii + 32, n); i++) // expect: independent
            b[i] = 2 * c[i];
}

void tiles_that_overlap(int n, double *restrict b)
{
    for (int ii = 0; ii < n; ii += 32) // expect: dependent: in another iteration
        for (int i = ii; i < (ii + 33 < n ? ii + 33 : n); i++) // expect: independent
            b[i] = 2 * b[i] + 1;
}

void a_single_iteration(int n)
{
    for (int i = 0; i < n; i++) // expect: independent
        if (i == 5)
            a[0] = 1.0;
}

void all_but_one(int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown
        if (i == 5)
            continue;
        a[0] = i;
    }
}

void one_and_all_others(int n)
{
    for (int i = 0; i < n; i++) { // expect: dependent: in another iteration
        if (i == 5)
            a[0] = 1.0;
        else
            a[0] = 2.0;
    }
}

void triples(int n, int m, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < m; j++) // expect: independent
            for (int k = 0; k < 3; k++) // expect: independent
                b[(i * m + j) * 3 + k] *= 2.0;
}

void triples_with_a_fourth(int n, int m, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: unknown
        for (int j = 0; j < m; j++) // expect: unknown
            for (int k = 0; k < 4; k++) // expect: independent
                b[(i * m + j) * 3 + k] = k;
}

void an_offset_that_is_not_known(int n, int k)
{
    for (int i = 0; i < n; i++) // expect: unknown
        a[i] = a[i + k];
}

void far_enough_apart(int n, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: independent
        b[i] = b[i + n];
}

void a_label_leads_past_the_test(int n, int mode)
{
    for (int i = 0; i < n; i++) { // expect: unknown
        switch (mode) {
        case 0:
            if (i == 5)
                break;
        case 1:
            a[0] = i;
        }
    }
}

void a_branch_of_a_switch_that_is_never_entered(int n, const int *mode)
{
    for (int i = 1; i < n; i++) { // expect: independent
        switch (mode[i]) {
        case 0:
            if (i == 0)
                b[i] = a[i - 1];
            else
                a[i] = i;
        }
    }
}

void a_branch_of_a_switch_that_is_entered(int n, const int *mode)
{
    for (int i = 1; i < n; i++) { // expect: dependent
        switch (mode[i]) {
        case 0:
            if (i % 2 == 0)
                b[i] = a[i - 1];
            else
                a[i] = i;
        }
    }
}

void a_label_of_data_leads_past_the_test(int n, const int *mode)
{
    for (int i = 0; i < n; i++) { // expect: unknown
        switch (mode[i]) {
        case 0:
            if (i == 5) {
        case 1:
                a[0] = i;
            }
        }
    }
}

void remainder_as_first_value(int m)
{
    for (int j = 0; j < 6; j++) // expect: dependent
        for (int k = j % 2; k < 2; k++) // expect: independent
            grid[k % 2][6] = 3.0;
}

void once_at_the_most(int n)
{
    for (int i = 0; i < n % 2; i++) // expect: independent
        a[i] = a[i + 1];
}

void perhaps_never_twice(int n)
{
    for (int i = 0; i < (n > 3); i++) // expect: unknown: a[i + 1]
        a[i] = a[i + 1];
}

void half_of_it(int n)
{
    for (int i = 0; i < n / 2; i++) // expect: dependent: 1 iteration earlier
        a[i] = a[i + 1];
}

void left_before_a_second_iteration(int n, const double *a)
{
    double b[64];
    for (int i = n; i >= 0; i--) { // expect: unknown: break leaves the loop before its end
        b[i % 2] = a[i];
        if (i != 3)
            break;
    }
}

void products_of_counters(int n, int s, double *restrict x)
{
    for (int i = 0; i < n; i++) // expect: unknown: x[i * j + s]
        for (int j = 1; j < n; j++) // expect: unknown: x[i * j + s]
            x[i * j + s] = 1.0;
}

void a_counter_that_is_never_0(int n, double *restrict x)
{
    for (int k = 1; k < n; k++) // expect: unknown: x[i * k]
        for (int i = 0; i < n; i++) // expect: independent
            x[i * k] = i;
}

void a_stride_that_may_be_0(int n, int s, double *restrict x)
{
    for (int i = 0; i < n; i++) // expect: independent
        x[i * s] = i;
}

void tiles_of_one_array(int n)
{
    for (int t = 0; t <= (n * 16 < 0 ? -((-n + 15) / 16) : n / 16); t++) // expect: independent
        for (int i = 16 * t; i <= (16 * t + 15 < n ? 16 * t + 15 : n); i++) // expect: independent
            a[i] = n - a[i];
    for (int t = 0; t <= n / 16; t++) // expect: dependent
        for (int i = 16 * t; i <= (16 * t + 16 < n ? 16 * t + 16 : n); i++) // expect: independent
            a[i] = n - a[i];
}

void unsigned_values_wrap_around(double *restrict a, const double *restrict b)
{
    for (unsigned i = 0; i < 1000; i++) // expect: unknown: may be one element
        a[(i - 5) % 1000] = b[i];
    for (int i = 5; i < 1000; i++) // expect: independent
        a[(i - 5) % 1000] = b[i];
    for (unsigned i = 0; i < 1000; i++) // expect: unknown
        if (i - 5 < 0)
            a[0] = b[i];
    for (unsigned i = 0; i < 1000; i++) // expect: independent
        if (i < 5)
            a[i] = b[i];
    for (unsigned i = 0; i < 1000; i++) // expect: unknown: may be one element
        a[(i * 2654435761u) >> 22] = b[i];
    for (unsigned i = 0; i < 1000; i++) // expect: unknown: may be one element
        a[i * 2654435761u % 1024] = b[i];
    for (unsigned i = 0; i < 100; i++) // expect: unknown: may be one element
        a[i * 1073741823u % 1000] = b[i];
    for (unsigned i = 0; i < 100; i++) // expect: independent
        a[i * 1000u % 1009] = b[i];
}

void factors_of_hashes(unsigned n, double *restrict a, const double *restrict b)
{
    for (unsigned i = 0; i < n; i++) // expect: unknown: may be one element
        a[(i * 100003u) / 100003u] = b[i];
    for (size_t i = 0; i < n; i++) // expect: independent
        a[(i * 100003) / 100003] = b[i];
    for (unsigned i = 0; i < n; i++) // expect: unknown: may be one element
        a[(i * 100003u) % 1000000007u] = b[i];
    for (unsigned i = 0; i < 1024; i++) // expect: independent
        a[i * 40503u % 1024] = b[i];
    for (unsigned i = 0; i < 1024; i++) // expect: dependent
        a[i * 40504u % 1024] = b[i];
    for (unsigned i = 0; i < 1024; i++) // expect: independent
        a[(i - 5) % 1024] = b[i];
    for (unsigned i = 0; i < 1025; i++) // expect: dependent
        a[(i - 5) % 1024] = b[i];
}

void an_inner_loop_that_ends_at_once(int n)
{
    for (int j = 0; j < n; j++) // expect: unknown: a[k]
        for (int k = 0; k < 6; k++) { // expect: unknown: break leaves the loop
            if (k >= 3)
                a[k] = j;
            break;
        }
}

enum axis { X_AXIS, Y_AXIS, Z_AXIS, AXES };

void as_many_as_the_type_says(int n, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: independent
        for (int k = 0; k < AXES; k++) // expect: independent
            b[3 * i + k] = k;
}

enum plane { XY_PLANE, /* of */ XZ_PLANE = 2, // the
    YZ_PLANE, PLANES };

void as_many_as_are_left_from_a_number(int n, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: dependent
        for (int k = 0; k < PLANES; k++) // expect: independent
            b[3 * i + k] = k;
}

enum face {
    LEFT_FACE, RIGHT_FACE,
#ifdef THREE_DIMENSIONS
    UPPER_FACE, LOWER_FACE,
#endif
    FACES
};

void as_many_as_a_condition_leaves(int n, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: unknown
        for (int k = 0; k < FACES; k++) // expect: independent
            b[2 * i + k] = k;
}

#ifdef FOUR_CORNERS
enum corner { NORTH, EAST, SOUTH, WEST, CORNERS };
#else
enum corner { NORTH, SOUTH, CORNERS };
#endif

void as_many_as_one_of_two_lists_says(int n, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: unknown
        for (int k = 0; k < CORNERS; k++) // expect: independent
            b[2 * i + k] = k;
}

void as_many_as_the_caller_says(int n, int axes, double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: dependent
        for (int k = 0; k < axes; k++) // expect: independent
            b[3 * i + k] = k;
}

void diagonal(int n, double *a, double alpha)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[n * i + i] += alpha;
}

void diagonal_of_another_extent(int n, int extent, double *a, const double *b)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[extent * i + i] += b[i] * b[i];
}

void perhaps_no_diagonal(int n, int extent, double *a, const double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown: the subscripts do not tell
        a[extent * i - i] += b[i] * b[i];
}

void leaves_rows_that_are_only_read(int n, double u[100][100], double v[100][100])
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < n; j++) { // expect: independent
            if (i == 0 || j == 0)
                v[i][j] = u[i][j];
            else
                v[i][j] = 0.5 * (u[i - 1][j] + u[i][j - 1]);
        }
}
