// Loops that iterators count, with openmp-version: 5.0 (before that OpenMP takes no `!=`).

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <iterator>
#include <list>
#include <string>
#include <vector>

struct Particle {
    double x, v;
};

typedef std::vector<double> Row;

void own_element(std::vector<double> &a)
{
    for (auto it = a.begin(); it != a.end(); ++it) // expect: independent & suggest parallel for
        *it = std::sqrt(*it);
}

double sum(const std::deque<double> &a)
{
    double s = 0;
    for (auto it = a.cbegin(); it != a.cend(); ++it) // expect: independent reduction(+: s) & suggest parallel for reduction(+:s)
        s += std::sqrt(*it);
    return s;
}

void members(std::vector<Particle> &all, double dt)
{
    for (std::vector<Particle>::iterator p = all.begin(); p < all.end(); ++p) { // expect: independent & suggest parallel for
        p->v += std::sin(p->x) * dt;
        (*p).x += p->v * dt;
    }
}

void elements_by_reference(std::vector<Particle> &all)
{
    for (auto it = all.begin(); it != all.end(); ++it) { // expect: independent & suggest parallel for
        Particle &p = *it;
        p.x = std::sin(p.x);
    }
}

void of_an_array()
{
    double a[100000];
    for (auto it = std::begin(a); it != std::end(a); ++it) // expect: independent & suggest parallel for
        *it = std::sin(*it);
}

void of_a_few(std::array<double, 5> &a)
{
    for (auto it = a.begin(); it != a.end(); ++it) // expect: independent & silent: it runs 5 times only
        *it = std::sin(*it);
}

void of_a_named_type(Row *a)
{
    for (Row::iterator it = a->begin(); it != a->end(); ++it) // expect: independent & suggest parallel for
        *it = std::sin(*it);
}

void with_the_end_in_a_variable(std::string &s)
{
    const auto end = s.end();
    for (auto it = s.begin(); it != end; ++it) // expect: independent & suggest parallel for
        *it = std::toupper(*it) ^ std::tolower(*it);
}

void the_element_before(std::vector<double> &a)
{
    for (auto it = a.begin() + 1; it != a.end(); ++it) // expect: dependent: *it, written here, is read as *(it - 1) at line 77, 1 iteration later
        *it = std::sin(*(it - 1));
}

void the_element_behind(std::vector<double> &a)
{
    for (auto it = a.begin(); it < a.end() - 1; ++it) // expect: dependent: 1 iteration earlier
        it[0] = std::sin(it[1]);
}

void pairs(std::vector<double> &a)
{
    for (auto it = a.begin(); it < a.end(); it += 2) // expect: independent & suggest parallel for
        it[0] = std::sin(it[1]);
}

void a_fixed_element(std::vector<double> &a)
{
    for (auto it = a.begin(); it != a.end(); ++it) // expect: dependent: is read as a[0]
        *it = std::sin(*it) + a[0];
}

void position(std::vector<double> &a, std::vector<double> &b)
{
    for (auto it = a.begin(); it != a.end(); ++it) { // expect: independent & suggest parallel for
        auto i = std::distance(a.begin(), it);
        b[i] = std::sin(*it);
    }
    for (auto it = a.begin(); it != a.end(); ++it) // expect: dependent: a[it - a.begin() + 1]
        *it = std::sin(a[it - a.begin() + 1]);
}

void rows(std::vector<std::vector<double>> &grid)
{
    for (auto row = grid.begin(); row != grid.end(); ++row) // expect: independent & suggest parallel for
        for (auto x = row->begin(); x != row->end(); ++x) // expect: unknown: row is not known to have random-access
            *x = std::sin(*x);
}

void bits(std::vector<bool> &a)
{
    for (auto it = a.begin(); it != a.end(); ++it) // expect: unknown: packs them
        *it = !*it;
}

double of_a_list(std::list<double> &a)
{
    double s = 0;
    for (auto it = a.begin(); it != a.end(); ++it) // expect: unknown: a is not known to have random-access iterators
        *it = std::sin(*it);
    for (std::list<double>::iterator it = a.begin(); it != a.end(); ++it) // expect: unknown: random-access
        s += std::sin(*it);
    return s;
}

template <class Iterator> void of_a_type_out_of_view(Iterator first, Iterator last)
{
    for (Iterator it = first; it != last; ++it) // expect: unknown: it is not known to be a random-access iterator
        *it = std::sin(*it);
}

void of_its_declared_type(std::vector<double>::iterator first, std::vector<double>::iterator last)
{
    for (std::vector<double>::iterator it = first; it != last; ++it) // expect: independent & suggest parallel for
        *it = std::sin(*it);
}

void of_its_declared_type_that_packs(std::vector<bool>::iterator first, std::vector<bool>::iterator last)
{
    for (std::vector<bool>::iterator it = first; it != last; ++it) // expect: unknown: packs them
        *it = !*it;
}

void backwards(std::vector<double> &a)
{
    for (auto it = a.rbegin(); it != a.rend(); ++it) // expect: unknown: it is not known to be a random-access iterator
        *it = std::sin(*it);
}

void container_that_changes(std::vector<double> &a, std::vector<double> &b)
{
    for (auto it = a.begin(); it != a.end(); ++it) { // expect: unknown: .push_back()
        *it = std::sin(*it);
        a.push_back(*it);
    }
    for (auto it = a.begin(); it != a.end(); ++it) { // expect: unknown: its bounds or its step
        *it = std::sin(*it);
        a = b;
    }
}

void iterator_that_changes(std::vector<double> &a)
{
    for (auto it = a.begin(); it != a.end(); ++it) { // expect: dependent: the loop's body changes its counter it
        *it = std::sin(*it);
        ++it;
    }
}

void two_iterators(std::vector<double> &a)
{
    for (auto it = a.begin(), end = a.end(); it != end; ++it) // expect: unknown: the number of iterations is not known
        *it = std::sin(*it);
}

void from_both_ends(std::vector<double> &a, int n)
{
    auto l = a.begin();
    auto r = a.end() - 1;
    for (int i = 0; i < n; i++) // expect: unknown: lead to one array
        l[i] = std::sin(r[-i]);
}

void first_is_read(std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) // expect: dependent: read as a.front()
        a[i] = std::sin(a.front());
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = std::sin(a.front());
}

void last_is_read(std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: may be one element
        a[i] = std::sin(a.back());
}

void copied(std::vector<double> &a, std::vector<std::vector<double>> &m, int n)
{
    auto before = a;
    auto row = m[0];
    for (int i = 1; i < n; i++) // expect: independent
        a[i] = std::sin(before[i - 1]);
    for (int i = 1; i < n; i++) // expect: unknown: lead to one array
        m[0][i] = std::sin(row[i - 1]);
}
