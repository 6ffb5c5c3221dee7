/* Elements that iterations share by turns. */
int counts[10];

void histogram(void)
{
#pragma omp parallel for // expect: wrong: counts[i % 10] is written as counts[i % 10] 10 iterations later
    for (int i = 0; i < 1000; i++)
        counts[i % 10]++;
}

void an_element_for_each(void)
{
#pragma omp parallel for
    for (int i = 0; i < 10; i++)
        counts[i % 10]++;
}

void perhaps_as_few(int n)
{
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        counts[i % 10]++;
}

void added_up_atomically(void)
{
#pragma omp parallel for
    for (int i = 0; i < 1000; i++) {
#pragma omp atomic
        counts[i % 10]++;
    }
}

void two_at_a_time(int n, double *a, const double *b)
{
#pragma omp parallel for // expect: wrong: a[i / 2] is written as a[i / 2] 1 iteration later
    for (int i = 0; i < n; i++)
        a[i / 2] = b[i];
}

void dealt_out_in_pairs(int n, double *a, const double *b)
{
#pragma omp parallel for schedule(static, 2)
    for (int i = 0; i < n; i++)
        a[i / 2] += b[i];
}

void every_second(int n, double *a, const double *b)
{
#pragma omp parallel for
    for (int i = 0; i < n; i += 2)
        a[i / 2] = b[i];
}

void the_even_ones(int n, double *a, const double *b)
{
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        if (i % 2 == 0)
            a[i / 2] = b[i];
}

void marked(int n, int *seen)
{
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        seen[i / 2] = 1;
}
