// Variables that several threads may write at once.
#include <atomic>
#include <exception>

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
