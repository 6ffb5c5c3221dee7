// Pointers that lambdas and references give a value.
#include <functional>

static void set_by(double *&a, double *p) { a = p; }

void in_a_lambda(int n, double *p)
{
    double *a = nullptr, *b = nullptr, *c = [&] { return p; }();
    auto set = [&] { a = p; };
    set();
    for (int i = 1; i < n; i++) // expect: unknown: a and p lead to one array
        a[i] = p[i - 1] * 2.0;
    std::function<void()> later = [&b, p] { b = p + 1; };
    later();
    for (int i = 1; i < n; i++) // expect: unknown: b and p lead to one array
        b[i] = p[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: unknown: c and p lead to one array
        c[i] = p[i - 1] * 2.0;
}

void read_in_a_lambda(int n, double *p)
{
    double *a = new double[n];
    auto first = [&] { return a[0] + p[0]; };
    p[0] = first();
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = p[i - 1] * 2.0;
}

void by_a_reference(int n, double *p)
{
    double *a = new double[n], *b = new double[n], *c = new double[n];
    auto &other = a;
    other = b;
    for (int i = 1; i < n; i++) // expect: unknown: a and b lead to one array
        a[i] = b[i - 1] * 2.0;
    set_by(c, p);
    for (int i = 1; i < n; i++) // expect: unknown: c and p lead to one array
        c[i] = p[i - 1] * 2.0;
}

void arrays_by_reference(int n, double *a)
{
    double (&b)[100] = *reinterpret_cast<double (*)[100]>(a);
    double (*c)[100] = reinterpret_cast<double (*)[100]>(a);
    for (int i = 1; i < n; i++) // expect: unknown
        b[i] = a[i - 1] * 2.0;
    for (int i = 1; i < n; i++) // expect: unknown: c and a lead to one array
        (*c)[i] = a[i - 1] * 2.0;
}

void elements_by_a_reference(int n, double **rows, double *p)
{
    for (int i = 0; i < n; i++) { // expect: independent
        auto &row = rows[i];
        row = p;
    }
    for (int i = 0; i < n; i++) // expect: unknown: elements of rows are given addresses of one memory
        rows[i][0] += i;
}
