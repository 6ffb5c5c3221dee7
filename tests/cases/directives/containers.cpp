// Containers: each is memory of its own, whatever it was made from.
#include <vector>

struct Options {
    int level;
};

void one_for_each_thread(int n, const Options &options, std::vector<double> &out)
{
#pragma omp parallel
    {
        std::vector<double> mine(options.level);
#pragma omp for
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 3; j++)
                mine[j] = i * j;
            out[i] = mine[2];
        }
    }
}

void one_for_all(int n, std::vector<double> &out)
{
    std::vector<double> work(3);
#pragma omp parallel for // expect: wrong: every iteration writes the same work[j]
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < 3; j++)
            work[j] = i * j;
        out[i] = work[2];
    }
}

void of_one_size(int n)
{
    std::vector<double> a(n), b(n);
#pragma omp parallel for
    for (int i = 1; i < n; i++)
        a[i] = b[i - 1];
}
