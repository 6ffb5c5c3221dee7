// Unsigned arithmetic of 32 bits, and conversions to 32 bits, may give one index twice.
#include <stddef.h>
#include <stdint.h>
#define ROW 512u

void comes_back_to_the_start(double *a)
{
    for (unsigned i = 0; i <= 65536; i++) // expect: unknown: the subscripts do not tell
        a[i * 65536u] = 0.5 * a[i * 65536u] + i;
}

void stays_below(double *a)
{
    for (unsigned i = 0; i < 65536; i++) // expect: independent
        for (unsigned j = 0; j < 65536; j++) // expect: independent
            a[i * 65536u + j] = 0.5 * i * j;
}

void one_row_too_many(double *a)
{
    for (unsigned i = 0; i <= 65536; i++) // expect: unknown
        for (unsigned j = 0; j < 65536; j++) // expect: independent
            a[i * 65536u + j] = 0.5 * i * j;
}

void by_a_name_for_it(double *a)
{
    for (uint32_t i = 0; i < 70000; i++) { // expect: unknown
        uint32_t at = i * 0x10000;
        a[at] = 0.5 * a[at] + i;
    }
}

void cut_by_a_conversion(double *a, double *b)
{
    for (long i = 0; i < 70000; i++) // expect: unknown
        a[(unsigned)(i * 65536)] = 0.5 * i;
    for (size_t i = 0; i < 70000; i++) { // expect: unknown
        int at = i * 65536;
        b[at] = 0.5 * i;
    }
    for (long i = 0; i < 70000; i++) // expect: independent
        a[i * 65536] = 0.5 * i * a[i * 65536];
}

static void set(double *a, unsigned at, double value)
{
    a[at] = value;
}

static void set_row(double *a, unsigned row, double value)
{
    a[row * 65536] = value;
}

void cut_by_a_call(double *a)
{
    for (long i = 0; i < 70000; i++) // expect: unknown
        set(a, i * 65536, 0.5 * i);
    for (int i = 0; i < 70000; i++) // expect: unknown
        set_row(a, i, 0.5 * i);
    for (int i = 0; i < 60000; i++) // expect: independent & suggest parallel for
        set_row(a, i, 0.5 * i);
}

void counted_backwards(double *a)
{
    for (unsigned i = 1; i < 100; i++) // expect: dependent: 1 iteration earlier
        a[i + 4294967295u] = 0.5 * a[i];
    const size_t before = -1;
    for (size_t i = 1; i < 100; i++) // expect: dependent: 1 iteration earlier
        a[i + before] = 0.5 * a[i];
}

void up_to_the_largest(double *a)
{
    for (unsigned i = 0; i < -1u; i++) // expect: unknown: a[i % 4], written here
        a[i % 4] += i;
    for (unsigned i = 0; i < (unsigned)-1; i++) // expect: unknown: a[i % 4], written here
        a[i % 4] += i;
}

void rows_and_columns(unsigned n, unsigned short m, double *a, double *b, double *c)
{
    for (unsigned i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (unsigned j = 0; j < n; j++) // expect: independent
            a[i * n + j] = 0.5 * a[i * n + j] + i;
    for (unsigned i = 0; i < m; i++) // expect: independent & suggest parallel for
        for (unsigned j = 0; j < m; j++) // expect: independent
            b[i * m + j] = 0.5 * b[i * m + j] + i;
    for (unsigned i = 0; i < ROW; i++) // expect: independent & suggest parallel for
        for (unsigned j = 0; j < ROW; j++) // expect: independent
            c[i * ROW + j] = 0.5 * c[i * ROW + j] + i;
}

void down_past_zero(double *a)
{
    for (unsigned i = 1000; i != -1u; i--) // expect: unknown: a[i % 4], written here
        a[i % 4] += i;
    for (unsigned i = 1000; i != (unsigned)-1; --i) // expect: dependent: 1 iteration
        a[i] = 0.5 * a[i + 1];
    for (size_t i = 1000; i != (size_t)-1; i--) // expect: dependent: 1 iteration
        a[i] = 0.5 * a[i + 1];
}
