/* Updates that the program makes one at a time: under atomic and critical their order alone is open. */
#include <math.h>

double one_sum(int n)
{
    double pi = 0.0;
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
#pragma omp atomic
        pi = pi + pow(-1, i) * (4 / (2.0 * i + 1));
    }
    return pi;
}

void counted(int n, int *count, const int *kind, const double *weight, double *sum)
{
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
#pragma omp atomic
        count[kind[i]]++;
#pragma omp atomic update
        sum[kind[i]] += sqrt(weight[i]);
    }
}

int sum_and_most(int n, const int *a)
{
    int s = 0, most = 0;
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        int v = (int)sqrt(a[i]) + (int)pow(a[i], 3);
#pragma omp critical
        {
            s += v;
            if (v > most)
                most = v;
        }
    }
    return s + most;
}

double all_under_critical(int n)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) { // expect: independent & silent: by one thread at a time
#pragma omp critical
        s += sqrt(i);
    }
    return s;
}

/* what is read or written elsewhere, too, has no order */

void read_beside_it(int n, int *count, const int *kind, int *place)
{
    for (int i = 0; i < n; i++) { // expect: unknown: `omp atomic` already synchronises
#pragma omp atomic
        count[kind[i]]++;
        place[i] = count[kind[i]];
    }
    for (int i = 0; i < n; i++) { // expect: unknown: `omp atomic` already synchronises
#pragma omp atomic
        count[count[i]]++;
    }
    for (int i = 0; i < n; i++) { // expect: unknown: `omp atomic` already synchronises
        int at;
#pragma omp atomic capture
        at = count[kind[i]]++;
        place[at] = i;
    }
}

void read_by_another_name(int n, double *sum, const int *kind)
{
    double *first = sum;
    for (int i = 0; i < n; i++) { // expect: unknown: `omp atomic` already synchronises
#pragma omp atomic
        sum[kind[i]] += sqrt(i);
        first[i] = i;
    }
}

double two_operators(int n, const double *a)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: `omp atomic` already synchronises
#pragma omp atomic
        s += a[i];
#pragma omp atomic
        s *= a[i];
    }
    return s;
}

double two_guards(int n, const double *a)
{
    double s = 0.0, t = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: `omp atomic` already synchronises
#pragma omp atomic
        s += a[i];
#pragma omp critical
        s += a[i] * a[i];
    }
    for (int i = 0; i < n; i++) { // expect: unknown: `omp critical` already synchronises
#pragma omp critical(first)
        t += a[i];
#pragma omp critical(second)
        t += a[i] * a[i];
    }
    return s + t;
}

int cut_after_every_step(int n, const double *a)
{
    int s = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: `omp atomic` already synchronises
#pragma omp atomic
        s += a[i];
    }
    return s;
}

void a_step_of_each(int n, double *sum, const double *a, const int *kind)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < 20; j++) { // expect: independent
#pragma omp atomic
            sum[kind[j]] += sqrt(a[20 * i + j]);
        }
}

int beside_another_directive(int n, const int *a)
{
    int s = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: `omp atomic` already synchronises
#pragma omp atomic
        s += a[i];
#pragma omp flush
    }
    return s;
}

/* an update under critical may stand with other code, which is looked at as if nothing guarded it */

void into_clusters(int n, int m, const int *nearest, const double *a, double *centre, int *size)
{
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        double near = 0.0;
        for (int k = 0; k < n; k++) // expect: independent reduction(+: near)
            near += exp(a[i] - a[k]);
#pragma omp critical // one at a time
        {
            size[nearest[i]]++;
            for (int j = 0; j < m; j++) // expect: independent
                centre[nearest[i] * m + j] += a[i * m + j] * near;
        }
    }
}

void guarded_for_nothing(int n, double (*a)[100], const double *b)
{
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        double x = 0.0;
        for (int k = 0; k < n; k++) // expect: independent reduction(+: x)
            x += exp(b[i] - b[k]);
#pragma omp critical
        if (x < 100)
            a[i][7] = x;
    }
}

void needed_one_iteration_later(int n, double *a, const double *b)
{
    double t = 0.0;
    for (int i = 1; i < n; i++) { // expect: unknown: read as a[i - 1]
#pragma omp critical
        {
            a[i] = exp(b[i]);
            t += a[i - 1];
        }
    }
    a[0] = t;
}

struct best {
    double distance;
    int place;
    int order[4];
};

int the_first_of_all(int n, const double *a, struct best *g)
{
    struct best b = {1e9, -1, {0}};
    int last = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: `omp critical` already synchronises
        double x = exp(a[i]);
#pragma omp critical
        if (x < b.distance) {
            b.distance = x;
            b.place = i;
        }
    }
    for (int i = 0; i < n; i++) { // expect: unknown: every iteration writes g->place
#pragma omp critical
        g->place = i;
    }
    for (int i = 0; i < n; i++) { // expect: unknown: every iteration writes b.order[1]
#pragma omp critical
        b.order[1] = i;
    }
    for (int i = 0; i < n; i++) { // expect: unknown: `omp critical` already synchronises
#pragma omp critical
        last = i;
    }
    return b.place + last + b.order[1];
}

double a_running_sum(int n, const double *a, double *so_far)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: `omp critical` already synchronises
#pragma omp critical
        {
            t += a[i];
            so_far[i] = t;
        }
    }
    return t;
}
