// Range-based loops, with openmp-version: 5.0 (before that OpenMP does not take them: see cplusplus.cpp).

#include <algorithm>
#include <array>
#include <cmath>
#include <list>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

struct Particle {
    double x, v, m;
};

void own_element(std::vector<double> &a, double f)
{
    for (auto &x : a) // expect: independent & suggest parallel for
        x = f * std::sqrt(x);
}

double sum(const std::vector<double> &a)
{
    double s = 0;
    for (double x : a) // expect: independent reduction(+: s) & suggest parallel for reduction(+:s)
        s += x * std::sqrt(x);
    return s;
}

double furthest(const std::vector<Particle> &all)
{
    double most = 0;
    for (const auto &p : all) // expect: independent reduction(max: most) & suggest parallel for reduction(max:most)
        most = std::max(most, std::sqrt(p.x * p.x + p.v));
    return most;
}

void temporary(std::vector<double> &a)
{
    double t;
    for (auto &x : a) { // expect: independent private(t) & suggest parallel for private(t)
        t = std::sin(x);
        x = t * t;
    }
}

void structures(std::vector<Particle> &all, double dt)
{
    for (auto &p : all) { // expect: independent & suggest parallel for
        p.v += std::sin(p.x) * dt;
        p.x += p.v * dt;
    }
}

void with_a_fixed_element(std::vector<double> &a)
{
    for (auto &x : a) // expect: dependent: is read as a[0]
        x = a[0] + std::sin(x);
}

void running_sum(std::vector<double> &a)
{
    double before = 0;
    for (auto &x : a) { // expect: dependent: holds what an earlier iteration wrote
        x += std::sin(before);
        before = x;
    }
}

void all_pairs(std::vector<Particle> &all)
{
    for (auto &p : all) // expect: independent & suggest parallel for
        for (const auto &q : all) // expect: dependent: every iteration writes p.v
            p.v += q.m * (q.x - p.x);
}

void all_pairs_moving(std::vector<Particle> &all)
{
    for (auto &p : all) // expect: dependent: is read as q.x
        for (const auto &q : all) // expect: dependent: every iteration writes p.x
            p.x += q.m * (q.x - p.x);
}

double rows(std::vector<std::vector<double>> &grid)
{
    double s = 0;
    for (auto &row : grid) // expect: independent reduction(+: s) & suggest parallel for reduction(+:s)
        for (auto &x : row) { // expect: independent reduction(+: s)
            x = std::sin(x);
            s += x;
        }
    return s;
}

void rows_and_columns(double (&grid)[100][200])
{
    for (auto &row : grid) // expect: independent & suggest parallel for
        for (double &x : row) // expect: independent
            x = std::sin(x);
}

void rows_that_are_copies(const std::vector<std::vector<double>> &grid, std::vector<double> &out, int n)
{
    for (int i = 0; i < n; ++i) // expect: independent & suggest parallel for
        for (double x : grid[i]) // expect: unknown: every iteration writes out[i]
            out[i] += std::sin(x);
}

void pointers_to_elements(std::vector<double *> &rows)
{
    for (auto row : rows) // expect: independent & suggest parallel for
        row[0] = std::sin(row[1]);
}

void counts(const std::vector<int> &values, std::vector<int> &histogram)
{
    for (int v : values) // expect: unknown: h
        histogram[v]++;
}

void weighted(const std::vector<std::pair<int, double>> &values, std::vector<double> &histogram)
{
    for (auto [place, weight] : values) // expect: unknown: histogram[place] of two iterations may be one element
        histogram[place] += weight;
}

void parts(std::vector<std::pair<double, double>> &values)
{
    for (auto &[a, b] : values) // expect: unknown: declares more than its elements
        a = std::sin(b) + values[0].first;
}

double constant_parts(const std::vector<std::pair<double, double>> &values)
{
    double s = 0;
    for (const auto &[a, b] : values) // expect: independent reduction(+: s) & suggest parallel for reduction(+:s)
        s += a * std::sin(b);
    return s;
}

void bits(std::vector<bool> &flags)
{
    for (auto bit : flags) // expect: unknown: two elements of flags may share memory
        bit = !bit;
}

int set_bits(const std::vector<bool> &flags)
{
    int found = 0;
    for (bool bit : flags) // expect: independent reduction(+: found) & suggest parallel for reduction(+:found)
        found += bit ? 3 : 1;
    return found;
}

void no_random_access(std::map<int, double> &by_name, std::list<double> &chain)
{
    for (auto &pair : by_name) // expect: unknown: by_name is not known to have random-access iterators
        pair.second = std::sin(pair.second);
    for (auto &x : chain) // expect: unknown: chain is not known to have random-access iterators
        x = std::sin(x);
}

template <typename Sequence>
void of_any_type(Sequence &a)
{
    for (auto &x : a) // expect: unknown: a is not known to have random-access iterators
        x = std::sin(x);
}

void few(std::array<double, 3> &point, double (&small)[4])
{
    for (auto &x : point) // expect: independent & silent: it runs 3 times only
        x = std::sin(x);
    for (auto &x : small) // expect: independent & silent: it runs 4 times only
        x = std::sin(x);
}

void letters(std::string &text)
{
    for (char &c : text) // expect: independent & suggest parallel for
        c = std::abs(c) % 26 + 'a';
}

void growing(std::vector<double> &a, std::vector<double> &out)
{
    for (double x : a) // expect: unknown: .push_back()
        out.push_back(std::sin(x));
}

void leaving(std::vector<double> &a)
{
    for (auto &x : a) { // expect: unknown: break leaves the loop before its end
        if (x < 0)
            break;
        x = std::sqrt(x);
    }
}

void pointer_of_no_declared_type(double *a, double *b, int n, const int *q)
{
    for (int i = 0; i < n; i++) { // expect: unknown: p, set in the loop, may lead to the same memory
        auto p = q[i] ? a : b;
        p[0] = std::sin(p[1]);
    }
}

struct World {
    std::vector<Particle> all;
    std::list<Particle> chain;
    double dt;

    void step()
    {
        for (auto &p : all) // expect: independent & suggest parallel for
            p.x += std::sin(p.v) * dt;
    }
};

void members(World &world, World *other)
{
    for (auto &p : world.all) // expect: independent & suggest parallel for
        p.x += std::sin(p.v) * world.dt;
    for (auto &p : other->all) // expect: independent & suggest parallel for
        p.x += std::sin(p.v) * world.dt;
    for (auto &p : world.all) // expect: dependent: is read as world.all[0].x
        p.x += std::sin(world.all[0].x);
    for (auto &p : world.chain) // expect: unknown: is not known to have random-access iterators
        p.x += std::sin(p.v) * world.dt;
}

double of_the_same_name(std::vector<double> &v)
{
    double s = 0;
    for (double v : v) // expect: unknown
        s += std::sqrt(v);
    return s;
}

double of_a_container_made_here(int n)
{
    std::vector<std::vector<double>> grid(n, std::vector<double>(n, 0.5));
    grid = std::vector<std::vector<double>>(n, std::vector<double>(n, 0.25));
    double s = 0;
    for (auto &row : grid) // expect: independent reduction(+: s) & suggest parallel for reduction(+:s)
        for (auto &x : row) { // expect: independent reduction(+: s)
            x = std::sin(x);
            s += x;
        }
    return s;
}

void of_a_container_that_changes(std::vector<std::vector<double>> &grid, std::vector<double> *other, int n)
{
    for (int i = 0; i < n; ++i) { // expect: unknown
        double *p = grid[i].data();
        for (int j = 0; j < n; ++j) { // expect: dependent: p, read here, holds what an earlier iteration wrote
            auto &x = p[0];
            p = other->data();
            x = std::sin(x);
        }
    }
}

struct Task {
    double *into;
    double own[2];
    double by;
};

void copies_that_lead_elsewhere(std::vector<Task> &tasks)
{
    for (auto task : tasks) // expect: unknown: task, set in the loop, may lead to the same memory
        task.into[0] += task.by;
}

double copies(std::vector<Task> &tasks)
{
    double s = 0;
    for (auto task : tasks) { // expect: independent reduction(+: s)
        task.own[0] += task.by;
        s += task.own[0];
    }
    return s;
}

void begun_in_parentheses(std::vector<double> &a, double *b, int n)
{
    std::span<double> view(a);
    for (int i = 1; i < n; ++i) // expect: dependent: view[i], written here, is read as a[i - 1]
        view[i] = a[i - 1];
    for (auto &x : view) // expect: dependent: x, written here, is read as a[0]
        x = a[0];
    std::span<double> part(b, n);
    for (int i = 1; i < n; ++i) // expect: unknown: part and b lead to one array
        part[i] = b[i - 1];
    std::vector<double> &same(a);
    for (int i = 1; i < n; ++i) // expect: dependent: same[i], written here, is read as a[i - 1]
        same[i] = a[i - 1];
    double *first(b);
    for (int i = 1; i < n; ++i) // expect: dependent: first[i], written here, is read as b[i - 1]
        first[i] = b[i - 1];
    double *second(b + 1);
    for (int i = 1; i < n; ++i) // expect: unknown: second and b lead to one array
        second[i] = b[i - 1];
    std::vector<double> zeros(n);
    for (int i = 1; i < n; ++i) // expect: independent
        zeros[i] = b[i - 1];
}

double in_lanes(const std::array<double, 200> &objects, const double (&numbers)[200])
{
    double s = 0.0;
    for (double x : objects) // expect: independent reduction(+: s) & silent
        s += x;
    for (auto it = objects.begin(); it < objects.end(); ++it) // expect: independent reduction(+: s) & silent
        s += *it;
    for (double x : numbers) // expect: independent reduction(+: s) & suggest simd reduction(+:s)
        s += x;
    return s;
}
