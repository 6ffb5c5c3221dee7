// Variables that several threads may write at once.
#include <atomic>
#include <exception>
#include <vector>

void work(int i);

int failures(int n)
{
    std::atomic<int> failed(0);
    for (int i = 0; i < n; i++) { // expect: unknown: failed
        try {
            work(i);
        } catch (std::exception const &) {
            failed = 1;
        }
    }
    return failed;
}

void numbered(int n, long *ids)
{
    std::atomic<long> next(0);
    for (int i = 0; i < n; i++) // expect: unknown: next, read here
        ids[i] = next++;
}

void numbered_by_one(int n, long *ids)
{
    long seed = 0;
    for (int i = 0; i < n; i++) { // expect: dependent: seed, read here
        ids[i] = seed;
        seed = 2 * seed + 1;
    }
}

double of(std::vector<double> point);

void points(int n, size_t at, double step, std::vector<double> point, std::vector<double> &values)
{
    for (int i = 0; i < n; i++) { // expect: unknown: every iteration writes point[at]
        point[at] = i * step;
        values[i] = of(point);
    }
}

void columns(int n, int m, const double *a, std::vector<double> &sums)
{
    for (int i = 0; i < n; i++) // expect: unknown: every iteration writes sums[j]
        for (int j = 0; j < m; j++) // expect: independent
            sums[j] += a[i * m + j];
}
