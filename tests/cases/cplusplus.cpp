// Vectors, references, templates, iterators.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <limits>
#include <random>
#include <vector>

void vectors(const std::vector<double> &a, std::vector<double> &b)
{
    for (std::size_t i = 0; i < a.size(); ++i) // expect: independent & suggest parallel for
        b[i] = std::sqrt(a[i]);
}

void bounds_checked(const std::vector<double> &a, std::vector<double> &b, int n)
{
    for (int i = 1; i < n; ++i) // expect: independent & suggest parallel for
        b.at(i) = a.at(i - 1);
}

void recurrence(std::vector<double> &a)
{
    for (std::size_t i = 1; i < a.size(); ++i) // expect: dependent: 1 iteration later
        a[i] += a[i - 1];
}

void grows(const std::vector<double> &a, std::vector<double> &b)
{
    for (std::size_t i = 0; i < a.size(); ++i) // expect: unknown: .push_back()
        b.push_back(a[i]);
}

void packed_bits(std::vector<bool> &a, int n)
{
    for (int i = 0; i < n; ++i) // expect: unknown
        a[i] = true;
}

void reference_to_an_element(std::vector<double> &a, int n)
{
    for (int i = 0; i < n; ++i) { // expect: independent
        double &x = a[i];
        x = x * 2.0;
    }
}

double reference_to_a_sum(int n, const double *a)
{
    double total = 0.0;
    double &s = total;
    for (int i = 0; i < n; ++i) // expect: unknown: another name
        s += a[i];
    return total;
}

void reference_parameter(int n, const double *a, double &s)
{
    for (int i = 0; i < n; ++i) // expect: independent reduction(+: s) & suggest parallel for reduction(+:s)
        s += a[i];
}

double extremes(const std::vector<double> &a, int n)
{
    double most = a[0], least = a[0];
    for (int i = 1; i < n; ++i) { // expect: independent reduction(max: most) reduction(min: least)
        most = std::max(most, a[i]);
        least = std::min(a[i], least);
    }
    return most - least;
}

void told_their_types(int n, const double *__restrict a, double *__restrict b, std::size_t *__restrict c)
{
    for (int i = 0; i < n; ++i) // expect: independent
        b[i] = std::max<double>(a[i], 0.0) / std::numeric_limits<double>::epsilon();
    for (int i = 0; i < n; ++i) // expect: independent
        c[i] = std::size_t(a[i]) * 3;
}

template <typename Key>
struct numeric_limits {
    static int calls;
    static double max() { return ++calls; }
};

void own_limits(int n, double *a)
{
    for (int i = 0; i < n; ++i) // expect: unknown: max()
        a[i] = numeric_limits<double>::max();
}

template <typename value_t>
void conversions(const value_t *a, value_t *__restrict b, int n)
{
    for (int i = 0; i < n; ++i) { // expect: independent
        value_t t = value_t(0);
        t += a[i];
        b[i] = t * value_t(2);
    }
}

template <typename Counter, typename Function>
void called_or_made(std::vector<double> &a, int n, Function f)
{
    for (int i = 0; i < n; ++i) // expect: unknown: f()
        a[i] = f(a[i]);
    for (int i = 0; i < n; ++i) // expect: unknown: Counter()
        a[i] = Counter(&n);
}

template <typename T>
T sum(const T *a, int n)
{
    T s = 0;
    for (int i = 0; i < n; ++i) // expect: unknown: its type T is not known to be a number
        s += a[i];
    return s;
}

template <typename T>
void fill(T *a, int n, T value)
{
    for (int i = 0; i < n; ++i) // expect: independent & suggest parallel for
        a[i] = value * a[i] + value;
}

void range_for(std::vector<double> &a)
{
    for (double &x : a) // expect: independent & silent: from OpenMP 5.0 on; write it with an index
        x *= 2.0;
}

void iterators(std::vector<double> &a)
{
    for (std::vector<double>::iterator it = a.begin(); it != a.end(); ++it) // expect: independent & silent: `!=` in the loop's test needs OpenMP 5.0
        *it = 0.5 * *it;
    for (std::vector<double>::iterator it = a.begin(); it < a.end(); ++it) // expect: independent & suggest parallel for
        *it = 0.5 * *it;
}

void objects(int n, double *a)
{
    std::vector<double> work;
    for (int i = 0; i < n; ++i) { // expect: silent
        work = std::vector<double>(3, 1.0);
        a[i] = work[0];
    }
}

void throwing(int n, double *a)
{
    for (int i = 0; i < n; ++i) { // expect: unknown: throw leaves the loop before its end
        if (a[i] < 0.0)
            throw i;
        a[i] = std::sqrt(a[i]);
    }
}

void lambda(int n, double *a)
{
    auto f = [&](int m) {
        for (int j = 0; j < m; ++j) // expect: silent
            a[j] = 0.0;
    };
    f(n);
}

struct Field {
    int n;
    std::vector<double> values;
    double total;

    void clear()
    {
        for (int i = 0; i < n; ++i) // expect: independent & suggest parallel for
            values[i] = values[i] * values[i];
    }

    void add()
    {
        for (int i = 0; i < n; ++i) // expect: silent
            total += values[i];
    }
};

void nested_vectors(std::vector<std::vector<double>> &a, int n, int m)
{
    for (int i = 0; i < n; ++i) // expect: independent
        for (int j = 0; j < m; ++j) // expect: independent
            a[i][j] = i + j;
}

void auto_counter(std::vector<double> &a)
{
    for (auto i = 0u; i < a.size(); ++i) // expect: independent
        a[i] = 1.0;
}

void rows_of_their_own_length(std::vector<std::vector<double>> &a)
{
    for (std::size_t i = 0; i < a.size(); ++i) // expect: independent & suggest parallel for
        for (std::size_t j = 0; j < a[i].size(); ++j) // expect: independent
            a[i][j] = a[i][j] * a[i][j] + 1.0;
}

void row_above(std::vector<std::vector<double>> &a)
{
    for (std::size_t i = 1; i < a.size(); ++i) // expect: unknown: the subscripts do not tell
        for (std::size_t j = 0; j < a[i].size(); ++j) // expect: independent
            a[i][j] = a[i - 1][j] * 2.0;
}

double inside_try(std::vector<double> &a, int n)
{
    try {
        for (int i = 0; i < n; ++i) // expect: suggest parallel for
            a[i] = a[i] * 2.0;
    } catch (...) {
        return 0.0;
    }
    return 1.0;
}

void try_in_the_body(std::vector<double> &a, int n)
{
    double t = 0.0;
    for (int i = 0; i < n; ++i) { // expect: unknown t
        try {
            t = a[i];
        } catch (...) {
        }
        a[i] = t * 2.0;
    }
}

struct Accumulator {
    double v;
    Accumulator(double *a) : v(*a) { *a += 1.0; }
    Accumulator &operator<<(double x);
};

void operators_of_a_class(std::vector<double> &a, int n, Accumulator &sum)
{
    for (int i = 0; i < n; ++i) // expect: unknown: an operator of Accumulator
        sum << a[i] * 2.0;
}

void a_stream(std::vector<double> &a, int n)
{
    for (int i = 0; i < n; ++i) // expect: unknown: stream
        std::cerr << a[i] * 2.0;
}

void constructed_in_the_body(double *a, int n)
{
    for (int i = 0; i < n; ++i) { // expect: unknown: constructing
        Accumulator t(a);
        a[i] = a[i] * 2.0;
    }
}

double through_a_pointer(double *a, int n)
{
    double t = 0.0;
    double *q = &t;
    for (int i = 0; i < n; ++i) { // expect: unknown: a pointer may lead to it
        t = a[i] * 2.0;
        a[i] = *q + 1.0;
    }
    return t;
}

constexpr int at_compile_time(int n)
{
    int s = 0;
    for (int i = 0; i < n; ++i) // expect: silent: compile time
        s += i * i;
    return s;
}

void turned_around(double *a, int n)
{
    for (int i = 0; i < n - 1; ++i) // expect: dependent: 1 iteration
        i[a] = *(a + i + 1) * 2.0;
}

void ask(int &offset);
void tell(int offset);

void offset_by_reference(double *a)
{
    int offset = 0;
    ask(offset);
    for (int i = 0; i < 100; i++) // expect: unknown: a[i + offset]
        a[i] = 0.5 * a[i + offset];
}

void offset_by_value(double *a)
{
    int offset = 0;
    tell(offset);
    for (int i = 0; i < 100; i++) // expect: independent
        a[i] = 0.5 * a[i + offset];
}

void offset_from_a_stream(double *a)
{
    int offset = 0;
    std::cin >> offset;
    for (int i = 0; i < 100; i++) // expect: unknown: a[i + offset]
        a[i] = 0.5 * a[i + offset];
}

void offset_from_a_lambda(double *a)
{
    int offset = 0;
    [&] { offset = 1; }();
    for (int i = 0; i < 100; i++) // expect: unknown: a[i + offset]
        a[i] = 0.5 * a[i + offset];
}

void waits_for_the_exception(const std::vector<double> &a, std::vector<double> &b, int n)
{
    try {
        for (int i = 0; i < n; ++i) // expect: unknown: b.at may throw
            b.at(i) = 0.5 * a.at(i);
    } catch (const std::out_of_range &) {
    }
}

static void mirror(int i, int &j)
{
    j = -i;
}

static void skip(int &i)
{
    ++i;
}

void subscript_by_reference(double *a, int n)
{
    for (int i = 0; i < n; ++i) { // expect: unknown: a[i + j]
        int j;
        mirror(i, j);
        a[i + j] += 1.0;
    }
}

void counter_by_reference(double *a, int n)
{
    for (int i = 0; i < n; ++i) { // expect: dependent: the loop's body changes its counter
        a[i] = 2.0;
        skip(i);
    }
}

void offset_from_a_stream_that_is_pointed_to(double *a, std::istream *in)
{
    int offset = 0;
    *in >> offset;
    for (int i = 0; i < 100; i++) // expect: unknown: a[i + offset]
        a[i] = 0.5 * a[i + offset];
}

struct Files {
    std::ofstream out;
    std::istream *in;
};

void streams_that_are_no_variables(double *a, int n, std::ostream *out, Files &files)
{
    for (int i = 0; i < n; ++i) // expect: unknown: it is not known what `<<` does
        *out << a[i];
    for (int i = 0; i < n; ++i) // expect: unknown: it is not known what `<<` does
        files.out << a[i] << 1;
    for (int i = 0; i < n; ++i) { // expect: unknown: it is not known what `>>` does
        int k;
        *files.in >> k;
        a[i + k] = 1.0;
    }
}

using Bits = std::vector<bool>;

void packed(Bits &flags, int n)
{
    for (int i = 0; i < n; ++i) // expect: unknown: two elements of flags may share memory
        flags[i] = true;
}

struct Waves {
    double *now;
    int size;

    void shift()
    {
        for (int i = 1; i < size; ++i) // expect: dependent: 1 iteration later
            this->now[i] = 2.0 * now[i - 1];
    }

    void shift_from(const double *now)
    {
        for (int i = 1; i < size; ++i) // expect: independent
            this->now[i] = 2.0 * now[i - 1];
    }

    void shrink()
    {
        for (int i = 0; i < this->size; ++i) { // expect: unknown: its bounds or its step
            now[i] = 2.0 * i;
            size = i + 7;
        }
    }

    void scale();
};

void Waves::scale()
{
    for (int i = 1; i < size; ++i) // expect: dependent: 1 iteration later
        this->now[i] = 2.0 * now[i - 1];
}

double elsewhere(int i, double &force);

void what_a_call_may_set_later(int n, double *a)
{
    double f = 0.0;
    for (int i = 0; i < n; i++) { // expect: dependent: f, read here, holds what an earlier iteration wrote
        a[i] = f;
        f = 2.0 * f + 1.0;
    }
    elsewhere(n, f);
}

void what_a_call_may_set(int n, double *a)
{
    double f = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown
        if (a[i] > 0.0) {
            a[i] = elsewhere(i, f);
            f *= 2.0;
        } else
            f = 0.0;
    }
}

class Halves {
public:
    double &at(int i) { return kept[i / 2]; }
    double &operator[](int i) { return kept[i / 2]; }
    double back() { return kept[count++]; }
    int rows() const { return count; }
    void every_other(double *out, int n);
    void another_name(int n);

private:
    std::vector<double> kept;
    int count;
};

void Halves::every_other(double *out, int n)
{
    for (int i = 0; i < n; i++) // expect: dependent: at(i), written here, is written as at(i)
        at(i) = std::sin(i);
    for (int i = 0; i < n; i++) // expect: unknown: cannot be named
        (*this)[i] = std::sin(i);
    for (int i = 0; i < n; i++) // expect: unknown: .back()
        out[i] = std::sin(this->back());
}

void Halves::another_name(int n)
{
    Halves *self = this;
    double *elements = this->kept.data();
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        self->kept[i] = std::sin(kept[i - 1]);
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        (*this).kept[i] = std::sin(kept[i - 1]);
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        elements[i] = std::sin(kept[i - 1]);
}

void not_of_a_container(Halves &halves, double *out, int n)
{
    for (int i = 0; i < n; i++) // expect: dependent: halves.at(i), written here, is written as halves.at(i)
        halves.at(i) = std::sin(i);
    for (int i = 0; i < n; i++) // expect: unknown: .back()
        out[i] = std::sin(halves.back());
    for (int i = 0; i < n; i++) // expect: independent
        out[i] = std::sin(halves.rows() + i);
}

void structured_bindings(std::vector<double> &a, int n)
{
    auto [factor, offset] = std::make_pair(2.0, 3.0);
    for (int i = 0; i < n; i++) // expect: independent & silent: factor is a structured binding
        a[i] = std::sin(a[i]) * factor;
    for (int i = 0; i < n; i++) { // expect: independent & suggest parallel for
        auto [own, other] = std::make_pair(2.0, i);
        a[i] = std::sin(a[i]) * own + other;
    }
}

void functions_of_library_names(double *a, int n, unsigned seed)
{
    int calls = 0;
    std::mt19937 rand_r(seed);
    auto hypot = [&calls](double x) { return x * ++calls; };
    for (int i = 0; i < n; ++i) // expect: unknown: rand_r()
        a[i] = std::sqrt(rand_r());
    for (int i = 0; i < n; ++i) // expect: unknown: hypot()
        a[i] = std::sqrt(hypot(i));
}

void a_copy_is_storage_of_its_own(int n, const std::vector<double> &a, std::vector<double> &b)
{
    std::vector<double> first(a), second = a, third{a};
    auto fourth = a;
    auto &same = b;
    for (int i = 0; i < n; i++) // expect: independent
        first[i] = 2.0 * a[i + 1];
    for (int i = 0; i < n; i++) // expect: independent
        second[i] = 2.0 * a[i + 1];
    for (int i = 0; i < n; i++) // expect: independent
        third[i] = 2.0 * a[i + 1];
    for (int i = 0; i < n; i++) // expect: independent
        fourth[i] = 2.0 * a[i + 1];
    for (int i = 0; i < n; i++) // expect: dependent: 1 iteration earlier
        same[i] = 2.0 * b[i + 1];
}

void a_copy_of_pointers_leads_where_they_do(int n, std::vector<double *> &a)
{
    std::vector<double *> b(a);
    for (int i = 0; i < n; i++) // expect: unknown: b and a lead to one array
        b[i][0] = 2.0 * a[i + 1][0];
}

// Containers by names for them, and of a size in capitals that a header out of view defines: each owns its elements.

typedef std::vector<double> Line;
typedef std::vector<Line> Sheet;

void named_containers(int n)
{
    Sheet from(n, Line(n)), to(n, Line(n));
    for (int i = 1; i < n - 1; ++i) // expect: independent & suggest parallel for
        for (int j = 1; j < n - 1; ++j) // expect: independent
            to[i][j] = 0.25 * (from[i - 1][j] + from[i + 1][j]);
}

#ifdef OUT_OF_VIEW
void of_a_size_in_capitals()
{
    std::vector<double> place(BODIES), speed(BODIES);
    std::vector<double> force(BODIES);
    for (int i = 0; i < BODIES; ++i) // expect: independent & suggest parallel for
        speed[i] += std::sqrt(force[i]) * place[i];
}
#endif
