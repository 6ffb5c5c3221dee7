/* What already governs a loop. */
void has_one(int n, double *a)
{
#pragma omp parallel for
    for (int i = 0; i < n; i++) // expect: independent & silent: it has a directive already
        a[i] = 1.0;
}

void in_a_region(int n, double *a)
{
#pragma omp parallel
    {
#pragma omp for
        for (int i = 0; i < n; i++) // expect: independent & silent: it has a directive already
            a[i] = 1.0;
        for (int i = 0; i < n; i++) // expect: independent & silent: it only copies
            a[i] = 2.0;
    }
}

void in_a_team(int n, double *a, double *b)
{
    for (int i = 0; i < n; i++) // expect: independent & silent: a team of threads runs this function already
        a[i] = 1.0 + b[i] * i;
#pragma omp barrier
    a[0] = 0.0;
}

/* One thread runs `main`: a barrier there, which authors write by habit, waits for nobody. */
int main(void)
{
    static double a[100000];
    for (int i = 0; i < 100000; i++) // expect: independent & suggest parallel for
        a[i] = 1.0 + a[i] * i;
#pragma omp barrier
    return a[0] > 0.0;
}

void around_one(int n, int m, double *a)
{
    for (int i = 0; i < n; i++) { // expect: independent & silent: a directive stands in it
#pragma omp simd
        for (int j = 0; j < m; j++) // expect: independent & silent: it has a directive already
            a[i * m + j] = 1.0;
    }
}

void for_another_compiler(int n, double *a)
{
#pragma GCC ivdep
    for (int i = 0; i < n; i++) // expect: independent & silent: governs it
        a[i] = 1.0;
}

#ifdef _OPENACC
void for_an_accelerator(int n, double *a)
{
#pragma acc parallel loop
    for (int i = 0; i < n; i++) // expect: independent & silent: governs it
        a[i] = 1.0;
}
#endif

double synchronised(int n, const double *a)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) { // expect: independent & silent: by one thread at a time
#pragma omp critical
        s += a[i];
    }
    return s;
}

void ignored(int n, double *a)
{
    // hpcls: ignore[OMP001]
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = 1.0;
}
