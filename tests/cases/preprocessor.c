/* Either half of an #if may be compiled. */
#define N 8192
#define SQUARE(x) ((x) * (x))
double a[N], b[N];

void halves(void)
{
    double t = 0.0;
    for (int i = 0; i < N; i++) { // expect: independent private(t)
#ifdef FAST
        t = b[i];
#else
        t = b[i] * b[i];
#endif
        a[i] = t;
    }
}

void one_half(void)
{
    double t = 0.0;
    for (int i = 0; i < N; i++) { // expect: unknown: t, read here, may still hold the value of an earlier iteration
#ifdef FAST
        t = b[i];
#endif
        a[i] = t;
    }
}

void excluded(void)
{
#if 0
    for (int i = 1; i < N; i++) // expect: silent
        a[i] = a[i - 1];
#endif
    for (int i = 0; i < N; i++) // expect: independent & suggest parallel for
        a[i] = SQUARE(b[i]);
}

void two_headers(int n)
{
#ifdef FORWARD
    for (int i = 1; i < n; i++) // expect: dependent
        a[i] = a[i - 1];
#else
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = b[i];
#endif
}

#ifndef SMALL
#define WIDTH 10
#else
#define WIDTH 5
#endif
#define DEPTH 5

void as_wide_as_a_branch_says(int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: subscripts do not tell
        for (int j = 0; j < WIDTH; j++) // expect: independent
            a[7 * i + j] = b[j];
    for (int i = 0; i < n; i++) // expect: dependent: in another iteration
        for (int j = 0; j < WIDTH; j++) // expect: independent
            a[4 * i + j] = b[j];
    for (int i = 7; i < WIDTH + 7; i++) // expect: unknown: 7 iterations later
        a[i] = a[i - 7] + b[i];
    for (int i = 4; i < WIDTH + 4; i++) // expect: dependent: 4 iterations later
        a[i] = a[i - 4] + b[i];
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < DEPTH; j++) // expect: independent
            a[7 * i + j] = b[j];
}

#ifndef SIZE
#define SIZE 1000
#endif
#if !defined(BLOCK) || BLOCK < 1
#define BLOCK (8)
#endif
#ifndef LENGTH
#define LENGTH (4 * 1024)
#endif
double grid[SIZE * SIZE], rows[SIZE][SIZE];

void whatever_the_size_is_set_to(void)
{
    for (int i = 0; i < SIZE; i++) // expect: independent
        for (int j = 0; j < SIZE; j++) // expect: independent
            grid[i * SIZE + j] = rows[i][j];
    for (int i = 1; i < SIZE; i++) // expect: dependent: 1 iteration later
        for (int j = 0; j < SIZE; j++) // expect: independent
            rows[i][j] = 0.5 * rows[i - 1][j];
    for (int i = 0; i < LENGTH; i++) // expect: independent
        a[i] = a[i + LENGTH] * 2.0;
    for (int i = 0; i < LENGTH; i++) // expect: independent
        a[i] = a[i + 4096] * 2.0;
    for (int i = 0; i < LENGTH; i++) // expect: dependent: 4095 iterations earlier
        a[i] = a[i + 4095] * 2.0;
}

void with_what_is_set_by_default_alone(int n)
{
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < BLOCK; j++) // expect: independent
            a[8 * i + j] = b[j];
    for (int i = 0; i < n; i++) // expect: dependent: in another iteration
        for (int j = 0; j < BLOCK; j++) // expect: independent
            a[7 * i + j] = b[j];
}

#define PART 4
#undef PART
#define PART 8

void as_it_was_defined_last(int n)
{
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < PART; j++) // expect: independent
            a[8 * i + j] = b[j];
}
