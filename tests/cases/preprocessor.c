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
    for (int i = 0; i < n; i++) // expect: dependent: in another iteration
        for (int j = 0; j < WIDTH; j++) // expect: independent
            a[7 * i + j] = b[j];
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < DEPTH; j++) // expect: independent
            a[7 * i + j] = b[j];
}
