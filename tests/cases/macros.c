/* Macros that stand for an expression are read as what they stand for. */
#define IDX(i, j) ((i) * m + (j))
#define A(i, j) a[IDX(i, j)]
#define FIELD(s, f) ((s).f)
#define COUNT grid->count
#define HALF 0.5
#define SUM(x, y) x + y
#define ADD(s, x) s += (x)
#define SWAP(x, y) (t = (x), (x) = (y), (y) = t)
#define LOG(x) printf("%g\n", (x))
#ifdef WIDE
#define AT(k) b[2 * (k)]
#else
#define AT(k) b[k]
#endif

struct grid {
    int count;
    double *cell;
};
struct point {
    double x, y;
};

void rows(int n, int m, double *restrict a, const double *b)
{
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < m; j++) // expect: independent
            A(i, j) = HALF * b[IDX(i, j)];
}

void recurrence(int n, int m, double *a)
{
    for (int i = 1; i < n; i++) // expect: dependent: A(i - 1, j) at line 36, 1 iteration later
        for (int j = 0; j < m; j++) // expect: independent
            A(i, j) = A(i - 1, j) * HALF;
}

void memory_behind_a_name(struct grid *grid)
{
    for (int i = 0; i < COUNT; i++) // expect: independent & suggest parallel for
        grid->cell[i] *= 2.0;
}

void a_field_by_name(int n, struct point *p)
{
    for (int i = 0; i < n; i++) // expect: independent
        FIELD(p[i], x) = FIELD(p[i], y) + 1.0;
}

double torn_apart(int n, const double *b, double *a)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) // expect: unknown: SUM()
        a[i] = 2.0 * SUM(b[i], 1.0);
    return s;
}

void whole_statement(int n, const double *b, double *a)
{
    for (int i = 0; i < n; i++) // expect: independent
        ADD(a[i], b[i]);
}

void several_effects(int n, double *a, double *b)
{
    double t;
    for (int i = 0; i < n; i++) // expect: unknown: t is written through another name
        SWAP(a[i], b[i]);
}

void output(int n, const double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown: printf() reads or writes a stream
        LOG(b[i]);
}

void one_of_two_definitions(int n, double *a, const double *b)
{
    for (int i = 0; i < n; i++) // expect: unknown: AT()
        a[i] = AT(i);
}

struct shape {
    int rows, columns;
};
#define SKEWED(i) a[(i) * s->rows - (i) * s->columns + (i)]

void two_fields_in_one_macro(int n, const struct shape *s, double *restrict a, const double *restrict b)
{
    for (int i = 0; i < n; i++) // expect: unknown: the subscripts do not tell
        SKEWED(i) = exp(b[i]);
}

#define PLACE(i, j) (i) * m + (j)

void brackets_hold_a_macro_together(int n, int m, double a[restrict], const double b[restrict])
{
    for (int i = 1; i < n; i++) // expect: independent & suggest parallel for
        for (int j = 0; j < m; j++) // expect: independent
            a[PLACE(i, j)] = 2.0 * b[PLACE(i - 1, j)];
    for (int i = 1; i < n; i++) // expect: dependent: 1 iteration later
        for (int j = 0; j < m; j++) // expect: independent
            a[PLACE(i, j)] = 2.0 * a[PLACE(i - 1, j)];
}

void operators_around_it_do_not(int n, int m, double a[restrict])
{
    for (int i = 0; i < n; i++) // expect: unknown: the index comes from a call
        for (int j = 0; j < m; j++) // expect: unknown
            a[2 * PLACE(i, j)] = i;
}

/* the comment behind a macro is no part of it, though it names a variable */
#define WIDTH 4 // values of place
#define NEXT(i) ((i) + 1) // of place

void behind_a_comment(int n, double *place)
{
    for (int i = 0; i < n; i++)         // expect: independent & suggest parallel for
        for (int j = 0; j < WIDTH; j++) // expect: independent & silent
            place[NEXT(i * WIDTH + j)] *= 0.5 + j;
}
