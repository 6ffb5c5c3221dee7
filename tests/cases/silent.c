// What looks like a declaration, a size or a type, and acts; and what is left out of a block.
#include <math.h>
#include <stdatomic.h>

void sizes_of_variable_arrays(double *a, int n, int c, double (*v)[n])
{
    for (int i = 0; i < n; i++) // expect: unknown: a size that may have effects
        a[i] = sin(sizeof(double[c++]));
    for (int i = 0; i < n; i++) // expect: unknown: a size that may have effects
        a[i] = sin(sizeof v[c++]);
    for (int i = 0; i < n; i++) { // expect: unknown: a type whose size has effects
        typedef double row[c++ + 1];
        a[i] = sin(sizeof(row));
    }
    for (int i = 0; i < n; i++) { // expect: unknown: a type whose size has effects
        __typeof__(double[c++]) *p = 0;
        a[i] = sin(p == 0);
    }
    for (int i = 0; i < n; i++) { // expect: dependent: c, read here
        double row[c++ + 1];
        row[0] = sin(i);
        a[i] = row[0];
    }
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        typedef double row[4];
        a[i] = sin(sizeof(row) + sizeof(double[2]) + sizeof a[i + 1]);
    }
}

void declared_elsewhere(double *a, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: counted is extern
        extern int counted;
        counted++;
        a[i] = sin(i);
    }
}

void values_with_effects(double *a, int n, int c)
{
    for (int i = 0; i < n; i++) { // expect: dependent: c, read here
        struct { double x, y; } p = {.x = c++, .y = 2};
        a[i] = sin(p.x);
    }
    for (int i = 0; i < n; i++) { // expect: dependent: c, read here
        double *q = (double[]){[0] = c++, 2};
        a[i] = sin(*q);
    }
    for (int i = 0; i < n; i++) { // expect: unknown: a statement expression
        a[i] = sin(({ c++; }));
    }
    for (int i = 0; i < n; i++) { // expect: unknown: assembler
        __asm__("" : "+r"(c));
        a[i] = sin(i);
    }
    for (int i = 0; i < n; i++) { // expect: unknown: _Generic
        a[i] = sin(_Generic(c, int: c++, default: 3));
    }
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        enum { three = 3 };
        struct pair { double x, y; } p = {.x = i, .y = three};
        a[i] = sin(p.x + p.y);
    }
}

atomic_int hits;

void counts_in_an_atomic(double *a, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: hits is atomic: no reduction
        hits++;
        a[i] = sin(a[i]);
    }
}

void jumps_into_the_loop(double *a, int n, int m)
{
    int i = 0;
    switch (m) {
    case 0:
        for (i = 0; i < n; i++) { // expect: unknown: a case that jumps into a statement of its switch
        case 1:
            a[i] = sin(a[i]);
        }
    }
}

void jumps_inside_the_loop(double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        switch (i % 2) {
        case 0:
            a[i] = sin(a[i]);
        }
}

void larger_elements(char *bytes, short *halves, double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: a write to memory that cannot be named
        *(double *)(bytes + i) = sin(i);
    for (int i = 0; i < n; i++) // expect: unknown: a write to memory that cannot be named
        *(int *)(halves + i) = (int)sin(i);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        *(unsigned short *)(halves + i) = (unsigned short)sin(i);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        *(float *)(a + i) = (float)sin(i);
}
