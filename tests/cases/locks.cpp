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
