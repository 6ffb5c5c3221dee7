/* Every way to accumulate. */
#include <math.h>
#include <stdint.h>
#include <string.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))

double compound(int n, const double *a)
{
    double s = 0.0, p = 1.0;
    for (int i = 0; i < n; i++) { // expect: independent reduction(+: s) reduction(*: p) & suggest parallel for reduction(+:s) reduction(*:p)
        s += a[i];
        p *= a[i];
    }
    return s + p;
}

unsigned bits(int n, const unsigned *a)
{
    unsigned x = 0, y = 0, z = ~0u;
    for (int i = 0; i < n; i++) { // expect: independent reduction(^: x) reduction(|: y) reduction(&: z)
        x ^= a[i];
        y |= a[i];
        z &= a[i];
    }
    return x + y + z;
}

double written_out(int n, const double *a)
{
    double s = 0.0, u = 0.0;
    for (int i = 0; i < n; i++) { // expect: independent reduction(+: s) reduction(+: u)
        s = s + a[i] * a[i];
        u = a[i] + u;
    }
    return s + u;
}

double subtracted(int n, const double *a)
{
    double x = 10.0, y = 10.0;
    for (int i = 0; i < n; i++) { // expect: independent reduction(+: x) reduction(+: y)
        x = x - a[i];
        y -= a[i];
    }
    return x + y;
}

double subtracted_from(int n, const double *a)
{
    double x = 0.0;
    for (int i = 0; i < n; i++) // expect: dependent: x, read here, holds what an earlier iteration wrote
        x = a[i] - x;
    return x;
}

double divided(int n, const double *a)
{
    double x = 1.0;
    for (int i = 0; i < n; i++) // expect: dependent: x, read here, holds what an earlier iteration wrote
        x /= a[i];
    return x;
}

int conditional(int n, const double *a)
{
    int count = 0;
    double s = 0.0;
    for (int i = 0; i < n; i++) { // expect: independent reduction(+: count) reduction(+: s)
        if (a[i] > 0.0)
            count++;
        else
            s += a[i];
    }
    return count + (int)s;
}

double by_conditional_expression(int n, const double *a)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) // expect: independent reduction(+: s)
        s = a[i] > 0.0 ? s + a[i] : s;
    return s;
}

double by_if(int n, const double *a)
{
    double most = a[0], least = a[0];
    for (int i = 1; i < n; i++) { // expect: independent reduction(max: most) reduction(min: least)
        if (a[i] > most)
            most = a[i];
        if (least >= a[i]) {
            least = a[i];
        }
    }
    return most - least;
}

double by_ternary(int n, const double *a)
{
    double most = a[0], least = a[0];
    for (int i = 1; i < n; i++) { // expect: independent reduction(max: most) reduction(min: least)
        most = a[i] > most ? a[i] : most;
        least = least < a[i] ? least : a[i];
    }
    return most - least;
}

double by_call(int n, const double *a)
{
    double most = a[0], least = a[0], third = a[0];
    for (int i = 1; i < n; i++) { // expect: independent reduction(max: most) reduction(min: least) reduction(max: third)
        most = fmax(most, a[i]);
        least = fmin(a[i], least);
        third = MAX(third, a[i]);
    }
    return most - least + third;
}

int where(int n, const double *a)
{
    double most = a[0];
    int place = 0;
    for (int i = 1; i < n; i++) // expect: dependent: most, read here, holds what an earlier iteration wrote
        if (a[i] > most) {
            most = a[i];
            place = i;
        }
    return place;
}

double mixed_operators(int n, const double *a)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) { // expect: dependent: s, read here, holds what an earlier iteration wrote
        s += a[i];
        s *= 2.0;
    }
    return s;
}

double read_meanwhile(int n, double *restrict a, const double *restrict b)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) { // expect: dependent: s, read here, holds what an earlier iteration wrote
        s += b[i];
        a[i] = s;
    }
    return s;
}

double in_an_inner_loop(int n, int m, double a[n][m])
{
    double s = 0.0;
    int j;
    for (int i = 0; i < n; i++) // expect: independent private(j) reduction(+: s) & suggest parallel for private(j) reduction(+:s)
        for (j = 0; j < m; j++) // expect: independent reduction(+: s) & silent: the loop around it
            s += a[i][j];
    return s;
}

void reset_by_every_row(int n, int m, double a[n][m], double *restrict row)
{
    double s;
    for (int i = 0; i < n; i++) { // expect: independent private(s) & suggest parallel for private(s)
        s = 0.0;
        for (int j = 0; j < m; j++) // expect: independent reduction(+: s)
            s += a[i][j];
        row[i] = s;
    }
}

int truth(int n, const int *a)
{
    int all = 1, any = 0;
    for (int i = 0; i < n; i++) { // expect: independent reduction(&&: all) reduction(||: any)
        all = all && a[i] > 0;
        any = any || a[i] > 9;
    }
    return all + any;
}

double *a_pointer(int n, double *p)
{
    for (int i = 0; i < n; i++) // expect: unknown: p is accumulated, but is no plain number
        p += 1;
    return p;
}

void into_an_array(int n, double *restrict total, const double *restrict a, const int *restrict bin)
{
    for (int i = 0; i < n; i++) // expect: unknown: the index is itself read from memory
        total[bin[i]] += a[i];
}

int truth_with_side_effects(int n, int *a)
{
    int all = 1;
    for (int i = 0; i < n; i++) // expect: dependent: all, read here, holds what an earlier iteration wrote
        all = all && a[i]++ > 3;
    return all;
}

double twice_the_sum(int n, const double *a)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) // expect: dependent: s, read here, holds what an earlier iteration wrote
        s = a[i] + s + s;
    return s;
}

double not_the_compared_value(int n, const double *a)
{
    double m = 0.0;
    for (int i = 0; i < n; i++) // expect: dependent: m, read here, holds what an earlier iteration wrote
        if (a[i] > m)
            m = a[i] + 1.0;
    return m;
}

double of_a_call(int n, const double *a)
{
    double m = 0.0;
    for (int i = 0; i < n; i++) // expect: independent reduction(max: m)
        if (fabs(a[i]) > m)
            m = fabs(a[i]);
    return m;
}

void histogram(int n, const int *bin, const double *w)
{
    double h[64];
    for (int k = 0; k < 64; k++) // expect: independent
        h[k] = 0.0;
    for (int i = 0; i < n; i++) // expect: independent reduction(+: h) & suggest parallel for reduction(+:h)
        h[bin[i]] += w[i];
    use(h);
}

void moments(int n, int m, const double *x, double *sum)
{
    for (int i = 0; i < n; i++) // expect: independent reduction(+: sum[:m]) & suggest parallel for reduction(+:sum[:m])
        for (int k = 0; k < m; k++) // expect: independent
            sum[k] += x[i] * x[i] * k;
}

void fixed_elements(int n, const double *x, double *s)
{
    for (int i = 0; i < n; i++) { // expect: independent reduction(+: s[1:3]) & suggest parallel for reduction(+:s[1:3])
        s[1] += x[i];
        s[3] = s[3] + x[i] * x[i];
    }
}

void one_element(int n, int step, const float *x, float *norms)
{
    for (int i = 0; i < n; i++) // expect: independent reduction(+: norms[step:1]) & suggest parallel for reduction(+:norms[step:1])
        if (x[i] > 0.0f)
            norms[step] += x[i] * x[i];
}

void one_element_or_another(int n, int step, const float *x, float *restrict norms)
{
    for (int i = 0; i < n; i++) { // expect: unknown: every iteration writes norms[step]
        norms[step] += x[i] * x[i];
        norms[step + 1] += x[i];
    }
}

void sums_of_diagonals(int n, int m, const double *x, double *restrict sums)
{
    for (int i = 0; i < n; i++) // expect: unknown: sums[i + k], written here
        for (int k = 0; k < m; k++) // expect: independent
            sums[i + k] += x[i * m + k];
}

void of_unknown_extent(int n, const int *bin, double *h)
{
    for (int i = 0; i < n; i++) // expect: unknown: may be one element
        h[bin[i]] += 1.0;
}

void also_read(int n, const int *bin, double *out)
{
    int h[16] = {0};
    for (int i = 0; i < n; i++) { // expect: unknown: may be one element
        h[bin[i]]++;
        out[i] = h[0];
    }
}

void two_operators(int n, const int *bin)
{
    int h[16] = {0};
    for (int i = 0; i < n; i++) { // expect: dependent: every iteration writes h[0]
        h[bin[i]]++;
        h[0] *= 2;
    }
    use(h);
}

void truncated(int n, const int *bin, const double *w)
{
    int h[16] = {0};
    for (int i = 0; i < n; i++) // expect: unknown: may be one element
        h[bin[i]] += w[i];
    use(h);
}

int any_negative(int n, const double *a)
{
    int found = 0;
    for (int i = 0; i < n; i++) // expect: independent reduction(||: found) & suggest parallel for reduction(||:found)
        if (a[i] < 0.0)
            found = 1;
    return found;
}

int minus_one_is_no_truth_value(int n, const double *a)
{
    int found = -1;
    for (int i = 0; i < n; i++) // expect: dependent: found is written in some iterations only
        if (a[i] < 0.0)
            found = 1;
    return found;
}

void all_small(int n, const double *a, const double *b, int *result)
{
    int small = 1;
    for (int i = 0; i < n; i++) { // expect: independent reduction(&&: small)
        if (a[i] > 1e-6)
            small = 0;
        else if (b[i] > 1e-6)
            small = 0;
    }
    *result = small;
}

int the_flag_is_also_read(int n, const double *a, double *b)
{
    int found = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: found, read here
        if (a[i] < 0.0)
            found = 1;
        b[i] = found;
    }
    return found;
}

int which_one(int n, const double *a)
{
    int last = -1;
    for (int i = 0; i < n; i++) // expect: dependent: written in some iterations only
        if (a[i] < 0.0)
            last = i;
    return last;
}

int a_code_is_no_flag(int n, const double *a)
{
    int status = 0;
    for (int i = 0; i < n; i++) // expect: dependent: written in some iterations only
        if (a[i] < 0.0)
            status = -1;
    return status;
}

double in_one_statement(int n, const double *a, double *r)
{
    double s = 0.0;
    int count = 0;
    for (int i = 0; i < n; i++) // expect: independent reduction(+: s) reduction(+: count)
        if (a[i] > 0.0) r[i] = -a[i], s += a[i] * a[i], count++;
    return s / count;
}

double read_in_the_same_statement(int n, const double *a, double *r)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) // expect: dependent: s
        s += a[i], r[i] = s;
    return s;
}

typedef int whole;
typedef double real_number;
struct particle {
    double weight;
    int count;
};
static double third(double x)
{
    return x / 3;
}

/* An integer that is given fractions is cut after every step. */
int64_t cut(int n, const double *a, const real_number *b, const struct particle *p)
{
    int64_t s = 0;
    for (int i = 0; i < n; i++) // expect: unknown: s is cut to an integer after every step
        s += 0.5 * a[i];
    whole t = 0;
    for (int i = 0; i < n; i++) // expect: unknown: t is cut to an integer after every step
        t += a[i];
    int u = 0;
    for (int i = 0; i < n; i++) // expect: unknown: u is cut to an integer after every step
        u += b[i];
    int v = 0;
    for (int i = 0; i < n; i++) // expect: unknown: v is cut to an integer after every step
        v += p[i].weight;
    int w = 0;
    for (int i = 0; i < n; i++) // expect: unknown: w is cut to an integer after every step
        w += third(a[i]);
    return s + t + u + v + w;
}

int64_t counted(int n, const uint8_t *a, const struct particle *p)
{
    int64_t s = 0;
    whole t = 0;
    for (int i = 0; i < n; i++) { // expect: independent reduction(+: s) reduction(+: t)
        s += a[i];
        t += p[i].count;
    }
    return s + t;
}

struct text {
    unsigned length;
    unsigned short lines;
};

int signed_among_unsigned(int n, char **words, const struct text *texts, const unsigned *a)
{
    int longest = 0, most = 0, least = 1 << 30, highest = 0, lines = 0;
    for (int i = 0; i < n; i++) // expect: unknown: longest is signed, and compared as an unsigned number
        if (strlen(words[i]) > longest)
            longest = strlen(words[i]);
    for (int i = 0; i < n; i++) // expect: unknown: most is signed, and compared as an unsigned number
        most = MAX(most, texts[i].length);
    for (int i = 0; i < n; i++) // expect: unknown: least is signed, and compared as an unsigned number
        least = a[i] % 7 < least ? a[i] % 7 : least;
    for (int i = 0; i < n; i++) // expect: independent reduction(max: highest)
        highest = MAX(highest, (int)strlen(words[i]));
    for (int i = 0; i < n; i++) // expect: independent reduction(max: lines)
        if (texts[i].lines > lines)
            lines = texts[i].lines;
    return longest + most + least + highest + lines;
}

long wider_than_what_it_is_compared_with(int n, const unsigned *a, const int *b)
{
    long most = 0;
    unsigned top = 0;
    for (int i = 0; i < n; i++) // expect: independent reduction(max: most)
        if (a[i] > most)
            most = a[i];
    for (int i = 0; i < n; i++) // expect: independent reduction(max: top)
        if (b[i] > top)
            top = b[i];
    return most + top;
}

_Bool truths(int n, const int *a)
{
    _Bool odd = 0, mixed = 0, counted = 0, any = 0, flipped = 0;
    for (int i = 0; i < n; i++) // expect: independent reduction(^: odd)
        odd ^= a[i] > 2;
    for (int i = 0; i < n; i++) // expect: unknown: mixed is cut to 0 or 1 after every step
        mixed ^= a[i] % 7;
    for (int i = 0; i < n; i++) // expect: unknown: counted is cut to 0 or 1 after every step
        counted += a[i] % 7;
    for (int i = 0; i < n; i++) // expect: independent reduction(|: any)
        any |= a[i] % 7;
    for (int i = 0; i < n; i++) // expect: unknown: flipped is cut to 0 or 1 after every step
        flipped--;
    return odd + mixed + counted + any + flipped;
}

unsigned char most_of_what_is_wider(int n, const int *a)
{
    unsigned char most = 0, kept = 0;
    for (int i = 0; i < n; i++) // expect: unknown: most is too narrow for what it is compared with
        if (a[i] > most)
            most = a[i];
    for (int i = 0; i < n; i++) // expect: unknown: kept is too narrow for what it is compared with
        kept = kept > a[i] ? kept : a[i];
    return most + kept;
}

int least_of_what_is_wider(int n, const long *a)
{
    int least = 0;
    for (int i = 0; i < n; i++) // expect: unknown: least is too narrow for what it is compared with
        least = MIN(least, a[i]);
    return least;
}

unsigned char least_of_another_sign(int n, const signed char *a)
{
    unsigned char least = 255;
    for (int i = 0; i < n; i++) // expect: unknown: least is too narrow for what it is compared with
        if (a[i] < least)
            least = a[i];
    return least;
}

long most_of_what_fits(int n, const unsigned char *a, const double *x)
{
    unsigned char most = 0;
    short wide = 0;
    int whole = 0;
    for (int i = 0; i < n; i++) { // expect: independent reduction(max: most) reduction(max: wide) reduction(max: whole)
        if (a[i] > most)
            most = a[i];
        wide = a[i] > wide ? a[i] : wide;
        if (x[i] > whole)
            whole = x[i];
    }
    return most + wide + whole;
}

int cut_by_a_cast(int n, const int *a, const double *x)
{
    int s = 0, t = 0, u = 0;
    for (int i = 0; i < n; i++) // expect: unknown: s is cut to unsigned char after every step
        s = (unsigned char)(s + a[i]);
    for (int i = 0; i < n; i++) // expect: unknown: t is cut to an integer after every step
        t = (int)(t + x[i]);
    for (int i = 0; i < n; i++) // expect: independent reduction(+: u)
        u = (int)(u + a[i]);
    return s + t + u;
}

int most_of_what_changes(int n, int *a)
{
    int most = 5;
    for (int i = 0; i < n; i++) // expect: dependent: most, read here
        if (a[i]++ > most)
            most = a[i]++;
    return most;
}
