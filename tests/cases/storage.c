/* Where a scalar lives decides who may read it after the loop. */
#include <errno.h>

static double shared_total;
extern int visible;
static __thread int per_thread;
void use(double *);
int known(int);

void global_temporary(int n, double *restrict a, const double *restrict b)
{
    for (int i = 0; i < n; i++) { // expect: independent lastprivate(shared_total)
        shared_total = b[i];
        a[i] = shared_total * shared_total;
    }
}

void global_sum(int n, const double *b)
{
    for (int i = 0; i < n; i++) // expect: independent reduction(+: shared_total)
        shared_total += b[i];
}

void static_local(int n, double *a)
{
    static int calls;
    for (int i = 0; i < n; i++) { // expect: independent reduction(+: calls)
        calls++;
        a[i] = 0.5 * i;
    }
}

void static_in_the_body(int n, double *a)
{
    for (int i = 0; i < n; i++) { // expect: unknown: static
        static double kept;
        kept = a[i];
        a[i] = kept * 2.0;
    }
}

void escaped(int n, double *restrict a, const double *restrict b)
{
    double t;
    use(&t);
    for (int i = 0; i < n; i++) { // expect: independent private(t)
        t = b[i];
        a[i] = t;
    }
}

void passed_on_after_the_loop(int n, double *restrict a, const double *restrict b)
{
    double t;
    for (int i = 0; i < n; i++) { // expect: independent lastprivate(t)
        t = b[i];
        a[i] = t;
    }
    use(&t);
}

void escapes_in_the_loop(int n, double *a)
{
    double t;
    for (int i = 0; i < n; i++) { // expect: unknown: use
        use(&t);
        a[i] = t;
    }
}

void through_a_pointer(int n, double *restrict total, const double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: dependent: every iteration writes *total
        *total += b[i];
}

typedef volatile double reading;

struct device {
    volatile int state;
    int count;
};

void volatile_by_another_name(int n, reading *a, struct device *d, double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown: a is volatile
        a[i] = b[i];
    for (int i = 0; i < n; i++) // expect: unknown: state is volatile
        b[i] = b[i] * d->state;
    for (int i = 0; i < n; i++) // expect: unknown: state is volatile
        d[i].state = i;
    for (int i = 0; i < n; i++) // expect: independent
        d[i].count = i;
    for (int i = 0; i < n; i++) // expect: unknown: a cast makes memory volatile
        *(volatile double *)&b[i] = i;
}

static int state_of(const struct device *d)
{
    return d->state;
}

void volatile_in_a_function(int n, const struct device *d, double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown: it is not known what state (called by state_of()) does
        b[i] = b[i] * state_of(d);
}

void is_volatile(int n, const double *b)
{
    volatile double t;
    for (int i = 0; i < n; i++) // expect: unknown: t is volatile
        t = b[i];
}

void thread_local_storage(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: per_thread is thread-local
        a[i] = per_thread;
}

void error_numbers(int n, double *a)
{
    for (int i = 0; i < n; i++) { // expect: unknown: errno is thread-local
        errno = 0;
        a[i] = 2.0 * a[i];
    }
}
