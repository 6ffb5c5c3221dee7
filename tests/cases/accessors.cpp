// Member functions that only name an element: what their calls stand for is what is analysed.
#include <cassert>
#include <cmath>
#include <vector>

class Matrix {
public:
    Matrix(int rows, int columns) : rows_(rows), columns_(columns), data_(rows * columns) {}
    double &operator()(int i, int j)
    {
        assert(i < rows_);
        return data_[i * columns_ + j];
    }
    const double &operator()(int i, int j) const
    {
        assert(i < rows_);
        return data_[i * columns_ + j];
    }
    int rows() const { return rows_; }
    int columns() const { return columns_; }

private:
    int rows_, columns_;
    std::vector<double> data_;
};

void product(Matrix &c, const Matrix &a, const Matrix &b)
{
    for (int i = 0; i < c.rows(); i++) // expect: independent & suggest parallel for
        for (int j = 0; j < c.columns(); j++) { // expect: independent & silent: the loop around it
            double sum = 0.0;
            for (int k = 0; k < a.columns(); k++) // expect: independent reduction(+: sum)
                sum += a(i, k) * b(k, j);
            c(i, j) = sum;
        }
}

void downwards(Matrix &c)
{
    for (int i = 1; i < c.rows(); i++) // expect: dependent: c(i, j), written here, is read as c(i - 1, j)
        for (int j = 0; j < c.columns(); j++) // expect: independent
            c(i, j) = std::sqrt(c(i - 1, j));
}

typedef double Real;

class Mesh {
public:
    Real &force(int i) { return force_[i]; }
    Real &position(int i);
    int *corners(int i) { return &corners_[8 * i]; }
    int nodes() const { return nodes_; }
    void relax()
    {
        for (int i = 0; i < nodes_; i++) // expect: independent & suggest parallel for
            force(i) = std::sqrt(position(i));
    }
    void hidden(double *force_)
    {
        for (int i = 1; i < nodes_; i++) // expect: unknown: force()
            force(i) = std::sqrt(force_[i - 1]);
    }

private:
    std::vector<Real> force_, position_;
    std::vector<int> corners_;
    int nodes_;
};

inline Real &Mesh::position(int i) { return position_[i]; }

void forces(Mesh &mesh)
{
    for (int i = 0; i < mesh.nodes(); i++) // expect: independent & suggest parallel for
        mesh.force(i) = Real(2.0) * std::sqrt(mesh.position(i));
}

void gathered(Mesh *mesh, double *means, int cells)
{
    for (int cell = 0; cell < cells; cell++) { // expect: independent & suggest parallel for
        const int *corner = mesh->corners(cell);
        double sum = 0.0;
        for (int k = 0; k < 8; k++) // expect: independent reduction(+: sum)
            sum += mesh->position(corner[k]);
        means[cell] = sum / 8.0;
    }
}

void scattered(Mesh &mesh, int cells)
{
    for (int cell = 0; cell < cells; cell++) { // expect: unknown: the index is itself read from memory
        const int *corner = mesh.corners(cell);
        for (int k = 0; k < 8; k++) // expect: unknown
            mesh.force(corner[k]) += 1.0;
    }
}

struct Coarse {
    double *data;
    double &operator[](int i) { return data[i / 2]; }
};

void two_in_one(Coarse &a, const double *b, int n)
{
    for (int i = 0; i < n; i++) // expect: dependent: in another iteration
        a[i] = std::sqrt(b[i]);
}

struct Next {
    double *data;
    int last;
    double &next(int) { return data[last++]; }
    double &place(int i);
    virtual double &element(int i) { return data[i]; }
};

void not_in_view(Next &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: .place()
        a.place(i) = std::sqrt(i);
}

void with_an_effect(Next &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: .next()
        a.next(i) = std::sqrt(i);
}

void perhaps_another_one(Next &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: .element()
        a.element(i) = std::sqrt(i);
}

struct Derived : Next {
    double *other;
    double &element(int i) { return other[i]; }
};

void virtual_by_its_base(Derived &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: .element()
        a.element(i) = std::sqrt(i);
}

struct Two {
    double *first, *second;
    double &value(int i) { return first[0]; }
    double value(int i) const { return second[i]; }
};

void either_of_two(Two &a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: .value()
        a.value(i) = std::sqrt(i);
}

void an_argument_with_an_effect(Matrix &a, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown
        int j = 0;
        a(i, j++) = std::sqrt(i);
    }
}

typedef float Coarse_t;
typedef double Fine_t;
typedef Fine_t Value_t;
using Count = unsigned short;

Value_t summed(const Value_t *a, int n)
{
    Value_t sum = Value_t(0.0);
    for (int i = 0; i < n; i++) // expect: independent reduction(+: sum) & suggest parallel for reduction(+:sum)
        sum += Value_t(2.0) * a[i];
    return sum;
}

void narrowed(Value_t *a, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown
        a[Count(i)] = std::sqrt(i);
    for (int i = 0; i < n; i++) // expect: unknown
        a[int(Coarse_t(i))] = std::sqrt(i);
    for (int i = 0; i < n; i++) // expect: unknown
        a[static_cast<unsigned char>(i)] = std::sqrt(i);
}

struct Shared {
    static double table[1000];
    volatile int state;
    double &at(int i) { return table[i]; }
    int now() const { return state; }
};

void of_the_class(Shared &a, Shared &b)
{
    for (int i = 1; i < 1000; i++) // expect: unknown: cannot be named
        a.at(i) = std::sqrt(b.at(i - 1));
}

void asked_anew(Shared &a, double *b, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: now()
        b[i] = std::sqrt(a.now() + i);
}

inline float root(float x) { return std::sqrt(x); }
inline double root(double x) { return std::sqrt(x); }
inline long double root(long double x) { return std::sqrt(x); }

static int asked;
inline float counted(float x) { return x; }
inline double counted(double x) { return x * ++asked; }

void overloads(double *a, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = root(a[i]);
    for (int i = 0; i < n; i++) // expect: unknown: counted()
        a[i] = counted(a[i]);
}

namespace dense {
struct Table {
    double cells[100];
    double &operator()(int i) { return cells[i]; }
    void fill();
};

void visible_where_it_stands(Table &t, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        t(i) = std::sqrt(i);
}
} // namespace dense

namespace packed {
struct Rows {
    double &operator()(int i);
};
using Table = Rows;
}

void named_in_full(dense::Table &t, int n)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        t(i) = std::sqrt(i);
}

void of_another_name_space(packed::Table &t, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown
        t(i) = std::sqrt(i);
}

void cleared(Matrix &c)
{
    for (int i = 0; i < c.rows(); i++) // expect: independent & suggest parallel for
        for (int j = 0; j < c.columns(); j++) { // expect: independent & silent: the loop around it
            c(i, j) = 0;
            c(i, j) += std::sqrt(i + j);
        }
}

void cleared_again_and_again(Matrix &c, int n, int half)
{
    for (int k = 0; k < n; k++) { // expect: dependent: every iteration writes c(half, half)
        c(half, half) = 0;
    }
}

struct Folded {
    double cells[256];
    unsigned char place(int i) const { return i; }
    int whole(int i) const { return i; }
    double &cell(unsigned char i) { return cells[i]; }
    double value(int i) const { return cells[i]; }
};

void narrowed_by_an_accessor(int n, double *a, Folded &f)
{
    for (int i = 0; i < n; i++) // expect: unknown
        a[f.place(i)] = std::sqrt(i);
    for (int i = 0; i < n; i++) // expect: unknown
        f.cell(i) = std::sqrt(i);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[f.whole(i)] = std::sqrt(f.value(i));
}

template <class T, class Index> void narrowed_perhaps(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown
        a[(T)i] = std::sqrt(i);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[(Index)i] = std::sqrt(i);
}
