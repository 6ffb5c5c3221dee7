// Structs that are declared somewhere else: what they hold is not known.

void copied_out_of_view(const struct far *all, double *out, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: one, set in the loop, may lead to the same memory
        struct far one = all[i];
        one.values[0] += 1.0;
        out[i] = 1.0;
    }
}

void set_out_of_view(const struct far *all, double *out, int n)
{
    for (int i = 0; i < n; i++) { // expect: unknown: one, set in the loop, may lead to the same memory
        struct far one;
        one.values = all[i].values;
        one.values[0] += 1.0;
        out[i] = 1.0;
    }
}

void recurrence_in_a_type_out_of_view(int n, far_vector x)
{
    for (int i = 1; i < n; i++) // expect: dependent: x[i], written here, is read as x[i - 1]
        x[i] = 0.5 * x[i - 1] + 1.0;
}
