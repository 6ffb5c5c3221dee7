// Templates that may be used with a vector of bits, in a file that never says so.
#include <cmath>
#include <vector>

template <class T> void truth_values(std::vector<T> &marked, const double *x, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory
        marked[i] = std::sin(x[i]) > 0.0;
}

template <class T> void numbers(std::vector<T> &y, const double *x, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        y[i] = std::sin(x[i]);
}

template <class C> void of_any_container(C &marked, const double *x, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory
        marked[i] = !(std::sin(x[i]) > 0.0);
}

template <class C> void numbers_of_any_container(C &y, const double *x, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        y[i] = std::sin(x[i]);
}

template <class C> void from_any_container(C &flags, const double *x, int n)
{
    auto &marked = flags;
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory
        marked[i] = std::sin(x[i]) > 0.0;
}

void in_an_array(bool *marked, const double *x, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        marked[i] = std::sin(x[i]) > 0.0;
}
