/* Variables that the threads share, and that the iterations of one loop write. */
int count;
double total;

void private_is_missing(int n, const double *a, double *b)
{
    double t;
#pragma omp parallel for // expect: fix missing private(t) @ 10 11
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t * t;
    }
}

void inner_counter(int n, int m, double *a)
{
    int i, j;
#pragma omp parallel for // expect: fix missing private(j)
    for (i = 0; i < n; i++)
        for (j = 0; j < m; j++)
            a[i * m + j] = 1.0;
}

double reduction_is_missing(int n, const double *a)
{
    double sum = 0.0, largest = a[0];
#pragma omp parallel for schedule(static) // expect: fix missing reduction(+:sum) & fix missing reduction(max:largest)
    for (int i = 0; i < n; i++) {
        sum += a[i];
        if (a[i] > largest)
            largest = a[i];
    }
    return sum / largest;
}

int lastprivate_is_missing(int n)
{
    int x;
#pragma omp parallel for // expect: fix missing lastprivate(x) @ 41
    for (int i = 0; i < n; i++)
        x = i;
    return x;
}

double no_clause_helps(int n, const double *a, double *b)
{
    double x = 1.0;
#pragma omp parallel for // expect: wrong: x is shared
    for (int i = 0; i < n; i++) {
        b[i] = x;
        x = x * a[i] + 1.0;
    }
    return x;
}

void listed_as_shared(int n, const double *a, double *b)
{
    double t, u;
#pragma omp parallel for default(none) shared(n, a, b, t, u) /* both */ // expect: fix missing private(t), private(u)
    for (int i = 0; i < n; i++) {
        t = a[i];
        u = t * t;
        b[i] = u;
    }
}

void right_ones(int n, const double *a, double *b)
{
    double t, s = 0.0;
    int j;
#pragma omp parallel for private(t, j) reduction(+ : s)
    for (int i = 0; i < n; i++) {
        double mine;
        t = a[i];
        mine = t;
        for (j = 0; j < 3; j++)
            s += mine;
        b[i] = t;
    }
#pragma omp parallel for default(none) firstprivate(s) shared(n, a, b)
    for (int i = 0; i < n; i++)
        b[i] = s * a[i];
    b[0] = s;
}

void in_a_region(int n, const double *a, double *b)
{
    double outside;
#pragma omp parallel
    {
        double inside;
#pragma omp for // expect: fix missing private(outside)
        for (int i = 0; i < n; i++) {
            inside = a[i];
            outside = inside;
            b[i] = outside;
        }
    }
}

void made_private_by_the_region(int n, const double *a, double *b)
{
    double t;
#pragma omp parallel private(t)
    {
#pragma omp for
        for (int i = 0; i < n; i++) {
            t = a[i];
            b[i] = t;
        }
    }
}

void called_by_a_team(int n, const double *a, double *b)
{
    double t;
#pragma omp for // expect: wrong: count is shared
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t;
        count = count * 2 + i;
    }
}

void tasks(int n, const double *a, double *b)
{
    double t;
#pragma omp parallel
#pragma omp single
#pragma omp taskloop // expect: fix missing private(t)
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t;
    }
#pragma omp taskloop
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t;
    }
}

void collapsed(int n, int m, const double *a, double *b)
{
    int i, j, k;
#pragma omp parallel for collapse(2) // expect: fix missing private(k)
    for (i = 0; i < n; i++)
        for (j = 0; j < m; j++)
            for (k = 0; k < 3; k++)
                b[(i * m + j) * 3 + k] = a[k];
}

static int scratch;
#pragma omp threadprivate(scratch)

void one_for_each_thread(int n, const int *a, int *b)
{
#pragma omp parallel for
    for (int i = 0; i < n; i++) {
        scratch = a[i];
        b[i] = scratch;
    }
}

void kept_between_calls(int n, const int *a, int *b)
{
#pragma omp parallel for // expect: wrong: kept is shared
    for (int i = 0; i < n; i++) {
        static int kept;
        kept = a[i];
        b[i] = kept;
    }
}

struct point { double x, y; };

void fields(int n, const struct point *from, struct point *to)
{
    struct point p;
#pragma omp parallel for // expect: wrong: p.x is shared & wrong: p.y is shared
    for (int i = 0; i < n; i++) {
        p.x = from[i].y;
        p.y = from[i].x;
        to[i] = p;
    }
}

void told_not_to_say(int n, const double *a, double *b)
{
    double t;
    // hpcls: ignore[OMP010]
#pragma omp parallel for
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t;
    }
#pragma omp parallel for
    for (int i = 0; i < n; i++) { // hpcls: ignore[OMP010]
        t = a[i];
        b[i] = t;
    }
#pragma omp parallel for // hpcls: ignore
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t;
    }
    // hpcls: ignore[OMP001]
#pragma omp parallel for // expect: fix missing private(t)
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t;
    }
}
