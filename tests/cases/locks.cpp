// Sums under a lock: the program keeps the threads apart itself.
#include <mutex>
#include <omp.h>

void guarded(int n, const double *a, double &sum, std::mutex &m)
{
    for (int i = 0; i < n; i++) { // expect: unknown: constructing a std::lock_guard<std::mutex>
        std::lock_guard<std::mutex> guard(m);
        sum += a[i];
    }
}

double taken(int n, const double *a, omp_lock_t *lock)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: omp_set_lock
        omp_set_lock(lock);
        sum += a[i];
        omp_unset_lock(lock);
    }
    return sum;
}

double between(int n, const double *a, omp_lock_t *lock)
{
    double sum = 0.0;
    int blocks = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: omp_unset_lock
        sum += a[i];
        omp_unset_lock(lock);
        blocks++;
    }
    return sum + blocks;
}

// What is held around a loop keeps its iterations from those of others, not from one another.

double recurrence_under_a_guard(int n, const double *a, std::mutex &m)
{
    std::lock_guard<std::mutex> guard(m);
    double x = 0.0;
    for (int i = 0; i < n; i++) // expect: dependent: x, read here, holds what an earlier iteration wrote
        x = 0.5 * x + a[i];
    return x;
}

double recurrence_between(int n, const double *a, std::mutex &m)
{
    double x = 0.0;
    m.lock();
    for (int i = 0; i < n; i++) // expect: dependent: x, read here, holds what an earlier iteration wrote
        x = 0.5 * x + a[i];
    m.unlock();
    return x;
}

void recurrence_in_a_region(int n, const double *a, double *x)
{
    double last = 0.0;
#pragma omp parallel
#pragma omp single
    {
        last = x[0];
        for (int i = 1; i < n; i++) // expect: dependent: last, read here, holds what an earlier iteration wrote
            last = 0.5 * last + a[i];
    }
    x[0] = last;
}

struct SpinLock {
    void lock();
    void unlock();
};

double sum_beside_a_lock(int n, const double *a)
{
    SpinLock lock;
    double sum = 0.0;
    for (int i = 0; i < n; i++) // expect: independent reduction(+: sum) & suggest parallel for reduction(+:sum)
        sum += a[i];
    return sum;
}

void neighbours_under_a_guard(int n, double *a, std::mutex &m)
{
    std::lock_guard<std::mutex> guard(m);
    for (int i = 1; i < n; i++) // expect: dependent: a[i], written here, is read as a[i - 1]
        a[i] += a[i - 1];
}
