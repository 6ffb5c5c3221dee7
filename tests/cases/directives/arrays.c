/* Elements that one iteration writes and another one needs. */
double grid[100][100];

void flow(int n, double *a, const double *b)
{
#pragma omp parallel for // expect: wrong: a[i] is read as a[i + 1] 1 iteration earlier @ 8 8
    for (int i = 0; i < n; i++)
        a[i] = a[i + 1] + b[i];
}

void far(int n, double *a)
{
#pragma omp parallel for // expect: wrong: 8 iterations later
    for (int i = 8; i < n; i++)
        a[i] = a[i - 8];
}

void further_than_the_loop_runs(double *a)
{
#pragma omp parallel for
    for (int i = 0; i < 100; i++)
        a[i] = a[i + 100];
}

void inner_dependence(int n, int m)
{
    int i, j;
#pragma omp parallel for private(j)
    for (i = 0; i < n; i++)
        for (j = 1; j < m; j++)
            grid[i][j] = grid[i][j - 1];
#pragma omp parallel for collapse(2) // expect: wrong: grid[i][j] is read as grid[i][j - 1] 1 iteration later
    for (i = 0; i < n; i++)
        for (j = 1; j < m; j++)
            grid[i][j] = grid[i][j - 1];
}

void one_element(int n, double *a, const double *b)
{
#pragma omp parallel for // expect: fix missing reduction(+:a[:1])
    for (int i = 0; i < n; i++)
        a[0] += b[i];
}

void private_array(int n, double *out)
{
    double work[8];
#pragma omp parallel for private(work)
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < 8; k++)
            work[k] = i * k;
        out[i] = work[3];
    }
#pragma omp parallel for // expect: fix missing private(work)
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < 8; k++)
            work[k] = i * k;
        out[i] = work[3];
    }
}

void indirect(int n, const int *index, double *a)
{
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        a[index[i]] += 1.0;
}

void waits_for_an_iteration(int n, double *a)
{
#pragma omp parallel for ordered(1)
    for (int i = 1; i < n; i++) {
#pragma omp ordered depend(sink : i - 1)
        a[i] = a[i - 1];
#pragma omp ordered depend(source)
    }
}

void lanes(int n, double *a, const double *b)
{
#pragma omp simd // expect: fix safelen(4)
    for (int i = 4; i < n; i++)
        a[i] = a[i - 4] + b[i];
#pragma omp simd safelen(4)
    for (int i = 4; i < n; i++)
        a[i] = a[i - 4] + b[i];
#pragma omp simd safelen(8) // expect: fix safelen(4)
    for (int i = 4; i < n; i++)
        a[i] = a[i - 4] + b[i];
#pragma omp simd // expect: wrong: iterations 1 apart
    for (int i = 1; i < n; i++)
        a[i] = a[i - 1] + b[i];
#pragma omp simd
    for (int i = 0; i < n; i++)
        a[i] = a[i + 1] + b[i];
}

void no_clause_is_enough(int n)
{
    int i, j;
    double t;
#pragma omp parallel for private(j) // expect: wrong: t is shared
    for (i = 0; i < n; i++) {
        t = grid[i][0];
        for (j = i + 1; j < n; j++)
            grid[j][0] += t;
    }
}

void pointer_to_the_element_before(int n, double *a)
{
#pragma omp parallel for // expect: wrong: *p is read as p[-1] 1 iteration later
    for (double *p = a + 1; p < a + n; p++)
        *p = 2 * p[-1];
}

void pointer_to_its_own_element(int n, double *a)
{
#pragma omp parallel for
    for (double *p = a; p < a + n; p++)
        *p = 2 * p[0];
}

void outer_counter_that_lets_it_run_once(double *s)
{
    for (int i = 0; i < 1; i++) {
#pragma omp parallel for
        for (int j = 0; j < i + 1; j++)
            s[0] += j;
    }
}

void outer_counter_that_lets_it_run_longer(int n, double *s)
{
    for (int i = 0; i < n; i++) {
#pragma omp parallel for // expect: wrong: every iteration writes the same s[i]
        for (int j = 0; j < i; j++)
            s[i] = j;
    }
}
