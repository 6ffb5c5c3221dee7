// What looks like a declaration or a value, and acts (C++17).
#include <cmath>
#include <functional>
#include <typeinfo>
#include <vector>

#define EACH(x, list) for (x : list)
#define DURING(lock) for (int once = (lock); once < 1; once++)

int counted;

void macros_with_blocks(std::vector<double> &a, const std::vector<int> &list, int n, int m)
{
    for (int i = 0; i < n; i++) { // expect: unknown: a macro with a block of its own
        EACH(int x, list) { counted += x; }
        a[i] = std::sin(i);
    }
    for (int i = 0; i < n; i++) { // expect: unknown: a macro with a block of its own
        DURING(m) { counted++; }
        a[i] = std::sin(i);
    }
}

struct Counting {
    double value;
    Counting(double x) : value(x) { counted++; }
    operator double() const { return value; }
};

void values_of_a_class(std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: constructing a Counting
        a[i] = std::sin(Counting{2.0});
    for (int i = 0; i < n; i++) // expect: unknown: Counting()
        a[i] = std::sin(Counting(2.0));
}

void fields_with_first_values(std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: constructing a Numbered
        struct Numbered {
            int number = counted++;
        } one;
        a[i] = std::sin(one.number);
    }
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        struct Plain {
            int number = 3;
        } one;
        a[i] = std::sin(one.number);
    }
}

void declared_in_a_switch(std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) // expect: dependent: counted, read here
        switch (int number = counted++; number) {
        default:
            a[i] = std::sin(i);
        }
}

void set_in_the_first_iteration(std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: first is static
        static const double first = std::sin(a[i]);
        a[i] = first;
    }
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        static const double half = 0.5;
        a[i] = std::sin(half * i);
    }
}

struct Summed {
    double &total;
};

void fields_that_are_references(std::vector<double> &a, double &total, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: one.total is a reference
        Summed one{total};
        one.total += std::sin(i);
    }
}

void wrapped_references(std::vector<std::reference_wrapper<double>> &a, int n)
{
    for (double &x : a) // expect: unknown: a may share memory
        x = std::sin(n);
}

void operands_without_effect(std::vector<double> &a, int n, int c)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = std::sin(sizeof(double));
    for (int i = 0; i < n; i++) // expect: unknown: typeid
        a[i] = std::sin(typeid(c++).hash_code());
}

void lambdas(std::vector<double> &a, int n, int c)
{
    for (int i = 0; i < n; i++) { // expect: unknown: a lambda
        auto next = [&] { return c++; };
        a[i] = std::sin(next());
    }
}

namespace steps
{
void main(int n, double *a, double *b)
{
    for (int i = 0; i < n; i++) // expect: independent & silent: a team of threads runs this function already
        a[i] = 1.0 + b[i] * i;
#pragma omp barrier
    a[0] = 0.0;
}
} // namespace steps
