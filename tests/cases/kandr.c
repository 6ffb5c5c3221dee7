/* A definition in the manner of Kernighan and Ritchie. */
double old(a, n)
double *a;
int n;
{
    int i;
    double s = 0.0;
    for (i = 0; i < n; i++) // expect: independent reduction(+: s) & suggest parallel for reduction(+:s)
        s += a[i];
    return s;
}
