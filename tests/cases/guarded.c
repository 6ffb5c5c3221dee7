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
