// Structured bindings: copies of parts, or references in a tuple (C++17). openmp-version: 5.0
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

struct Point {
    double x, y;
};

struct Reference {
    double &to;
    int count;
};

void references_in_a_tuple(double *a, double *b, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: x may stand for memory elsewhere
        auto [x, y] = std::tie(a[0], b[i]);
        x += std::sin(y);
    }
    auto both = std::tie(a[0], b[0]);
    for (int i = 0; i < n; i++) { // expect: unknown: x may stand for memory elsewhere
        auto [x, y] = both;
        x += std::sin(y * i);
    }
    for (int i = 1; i < n; i++) { // expect: unknown: x may stand for memory elsewhere
        const auto [x, y] = both;
        a[i - 1] = std::sin(x) + y;
    }
}

void given_references(std::tuple<double &, double &> both, std::vector<Reference> &all, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: x may stand for memory elsewhere
        auto [x, y] = both;
        x += std::sin(y * i);
    }
    for (int i = 0; i < n; i++) { // expect: unknown: to may stand for memory elsewhere
        auto [to, count] = all[i];
        to += std::sin(count);
    }
}

template <class Range> void of_a_view(Range &pairs)
{
    for (auto [x, y] : pairs) // expect: unknown: x may stand for memory elsewhere
        x += std::sin(y);
}

void copies(const std::vector<Point> &points, std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        auto [x, y] = points[i];
        x += std::sin(y);
        a[i] = x;
    }
}
