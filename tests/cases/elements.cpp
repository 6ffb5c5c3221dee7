// Elements of C++ containers and classes that are not apart though their subscripts are.
#include <cmath>
#include <map>
#include <memory_resource>
#include <tuple>
#include <unordered_map>
#include <vector>

struct Graph {
    std::vector<bool> marked;
    std::map<int, double> weights;
    std::vector<double> x;

    void of_a_member(int n)
    {
        for (int i = 0; i < n; i++) // expect: unknown: makes the elements of weights
            x[i] = std::sin(x[i]) * weights[i % 10];
        for (int i = 0; i < n; i++) // expect: unknown: makes the elements of this->weights
            x[i] = std::sin(x[i]) * this->weights[i % 10];
    }
};

void read_from_a_map(std::map<int, double> &weights, std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: makes the elements of weights
        a[i] = std::sin(a[i]) * weights[i % 10];
}

void only_looked_up(const std::unordered_map<int, double> &weights, std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = std::sin(a[i]) * weights.at(i % 10);
}

void map_of_each_iteration(std::vector<double> &a, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown
        std::map<int, double> own;
        own[3] = a[i];
        a[i] = std::sin(own[3]);
    }
}

void in_a_field(Graph &graph, Graph *other, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: graph.marked may share memory
        graph.marked[i] = std::sin(graph.x[i]) > 0.0;
    for (int i = 0; i < n; i++) // expect: unknown: other->marked may share memory
        other->marked[i] = std::sin(other->x[i]) > 0.0;
    for (int i = 0; i < n; i++) // expect: unknown: makes the elements of other->weights
        graph.x[i] = std::sin(graph.x[i]) * other->weights[i % 10];
    for (int i = 0; i < n; i++) // expect: independent
        graph.x[i] = graph.marked[i] ? std::sin(i) : 0.0;
}

void under_another_name(Graph &graph, int n)
{
    auto &weights = graph.weights;
    for (int i = 0; i < n; i++) // expect: unknown: makes the elements of weights
        graph.x[i] = std::sin(graph.x[i]) * weights[i % 10];
}

void stands_for_a_bit(std::vector<bool> &marked, const double *x, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: marked may share memory
        auto bit = marked[i];
        bit = std::sin(x[i]) > 0.0;
    }
}

struct Counted {
    static int operations;
    double value;

    Counted operator+(const Counted &other) const
    {
        operations++;
        return {value + other.value};
    }
};

struct Plain {
    double value;

    Plain operator+(const Plain &other) const { return {value + other.value}; }
};

void operators_that_count(std::vector<Counted> &a, const std::vector<Counted> &b, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: an operator of Counted
        a[i] = b[i] + b[i + 1];
}

void plain_operators(std::vector<Plain> &a, const std::vector<Plain> &b, int n)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[i] = b[i] + b[i + 1];
}

struct Linked {
    double value;
    Linked *next;
};

void links_into_the_array(std::vector<Linked> &a, Linked *b, int n)
{
    for (int i = 0; i < n; i++) // expect: independent
        a[i].next = &a[i ? i - 1 : 0];
    for (int i = 0; i < n; i++) // expect: unknown: elements are given addresses of others
        a[i].value = std::sin(a[i].next->value);
    for (int i = 0; i < n; i++) // expect: unknown: elements are given addresses of others
        a[i].next->value = std::sin(a[i].value);
    for (int i = 0; i < n; i++) // expect: independent
        b[i].value = std::sin(b[i].next->value);
}

void shares_its_memory(std::vector<double> &a, std::pmr::memory_resource &memory, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: constructing a std::pmr::vector
        std::pmr::vector<double> own(3, &memory);
        own[0] = a[i];
        a[i] = std::sin(own[0]);
    }
}

using Weights = std::map<int, double>;

void maps_under_another_name(const std::vector<double> &a, std::vector<double> &b, std::vector<Weights> &w, int n)
{
    for (int i = 0; i < n; ++i) // expect: unknown: makes the elements of w[i % 3] that are not there yet
        b[i] = a[i] * w[i % 3][2];
}

std::tuple<double *, double *> columns;
std::tuple<double> total;

void bound_to_parts_of_a_tuple(const std::vector<double> &a, int n)
{
    auto &[first, second] = columns;
    for (int i = 0; i < n; ++i) // expect: unknown: first is a reference, and it is not known to what
        first[i] = a[i] * second[i];
}

void bound_to_a_number_of_a_tuple(const std::vector<double> &a, std::vector<double> &b, int n)
{
    auto &&[sum] = total;
    for (int i = 0; i < n; ++i) { // expect: unknown: sum is a reference, and it is not known to what
        sum = a[i] * 2.0;
        b[i] = sum * sum;
    }
}

template <typename T>
void of_what_the_use_of_a_template_gives(std::vector<T> &marked, const double *x, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory: of what type it is cannot be seen
        marked[i] = std::sin(x[i]) > 0.0 ? 1 : 0;
}

template <typename T>
void behind_a_pointer(T *marked, const double *x, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        marked[i] = std::sin(x[i]) > 0.0 ? 1 : 0;
}

std::vector<bool> none_marked(int n);

void of_what_a_call_gives(const double *x, int n)
{
    auto marked = none_marked(n);
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory: of what type it is cannot be seen
        marked[i] = std::sin(x[i]) > 0.0;
}

void of_a_type_of_a_class(decltype(Graph::marked) &marked, const double *x, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: marked may share memory: of what type it is cannot be seen
        marked[i] = std::sin(x[i]) > 0.0;
}
