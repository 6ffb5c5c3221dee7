// Operators and conversions of elements that do more than to compute (C++17).
#include <cmath>
#include <utility>
#include <vector>

struct Asked {
    double *at;
    double operator*() { return ++*at; }
    double operator-() const { return -*at; }
};

struct Moved {
    double x;
    Moved operator+(Moved other) const
    {
        other.x += x;
        return other;
    }
};

static int conversions;

struct Converted {
    double value;
    operator double() const
    {
        conversions++;
        return value;
    }
};

struct Heir : Converted {};

void operators_of_elements(std::vector<Asked> &b, std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: an operator of Asked
        a[i] = std::sin(*b[0]);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = std::sin(-b[0]);
}

void operators_that_compute(std::vector<Moved> &a, std::vector<Moved> &b, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = a[i] + b[i] + a[i] + b[i] + a[i] + b[i];
}

void conversions_by_inheritance(double *a, Heir *b, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: a conversion of Heir
        a[i] = std::sin(b[i]);
}

void conversions_of_parts(double *a, std::vector<std::pair<Converted, int>> &b, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: a conversion of what may be of a class
        a[i] = std::sin(b[i].first);
}

template <class T> void conversions_in_a_template(double *a, const std::vector<T> &b, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: a conversion of T
        a[i] = std::sin(b[i]);
}
