/* Explicit tasks, and sums in the lanes of simd. */
#include <stdio.h>

int unordered(int n)
{
    int i, j;
    if (n < 2)
        return n;
#pragma omp task shared(i) // expect: wrong: i is shared with the task @ 10 13
    i = unordered(n - 1);
#pragma omp task shared(j) // expect: wrong: j is shared with the task @ 12 13
    j = unordered(n - 2);
    return i + j;
}

int ordered(int n)
{
    int i, j;
    if (n < 2)
        return n;
#pragma omp task shared(i)
    i = ordered(n - 1);
#pragma omp task shared(j)
    j = ordered(n - 2);
#pragma omp taskwait
    return i + j;
}

int copies(int n)
{
    int i, j;
    if (n < 2)
        return n;
#pragma omp task // expect: fix missing shared(i)
    i = copies(n - 1);
#pragma omp task shared(j)
    j = copies(n - 2);
#pragma omp taskwait
    return i + j;
}

void of_one_team(int n)
{
    int x = 0, y;
#pragma omp parallel
#pragma omp single
    {
#pragma omp task // expect: wrong: x is shared with the task @ 49 50
        x = n;
        y = x;
        printf("%d", y);
    }
#pragma omp parallel
#pragma omp single
    {
#pragma omp task shared(x) // expect: wrong: x is shared with the task @ 57 59
        x++;
#pragma omp task shared(x)
        x++;
    }
#pragma omp parallel
#pragma omp single
    {
#pragma omp task shared(x) depend(out : x)
        x = n;
#pragma omp task shared(x) depend(in : x)
        printf("%d", x);
    }
#pragma omp parallel
#pragma omp single
    {
#pragma omp task shared(x)
        {
#pragma omp atomic
            x += n;
        }
#pragma omp task shared(x)
        {
#pragma omp atomic
            x += n;
        }
    }
#pragma omp parallel
#pragma omp single
    {
#pragma omp task
        {
            int own = n;
            printf("%d", own);
        }
#pragma omp taskwait
        printf("%d", x);
    }
}

double in_lanes(int n, const double *a, double *b)
{
    double sum = 0.0, t;
#pragma omp simd // expect: fix missing reduction(+:sum)
    for (int i = 0; i < n; i++)
        sum += a[i];
#pragma omp simd reduction(+ : sum) private(t)
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t * t;
        sum += b[i];
    }
    return sum;
}
