/* Classes of scalars, by control flow. */
#include <math.h>

void straight(int n, double *restrict a, const double *restrict b)
{
    double t;
    for (int i = 0; i < n; i++) { // expect: independent private(t) & suggest parallel for private(t)
        t = b[i] * b[i];
        a[i] = t + 1.0 / (1.0 + t);
    }
}

double read_afterwards(int n, double *restrict a, const double *restrict b)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) { // expect: independent lastprivate(t) & suggest parallel for lastprivate(t)
        t = b[i] * 2.0;
        a[i] = sqrt(t);
    }
    return t;
}

int counter_read_afterwards(int n, double *a)
{
    int i;
    for (i = 0; i < n; i++) // expect: independent lastprivate(i)
        a[i] = sin(a[i]);
    return i;
}

void both_branches(int n, double *restrict a, const double *restrict b)
{
    double t;
    for (int i = 0; i < n; i++) { // expect: independent private(t)
        if (b[i] > 0.0)
            t = b[i];
        else
            t = -b[i];
        a[i] = t;
    }
}

void one_branch(int n, double *restrict a, const double *restrict b)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: t, read here, may still hold the value of an earlier iteration
        if (b[i] > 0.0)
            t = b[i];
        a[i] = t;
    }
}

void used_in_one_branch(int n, double *restrict a, const double *restrict b)
{
    double t;
    for (int i = 0; i < n; i++) { // expect: independent private(t)
        if (b[i] > 0.0) {
            t = b[i];
            a[i] = t * t;
        }
    }
}

double written_in_some(int n, const double *b)
{
    double last = 0.0;
    for (int i = 0; i < n; i++) // expect: dependent: last is written in some iterations only, and read after the loop
        if (b[i] > 0.0)
            last = b[i];
    return last;
}

void carried(int n, double *restrict a, const double *restrict b)
{
    double previous = 0.0;
    for (int i = 0; i < n; i++) { // expect: dependent: previous, read here, holds what an earlier iteration wrote
        a[i] = b[i] - previous;
        previous = b[i];
    }
}

void chosen_by_switch(int n, double *restrict a, const int *restrict kind)
{
    double t;
    for (int i = 0; i < n; i++) { // expect: independent private(t)
        switch (kind[i]) {
        case 0:
            t = 1.0;
            break;
        case 1:
        case 2:
            t = 2.0;
            break;
        default:
            t = 0.0;
        }
        a[i] = t;
    }
}

void switch_without_default(int n, double *restrict a, const int *restrict kind)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: may still hold the value of an earlier iteration
        switch (kind[i]) {
        case 0:
            t = 1.0;
            break;
        case 1:
            t = 2.0;
        }
        a[i] = t;
    }
}

void falling_through(int n, double *restrict a, const int *restrict kind)
{
    double t, u;
    for (int i = 0; i < n; i++) { // expect: unknown: u, read here, may still hold the value of an earlier iteration
        switch (kind[i]) {
        case 0:
            u = 1.0;
        default:
            t = 2.0;
        }
        a[i] = t + u;
    }
}

void skipping(int n, double *restrict a, const double *restrict b)
{
    double t;
    for (int i = 0; i < n; i++) { // expect: independent private(t)
        if (b[i] < 0.0)
            continue;
        t = b[i];
        a[i] = t;
    }
}

double skipping_before_the_last_write(int n, double *restrict a, const double *restrict b)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) { // expect: dependent: t is written in some iterations only, and read after the loop
        if (b[i] < 0.0)
            continue;
        t = b[i];
        a[i] = t;
    }
    return t;
}

int stopping(int n, const double *b)
{
    int i;
    for (i = 0; i < n; i++) // expect: unknown: break leaves the loop before its end
        if (b[i] < 0.0)
            break;
    return i;
}

int returning(int n, const double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown: return leaves the loop before its end
        if (b[i] < 0.0)
            return i;
    return -1;
}

void jumping(int n, double *a)
{
    for (int i = 0; i < n; i++) { // expect: unknown: goto leaves the loop before its end
        if (a[i] < 0.0)
            goto done;
        a[i] = sqrt(a[i]);
    }
done:
    return;
}

void jumping_inside(int n, double *a)
{
    for (int i = 0; i < n; i++) { // expect: unknown: a goto label stands in the loop
        if (a[i] < 0.0)
            goto next;
        a[i] = sqrt(a[i]);
    next:;
    }
}

void inner_stop(int n, int m, double *restrict a, const double *restrict b)
{
    int j;
    for (int i = 0; i < n; i++) { // expect: independent private(j)
        for (j = 0; j < m; j++) // expect: unknown: break leaves the loop before its end & silent
            if (b[i * m + j] > 0.0)
                break;
        a[i] = j;
    }
}

void inner_do_while(int n, double *restrict a, const double *restrict b)
{
    double x;
    for (int i = 0; i < n; i++) { // expect: independent private(x)
        do { // expect: unknown: the number of iterations is not known when the loop starts
            x = b[i] * 0.5;
        } while (x > 1.0);
        a[i] = x;
    }
}

void inner_while_may_not_run(int n, double *restrict a, const double *restrict b)
{
    double x = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: x, read here, may still hold the value of an earlier iteration
        int k = (int)b[i];
        while (k > 0) { // expect: dependent: k, read here, holds what an earlier iteration wrote
            x = b[i];
            k = k / 2;
        }
        a[i] = x;
    }
}

void inner_for_may_not_run(int n, int m, double *restrict a, const double *restrict b)
{
    double x = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: x, read here, may still hold the value of an earlier iteration
        for (int j = 0; j < m; j++) // expect: independent lastprivate(x) & silent
            x = b[j];
        a[i] = x;
    }
}

void inner_for_surely_runs(int n, double *restrict a, const double *restrict b)
{
    double x;
    for (int i = 0; i < n; i++) { // expect: independent private(x)
        for (int j = 0; j < 4; j++) // expect: independent lastprivate(x) & silent
            x = b[i] + j;
        a[i] = x;
    }
}

void short_circuit(int n, double *restrict a, const double *restrict b)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: t, read here, may still hold the value of an earlier iteration
        int found = b[i] > 0.0 && (t = b[i]) > 1.0;
        a[i] = found ? t : t + 1.0;
    }
}

void comma(int n, double *restrict a, const double *restrict b)
{
    double t, u;
    for (int i = 0; i < n; i++) { // expect: independent private(t, u)
        t = b[i], u = t * t;
        a[i] = u;
    }
}

void assigned_in_a_condition(int n, double *restrict a, const double *restrict b)
{
    double t;
    for (int i = 0; i < n; i++) // expect: independent private(t)
        if ((t = b[i]) > 0.0)
            a[i] = t;
}

void shadowed(int n, double *restrict a, const double *restrict b)
{
    double t = 3.0;
    for (int i = 0; i < n; i++) { // expect: independent
        double t = b[i];
        a[i] = t;
    }
    a[0] = t;
}

void two_counters(int n, double *restrict a, const double *restrict b)
{
    int k = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: k, read here, holds what an earlier iteration wrote
        a[k] = b[i];
        k++;
    }
}

void packed(int n, double *restrict a, const double *restrict b)
{
    int k = 0;
    for (int i = 0; i < n; i++) // expect: dependent: k, read here, holds what an earlier iteration wrote
        if (b[i] > 0.0)
            a[k++] = b[i];
}

void counter_changed(int n, double *a)
{
    for (int i = 0; i < n; i++) { // expect: dependent: the loop's body changes its counter i
        if (a[i] < 0.0)
            i++;
        a[i] = 0.0;
    }
}

void bound_changed(int n, double *a)
{
    for (int i = 0; i < n; i++) // expect: unknown: its bounds or its step are no values that surely stay the same
        if (a[i] < 0.0)
            n--;
}

void read_once_for_sure_and_once_perhaps(int n, double *a)
{
    double p = 1.0;
    for (int i = 0; i < n; i++) { // expect: dependent: p, read here, holds what an earlier iteration wrote
        p = 0.5 * p + a[i];
        a[i] = i > 3 ? p : 0.0;
    }
}

void written_twice(int n, double *restrict a, const double *restrict b)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) { // expect: dependent: t, read here, holds what an earlier iteration wrote at line 331
        a[i] = b[i] - t;
        t = b[i];
        a[i] += t;
        t = 2.0 * b[i];
    }
}

void a_case_inside_a_branch(int n, double *restrict a, const int *restrict kind)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: a case that jumps into a statement of its switch
        switch (kind[i]) {
        case 1:
            if (a[i] > 0.0) {
                t = i;
            case 2:
                a[i] = t;
            }
        }
    }
}

#define ROWS 64
#define HALF (ROWS / 2)
enum { COLUMNS = 32 };

double runs_as_its_numbers_say(int n, double *restrict a)
{
    double t = 0.0, u = 0.0;
    for (int i = 0; i < n; i++) { // expect: independent lastprivate(t) & suggest parallel for lastprivate(t)
        for (int j = 0; j < ROWS / 4 - 1; j++) // expect: independent lastprivate(t)
            t = i + j;
        a[i] = sin(t);
    }
    for (int i = 0; i < HALF; i++) // expect: independent lastprivate(u)
        for (int j = 0; j < COLUMNS; j++) { // expect: independent lastprivate(u)
            u = sin(i + j);
            a[i * COLUMNS + j] = u;
        }
    return t + u;
}

double may_not_run(int n, double *restrict a)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) { // expect: unknown: t, read here, may still hold the value of an earlier iteration
        for (int j = 0; j < ROWS / 65; j++) // expect: independent lastprivate(t)
            t = i + j;
        a[i] = sin(t);
    }
    return t;
}

double written_where_an_inner_loop_runs(int n, int m, double *restrict a)
{
    double t = 0.0;
    for (int i = 0; i < n; i++) // expect: unknown: t is written in some iterations only, and read after the loop
        for (int j = 0; j < m; j++) { // expect: independent lastprivate(t)
            t = sin(i + j);
            a[i * m + j] = t;
        }
    return t;
}

/* a temporary that has had other values before, or gets others elsewhere: each iteration gives it its own first */

void index_used_again(int n, int m, double *to, const double *from)
{
    int at = 0, next;
    for (int i = 0; i < n; i++)         // expect: independent private(at) & suggest parallel for private(at)
        for (int j = 0; j < m; j++) {   // expect: independent private(at)
            at = i * m + j;
            to[at] = sqrt(from[at]);
        }
    for (int i = 0; i < n; i++) {       // expect: independent private(at, next) & suggest parallel for private(at, next)
        at = 2 * i;
        next = at + 1;
        to[at] = sqrt(from[i]);
        to[next] = exp(from[i]);
    }
    if (m > 3)
        m = 3 * m;
    for (int i = 0; i < n; i++) {       // expect: independent private(at) & suggest parallel for private(at)
        at = m + i;
        to[at] = sqrt(from[at]);
    }
}

void index_used_before_it_is_set(int n, double *to, const double *from)
{
    int at = 0;
    for (int i = 0; i < n; i++) {     // expect: dependent: holds what an earlier iteration wrote
        to[at] = sqrt(from[i]);
        at = 2 * i;
    }
    for (int i = 0; i < n; i++) {     // expect: unknown: may still hold the value of an earlier iteration
        if (from[i] > 0)
            at = 2 * i;
        to[at] = sqrt(from[i]);
    }
    for (int i = 0; i < n; i++) {     // expect: unknown: may be one element
        at = 2 * i;
        for (int j = 0; j < 2; j++) { // expect: unknown: holds what an earlier iteration wrote
            to[at] = sqrt(from[i]);
            at++;
        }
    }
    for (int i = 0; i < n; i++) {     // expect: dependent
        at = i / 2;
        to[at] = sqrt(from[i]);
    }
    for (int i = 0; i < n; i++) {     // expect: unknown: may be one element
        int other = i;
        at = other;
        other = 3;
        to[at] = sqrt(from[i]) + other;
    }
}

/* read behind a jump over what would set it again */

double jumped_to(int n, const double *a, double *b)
{
    double t = 0.0;
    for (int k = 0; k < n; k++) {     // expect: dependent & silent
        for (int j = 0; j < n; j++) { // expect: independent lastprivate(t) & suggest parallel for lastprivate(t) if(n > 10000)
            t = a[j] * b[j];
            b[n + j] = t;
        }
        if (a[k] > 0)
            continue;
        t = 0;
    }
    return t;
}

double broken_off(int n, const double *a, double *b)
{
    double t = 0.0;
    for (int k = 0; k < n; k++) {     // expect: dependent & silent
        for (int j = 0; j < n; j++) { // expect: independent lastprivate(t) & suggest parallel for lastprivate(t) if(n > 10000)
            t = a[j] * b[j];
            b[n + j] = t;
        }
        if (a[k] > 0)
            break;
        t = 0;
    }
    return t;
}

double behind_a_switch(int n, const double *a, double *b, int k)
{
    double t = 0.0;
    switch (k) {
    case 1:
        for (int j = 0; j < n; j++) { // expect: independent lastprivate(t) & suggest parallel for lastprivate(t)
            t = a[j] * b[j];
            b[n + j] = t;
        }
        if (a[k] > 0)
            break;
        t = 0;
    }
    return t;
}

/* several values in one iteration, one after the other: the last in front of a use is meant */

void two_places(int n, double *to, const double *from)
{
    int at, next;
    for (int i = 0; i < n; i++) { // expect: independent private(at) & suggest parallel for private(at)
        at = 2 * i;
        to[at] = sqrt(from[i]);
        at = 2 * i + 1;
        to[at] = exp(from[i]);
    }
    for (int i = 0; i < n; i++) { // expect: dependent: 1 iteration earlier
        at = 2 * i;
        to[at] = sqrt(from[i]);
        at = 2 * i + 2;
        to[at] = exp(from[i]);
    }
    for (int i = 0; i < n; i++) { // expect: unknown: may be one element
        at = 2 * i;
        if (from[i] > 0)
            at = 3;
        to[at] = sqrt(from[i]);
        at = 1;
    }
    for (int i = 0; i < n; i++) { // expect: unknown: may be one element
        at = 2 * i;
        next = at;
        at = 7;
        to[next] = sqrt(from[i]);
    }
}
