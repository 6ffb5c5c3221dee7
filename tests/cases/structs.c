/* Fields. */
#include <math.h>
struct particle { double x, v, f[3]; };
struct system { int n; double *mass; struct particle *p; double energy; };

void fields(int n, struct particle *p, double dt)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        p[i].x += dt * p[i].v;
}

void field_arrays(int n, struct particle *p)
{
    int k;
    for (int i = 0; i < n; i++) // expect: independent private(k)
        for (k = 0; k < 3; k++) // expect: independent & silent
            p[i].f[k] = 0.0;
}

void neighbour(int n, struct particle *p)
{
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        p[i].x = p[i - 1].x;
}

void different_fields(int n, struct particle *p)
{
    for (int i = 1; i < n; i++) // expect: independent
        p[i].x = p[i - 1].v;
}

void behind_an_arrow(struct system *s)
{
    for (int i = 0; i < s->n; i++) // expect: dependent: every iteration writes s->energy
        s->energy += s->mass[i];
}

void field_of_a_local(int n, struct system s, const double *a)
{
    for (int i = 0; i < n; i++) // expect: dependent
        s.energy += a[i];
}

void a_temporary_struct(int n, struct particle *restrict p)
{
    for (int i = 0; i < n; i++) { // expect: independent
        struct particle q = p[i];
        q.x += q.v;
        p[i] = q;
    }
}

void whole_and_part(int n, struct particle *p)
{
    for (int i = 1; i < n; i++) { // expect: dependent: 1 iteration later
        p[i] = p[i - 1];
        p[i].v = 0.0;
    }
}

void bound_in_the_struct(struct system *s, double *restrict a)
{
    for (int i = 0; i < s->n; i++) // expect: independent
        a[i] = 0.0;
}

struct view {
    double *values;
    double own[4];
};

void copied_views(const struct view *views, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: one, set in the loop, may lead to the same memory
        struct view one = views[i];
        one.values[0] += 1.0;
    }
    for (int i = 0; i < n; i++) { // expect: unknown: one, set in the loop, may lead to the same memory
        struct view one;
        one.values = views[i].values;
        *one.values += 1.0;
    }
}

void own_elements(const struct view *views, double *out, int n)
{
    for (int i = 0; i < n; i++) { // expect: independent
        struct view one = views[i];
        one.own[0] += 1.0;
        out[i] = one.own[0];
    }
}

void parts_and_wholes(struct view *s, int n)
{
    for (int i = 0; i < n; i++) // expect: dependent: s[i].own[j], written here, is read as s[j].own[0]
        for (int j = 0; j < 4; j++) // expect: dependent: s[i].own[j], written here, is read as s[i]
            if (i != j)
                s[i].own[j] = s[j].own[0], s[j] = s[i];
}

union seen_two_ways {
    double as_double[64];
    int as_int[128];
    double both[64];
};

struct apart {
    double as_double[64];
    int as_int[128];
};

struct holds_a_union {
    union {
        double as_double[64];
        int as_int[128];
    };
    double more[64];
};

void one_storage_in_a_union_only(union seen_two_ways *u, struct apart *s, struct holds_a_union *h, int n)
{
    for (int i = 0; i < n; i++) // expect: unknown: name the same storage in different ways
        u->as_double[i] = sin(u->as_int[i]);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        s->as_double[i] = sin(s->as_int[i]);
    for (int i = 0; i < n; i++) // expect: unknown: name the same storage in different ways
        h->as_double[i] = sin(h->as_int[i]);
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        h->more[i] = sin(h->as_int[i]);
}

struct packed {
    unsigned low : 4, high : 4;
    unsigned next;
};

struct holds_packed {
    struct packed word;
};

void bits_of_one_word(int n, struct packed *p, struct holds_packed *q)
{
    for (int i = 1; i < n; i++) { // expect: unknown: p[i].low and p[i - 1].high of two iterations may be bits of one word
        p[i].low = i;
        p[i - 1].high = i;
    }
    for (int i = 1; i < n; i++) // expect: unknown: may be bits of one word
        q[i].word.low = q[i - 1].word.high;
    for (int i = 1; i < n; i++) { // expect: independent
        p[i].low = i;
        p[i].high = i;
        p[i].next = i;
    }
    for (int i = 1; i < n; i++) { // expect: independent
        p[i].low = p[i - 1].next;
        q[2 * i].word.low = q[2 * i + 1].word.high;
    }
}

union seen_as_two {
    int whole;
    float part;
};

void a_field_of_a_union_is_the_other(int n, double *x, const int *k)
{
    union seen_as_two u;
    struct {
        union {
            int whole;
            float part;
        };
        int more;
    } v;
    u.whole = v.whole = 0;
    for (int i = 0; i < n; i++) { // expect: unknown: fields of u share storage
        x[i] = sin(u.part);
        u.whole = k[i];
    }
    for (int i = 0; i < n; i++) { // expect: unknown: fields of v share storage
        x[i] = sin(v.part);
        v.whole = k[i];
    }
    for (int i = 0; i < n; i++) { // expect: independent private(u)
        u.whole = k[i];
        x[i] = sin(u.whole);
    }
    for (int i = 0; i < n; i++) { // expect: independent
        union seen_as_two w;
        w.whole = k[i];
        x[i] = sin(w.part);
    }
}

struct pair {
    double first, second;
};

void a_field_of_what_is_set_as_a_whole(int n, double *x, const struct pair *p)
{
    struct pair last = {0.0, 0.0};
    for (int i = 0; i < n; i++) { // expect: unknown: last, read here, holds what an earlier iteration wrote
        x[i] = sin(last.first);
        last = p[i];
    }
    for (int i = 0; i < n; i++) { // expect: independent private(last)
        last = p[i];
        x[i] = sin(last.first);
    }
}
