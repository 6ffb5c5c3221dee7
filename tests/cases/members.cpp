// Members that a constructor points at one another, and classes that count.
#include <cmath>
#include <vector>

struct Counted {
    static int made;
    int value;
    Counted(int v) : value(v) { made++; }
    operator int() const { return value; }
    Counted &operator++()
    {
        ++value;
        return *this;
    }
    bool operator<(int n) const { return value < n; }
};

void counted_by_a_class(double *a, int n)
{
    for (Counted i = 0; i < n; ++i) // expect: independent & silent: i counts, but is no integer and no pointer
        a[i] = std::sin(a[i]);
}

struct Field {
    std::vector<double> values, others;
    double *first;
    Field() { first = values.data(); }
    void shift(int n)
    {
        for (int i = 1; i < n; i++) // expect: unknown: first and values lead to one array
            first[i] = std::sin(values[i - 1]);
        for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
            first[i] = std::sin(others[i - 1]);
    }
};

static double shared[100];

static void point(double *&p)
{
    p = shared;
}

void given_by_reference(int n)
{
    double *p;
    point(p);
    for (int i = 1; i < n; i++) // expect: unknown: p and shared lead to one array
        p[i] = std::sin(shared[i - 1]);
}

void copied(std::vector<double> &a, int n)
{
    std::vector<double> before = a;
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        a[i] = std::sin(before[i - 1]);
}
