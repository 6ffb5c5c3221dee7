/* What functions do that a loop or a region calls, those of the file and those of the library. */
#include <stdio.h>
#include <string.h>

int calls;
double total;
char name[64];

static double counted(double x)
{
    calls++;
    return x * x;
}

static double with_the_last(double x)
{
    static double last;
    double both = x + last;
    last = x;
    return both;
}

static void add(double x) { total += x; }

static void add_alone(double x)
{
#pragma omp critical
    total += x;
}

static void set(double *place, double x) { *place = x; }

static void add_some(double x, int is_wanted)
{
    if (is_wanted)
        total += x;
}

static void mark(void) { calls = 1; }

void a_global_is_changed(int n, double *a)
{
#pragma omp parallel for // expect: wrong: calls is shared @ 45 45
    for (int i = 0; i < n; i++)
        a[i] = counted(a[i]);
#pragma omp parallel for // expect: wrong: total is shared @ 48 48
    for (int i = 0; i < n; i++)
        add(a[i]);
#pragma omp parallel // expect: wrong: total is shared
    add(1.0);
}

void a_static_is_changed(int n, double *a)
{
#pragma omp parallel for // expect: wrong: last is shared @ 57 57
    for (int i = 0; i < n; i++)
        a[i] = with_the_last(a[i]);
}

void what_an_argument_leads_to(int n, double *a)
{
#pragma omp parallel for // expect: wrong: every iteration writes the same a
    for (int i = 0; i < n; i++)
        set(a, i);
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        set(a + i, i);
}

void kept_apart(int n, double *a)
{
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        add_alone(a[i]);
#pragma omp parallel for
    for (int i = 0; i < n; i++) {
#pragma omp critical
        add(a[i]);
    }
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        add_some(a[i], 0);
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        mark();
}

void one_text_for_all(int n, char **names, double *a)
{
    char text[64];
#pragma omp parallel for // expect: wrong: every iteration writes the same text
    for (int i = 0; i < n; i++) {
        sprintf(text, "%d", i);
        a[i] = strlen(text);
    }
#pragma omp parallel for // expect: wrong: every iteration writes the same name
    for (int i = 0; i < n; i++) {
        strcpy(name, names[i]);
        a[i] = name[0];
    }
#pragma omp parallel for // expect: wrong: every iteration writes the same a
    for (int i = 0; i < n; i++)
        memcpy(a, names[i], sizeof *a);
}

void a_text_for_each(int n, char **names, double *a)
{
    char text[64], all[6400];
#pragma omp parallel for private(text)
    for (int i = 0; i < n; i++) {
        sprintf(text, "%d", i);
        a[i] = strlen(text);
    }
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        strcpy(names[i], "none");
#pragma omp parallel for
    for (int i = 0; i < 100; i++)
        sprintf(all + 64 * i, "%d", i);
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        memset(all, 0, sizeof all);
}
