// Tables of pointers that member functions fill: what these give to elements is a store like any other.
#include <algorithm>
#include <array>
#include <vector>

double values[1000];

void rows_by_turns(int n)
{
    std::vector<double *> p;
    for (int i = 0; i < n; i++) // expect: unknown: .push_back()
        p.push_back(&values[i % 100]);
    for (int i = 0; i < n; i++) // expect: unknown: elements of p are given addresses of one memory
        *p[i] += 1.0;
}

void two_of_each(int n)
{
    std::vector<double *> p;
    for (int i = 0; i < n; i++) // expect: unknown: .insert()
        p.insert(p.end(), &values[i / 2]);
    for (int i = 0; i < n; i++) // expect: unknown: elements of p are given addresses of one memory
        *p[i] += 1.0;
}

void one_for_all(int n)
{
    std::vector<double *> p;
    p.assign(n, &values[0]);
    for (int i = 0; i < n; i++) // expect: unknown: elements of p are given addresses of one memory
        *p[i] += 1.0;
}

void assigned_by_turns(int n)
{
    std::vector<double *> p(n);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        p[i] = &values[i % 100];
    for (int i = 0; i < n; i++) // expect: unknown: elements of p are given addresses of one memory
        *p[i] += 1.0;
}

void rows_of_their_own(int n)
{
    std::vector<double *> p;
    p.resize(n, nullptr);
    for (int i = 0; i < n; i++) { // expect: unknown: an allocation with new
        double *row = new double[8];
        p[i] = row;
    }
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        *p[i] += 1.0;
}

void copied_from_a_range(int n, double **rows)
{
    std::vector<double *> p;
    p.assign(rows, rows + n);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        *p[i] += 1.0;
}

void one_for_all_from_the_start(double *a, int n)
{
    std::vector<double *> p(n, &a[0]);
    for (int i = 0; i < n; i++) // expect: unknown: elements of p are given addresses of one memory
        *p[i] += 1.0;
    std::vector<double *> q = std::vector<double *>(n, a);
    for (int i = 0; i < n; i++) // expect: unknown: elements of q are given addresses of one memory
        *q[i] += 1.0;
}

void filled_with_one(double *a, int n)
{
    std::vector<double *> p(n);
    std::fill(p.begin(), p.end(), a);
    for (int i = 0; i < n; i++) // expect: unknown: elements of p are given addresses of one memory
        *p[i] += 1.0;
}

void listed_twice(double *a, std::vector<double> &b, int n)
{
    std::vector<double *> p{a, a};
    double *q[] = {b.data(), b.data()};
    for (int i = 0; i < 2; i++) // expect: unknown: elements of p are given addresses of one memory
        *p[i] += 1.0;
    for (int i = 1; i < n; i++) // expect: unknown: elements of q are given addresses of one memory
        q[0][i] = q[1][i - 1] + 1.0;
}

void from_a_range(double **rows, int n)
{
    std::vector<double *> p(rows, rows + n);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        *p[i] += 1.0;
}

void deduced(double *a, int n, int m)
{
    std::vector p(n, a);
    for (int i = 0; i < n; i++) // expect: independent
        for (int j = 0; j < m; j++) // expect: independent
            p[i][j] += 1.0;
}

struct Pair {
    double *to, *from;
};

void fields_of_one_memory(std::vector<double> &a, int n)
{
    Pair both{a.data(), a.data()};
    for (int i = 1; i < n; i++) // expect: unknown: both.to and both.from are given addresses of one memory
        both.to[i] = both.from[i - 1] + 1.0;
    Pair given;
    given.to = a.data();
    given.from = a.data();
    for (int i = 1; i < n; i++) // expect: unknown: given.to and given.from are given addresses of one memory
        given.to[i] = given.from[i - 1] + 1.0;
}

void fields_of_two(std::vector<double> &a, std::vector<double> &b, int n)
{
    Pair both{a.data(), b.data()};
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        both.to[i] = both.from[i - 1] + 1.0;
}

void halves(double *memory, int n)
{
    double *half[2];
    half[0] = memory;
    half[1] = half[0] + n;
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        half[0][i] = 1.0;
        half[1][i] = 2.0 * half[0][i];
    }
}

void halves_that_meet(double *memory, int n)
{
    double *half[2];
    half[0] = memory;
    half[1] = half[0] + n - 1;
    for (int i = 0; i < n; i++) { // expect: unknown
        half[0][i] = 1.0;
        half[1][i] = 2.0 * half[0][i];
    }
}

void filled_with_one_address(double *p, int n)
{
    std::array<double *, 8> rows;
    rows.fill(p);
    for (int i = 0; i < 8; i++) // expect: unknown: elements of rows are given addresses of one memory
        rows[i][0] += i * n;
}
