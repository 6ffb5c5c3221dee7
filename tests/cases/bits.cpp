// Vectors of bits that are not spelled so, in a file that makes one of truth values (C++20 [vector.bool]). C++17.
#include <cmath>
#include <vector>

template <class T> void set_all(std::vector<T> &marked, const double *x, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory
        marked[i] = x[i];
}

void deduced_from_truth_values(const double *x, int n)
{
    std::vector marked(n, false);
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory
        marked[i] = std::sin(x[i]) > 0.0;
    set_all(marked, x, n);
}

void deduced_from_a_list(const double *x, int n)
{
    std::vector marked{true, false};
    marked.resize(n);
    std::vector copy = marked;
    auto &same = marked;
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory
        marked[i] = x[i];
    for (int i = 0; i < n; i++) // expect: unknown: copy may share memory
        copy[i] = x[i];
    for (int i = 0; i < n; i++) // expect: unknown: same may share memory
        same[i] = x[i];
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory
        marked.at(i) = x[i];
    auto first = marked.begin();
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory
        *(first + i) = x[i];
}

void deduced_from_numbers(const double *x, int n)
{
    std::vector y(n, 0.0);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        y[i] = std::sin(x[i]);
}
