// Tables of pointers that member functions fill: what these give to elements is a store like any other.
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
