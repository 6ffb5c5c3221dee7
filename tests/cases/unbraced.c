// Bodies without braces behind a pragma belong to the statement in front of it.

int counted_under_a_test(int n, const int *a)
{
    int c = 0, i;
    for (i = 0; i < n; i++) // expect: independent & suggest parallel for
        if (a[i])
#pragma omp atomic
            c++;
    return c;
}

void histogram(int n, const int *a, int *h)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
#pragma omp atomic
        h[a[i]] += i;
}

void set_in_some_iterations(int n, const int *a, int *b)
{
    int t = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: t, read here, may still hold the value of an earlier iteration
        if (a[i] > 0)
#pragma omp atomic write
            t = a[i];
        b[i] = t * i;
    }
}

void behind_a_loop(int n, int *a, const int *b)
{
    for (int t = 0; t < n; t++) // expect: unknown: every iteration writes a[0]
        for (int k = 0; k < n; k++) // expect: unknown: every iteration writes a[0]
#pragma omp atomic write
            a[0] = b[k] * t;
}

void inner_directive(int n, int *a, const int *b)
{
    for (int t = 0; t < n; t++) // expect: independent & silent: a directive stands in it
#pragma omp parallel for
        for (int i = 0; i < n; i++) // expect: independent & silent: it has a directive already
            a[t * n + i] += b[i] * t;
}

void unrolled(int n, int *a, int *h)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        if (a[i] > 0)
#pragma GCC unroll 4
            for (int j = 0; j < 8; j++) // expect: independent & silent: the loop around it
                h[8 * i + j] = a[i] * j;
}

void chosen_by_a_switch(int n, int *a, int k)
{
    for (int i = 0; i < n; i++) // expect: dependent: k, read here
        switch (a[i]) {
        case 1:
            if (k > 2)
#pragma omp critical
            {
                k = a[i];
            }
            break;
        default:
            a[i] = 2 * a[i] + k;
        }
}

double set_behind_an_else(int n, double *a, const double *b)
{
    double t = 0, u = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: an `else` that the grammar finds no `if` for
        if (b[i] > 0)
#pragma omp atomic
            t += b[i];
        else
            u = b[i];
        a[i] = 0.5 * b[i];
    }
    return t + u;
}

double chosen_behind_an_else(int n, int k, double *a, const double *b)
{
    double t = 0, u = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: an `else` that the grammar finds no `if` for
        if (b[i] > 0)
#pragma omp atomic
            t += b[i];
        else if (k)
            u = b[i];
        a[i] = 0.5 * b[i];
    }
    return t + u;
}
