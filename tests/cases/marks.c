// Pragmas of other compilers, which mark a place and say nothing of the loop.

void marked_for_a_polyhedral_compiler(int n, double *a, const double *b)
{
#pragma scop
    for (int i = 0; i < n; i++) // expect: independent & suggest parallel for
        a[i] = 2.0 * b[i];
#pragma endscop
}
