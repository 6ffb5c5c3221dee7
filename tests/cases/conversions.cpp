// Objects that a function of their class turns into numbers: it runs wherever one stands for a number.
#include <cmath>
#include <vector>

struct Counted {
    double value;
    mutable int uses;
    operator double() const
    {
        uses++;
        return value;
    }
};

struct Wrapped {
    double value;
    operator double() const { return value; }
};

struct Elsewhere {
    double value;
    operator double() const;
};

void counts_its_uses(double *b, const Counted *a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: a conversion of Counted
        b[i] = std::sin(a[i % 4]);
}

void its_field_is_read(double *b, const Counted *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        b[i] = std::sin(a[i].value);
}

void only_computes(double *b, const std::vector<Wrapped> &a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        b[i] = std::sin(a[i]);
}

void not_in_view(double *b, const std::vector<Elsewhere> &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: a conversion of Elsewhere
        b[i] = std::sin(a[i]);
}
