/* Clauses that say the wrong thing. */
double grid[100][100];

double operators(int n, const double *a)
{
    double sum = 0.0, product = 1.0, difference = 0.0;
#pragma omp parallel for reduction(* : sum, product) // expect: fix reduction(+:sum)
    for (int i = 0; i < n; i++) {
        sum += a[i];
        product *= a[i];
    }
#pragma omp parallel for reduction(- : difference)
    for (int i = 0; i < n; i++)
        difference -= a[i];
    return sum + product + difference;
}

double not_set(int n, double scale, const double *a, double *b)
{
    double sum = 0.0, t;
#pragma omp parallel for private(scale, t) // expect: fix firstprivate(scale) in the place of private(scale)
    for (int i = 0; i < n; i++) {
        t = scale * a[i];
        b[i] = t;
    }
#pragma omp parallel for private(sum) // expect: fix reduction(+:sum) in the place of private(sum)
    for (int i = 0; i < n; i++)
        sum += a[i];
    return sum;
}

void nests(int n, int m)
{
    int i, j, k;
#pragma omp parallel for collapse(2)
    for (i = 0; i < n; i++)
        for (j = 0; j < m; j++)
            grid[i][j] = 0.0;
#pragma omp parallel for collapse(3) private(k) // expect: fix collapse(2) @ 42
    for (i = 0; i < n; i++)
        for (j = 0; j < m; j++)
            grid[i][j] = 0.0;
#pragma omp parallel for collapse(2) // expect: fix collapse: take it away @ 45
    for (i = 0; i < n; i++)
        for (j = 0; j < i; j++)
            grid[i][j] = 0.0;
#pragma omp parallel for collapse(2) private(j) // expect: fix collapse: take it away @ 49
    for (i = 0; i < n; i++) {
        grid[i][0] = 1.0;
        for (j = 1; j < m; j++)
            grid[i][j] = 0.0;
    }
}

void none(int n, double *a)
{
    const int two = 2;
    double t;
#pragma omp parallel for default(none) shared(a) // expect: fix missing shared(n) & fix missing private(t)
    for (int i = 1; i < n; i++) {
        t = n * two;
        a[i] = t;
    }
#pragma omp parallel default(none) shared(a, n) private(t)
    {
#pragma omp for
        for (int i = 0; i < n; i++) {
            t = i;
            a[i] = t;
        }
    }
#pragma omp parallel default(none) shared(a, n)
    {
#pragma omp for private(t)
        for (int i = 0; i < n; i++) {
            t = i;
            a[i] = t;
        }
    }
}

double result_that_stays_on_the_device(int n, const double *a)
{
    double s = 0.0;
#pragma omp target teams distribute parallel for map(to : a[0 : n]) // expect: fix missing reduction(+:s), map(tofrom:s)
    for (int i = 0; i < n; i++)
        s += a[i];
    return s;
}

double result_of_each_team(int n, const double *a)
{
    double s = 0.0;
#pragma omp target teams map(to : a[0 : n]) map(tofrom : s)
#pragma omp distribute parallel for // expect: wrong: s is shared
    for (int i = 0; i < n; i++)
        s += a[i];
    return s;
}

double result_inside_of_a_target(int n, const double *a)
{
    double s = 0.0, t = 0.0, u = 0.0;
#pragma omp target map(to : a[0 : n])
#pragma omp parallel for // expect: wrong: s is shared
    for (int i = 0; i < n; i++)
        s += a[i];
#pragma omp target map(to : a[0 : n]) map(tofrom : t)
#pragma omp parallel for // expect: fix missing reduction(+:t)
    for (int i = 0; i < n; i++)
        t += a[i];
#pragma omp target data map(to : a[0 : n])
    {
#pragma omp target teams distribute parallel for // expect: fix missing reduction(+:u), map(tofrom:u)
        for (int i = 0; i < n; i++)
            u += a[i];
    }
    return s + t + u;
}

double last_of_what_nobody_set(int n, const double *a)
{
    double s = 0.0, t = 0.0;
#pragma omp parallel for lastprivate(s) // expect: fix reduction(+:s) in the place of lastprivate(s)
    for (int i = 0; i < n; i++)
        s += a[i];
#pragma omp parallel for firstprivate(t) lastprivate(t)
    for (int i = 0; i < n; i++)
        if (a[i] > t)
            t = n;
    return s + t;
}

double value_of_a_copy(int n, double *a, const double *b)
{
    double last;
#pragma omp parallel for private(last) // expect: fix lastprivate(last) in the place of private(last)
    for (int i = 0; i < n; i++) {
        last = b[i];
        a[i] = last * last;
    }
    return last;
}

double value_from_before(int n, double *a, const double *b)
{
    double last = 0.0;
#pragma omp parallel for private(last)
    for (int i = 0; i < n; i++) {
        last = b[i];
        a[i] = last * last;
    }
    return last;
}

double set_anew_behind(int n, double *a, const double *b)
{
    double last;
#pragma omp parallel for private(last)
    for (int i = 0; i < n; i++) {
        last = b[i];
        a[i] = last * last;
    }
    last = a[0];
    return last;
}
