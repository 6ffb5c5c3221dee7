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
