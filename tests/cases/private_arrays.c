/* Arrays of which every iteration can have its own. */
#include <math.h>

void use(double *a);

void filled_in_full(int n, double *out, const double *in)
{
    double v[3];
    for (int i = 0; i < n; i++) { // expect: independent private(v) & suggest parallel for private(v)
        for (int k = 0; k < 3; k++) // expect: independent
            v[k] = in[3 * i + k];
        out[i] = sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }
}

void element_by_element(int n, double *out, const double *in)
{
    double v[2];
    for (int i = 0; i < n; i++) { // expect: independent private(v)
        v[0] = in[i];
        v[1] = v[0] * v[0];
        out[i] = sin(v[0]) + v[1];
    }
}

void symbolic_extent(int n, int m, double out[n], double in[n][m])
{
    double row[m];
    int i, k;
    for (i = 0; i < n; i++) { // expect: independent private(k, row)
        for (k = 0; k < m; k++) // expect: independent
            row[k] = in[i][k] * 2.0;
        out[i] = 0.0;
        for (k = 1; k < m; k++) // expect: independent reduction(+: out[i:1])
            out[i] += row[k] - row[k - 1];
    }
}

void two_dimensions(int n, double *out, const double *in)
{
    double r[3][3], x[3];
    for (int i = 0; i < n; i++) { // expect: independent private(r, x)
        for (int j = 0; j < 3; j++) // expect: independent
            for (int k = 0; k < 3; k++) // expect: independent
                r[j][k] = in[9 * i + 3 * j + k];
        for (int j = 0; j < 3; j++) { // expect: independent
            x[j] = 0.0;
            for (int k = 0; k < 3; k++) // expect: independent reduction(+: x)
                x[j] = x[j] + r[j][k];
        }
        out[i] = x[0] + x[1] + x[2];
    }
}

void one_element_short(int n, double *out, const double *in)
{
    double v[4];
    for (int i = 0; i < n; i++) { // expect: dependent
        for (int k = 1; k < 4; k++) // expect: independent
            v[k] = in[i] * k;
        out[i] = v[0] + v[1];
        v[0] = out[i];
    }
}

void filled_in_some_iterations(int n, double *out, const double *in)
{
    double v[2] = {0.0, 0.0};
    for (int i = 0; i < n; i++) { // expect: dependent
        if (in[i] > 0.0)
            v[0] = in[i];
        out[i] = v[0];
    }
}

double read_afterwards(int n, double *out, const double *in)
{
    double v[2];
    for (int i = 0; i < n; i++) { // expect: dependent
        v[0] = in[i];
        out[i] = v[0] * v[0];
    }
    return v[0];
}

void again_in_another_loop(int n, double *out, const double *in)
{
    double v[2];
    for (int i = 0; i < n; i++) { // expect: independent private(v)
        v[0] = in[i];
        out[i] = v[0] * v[0];
    }
    for (int i = 0; i < n; i++) { // expect: independent private(v)
        v[0] = out[i];
        out[i] = v[0] + v[0];
    }
}

void handed_over(int n, double *out, const double *in)
{
    double v[2];
    for (int i = 0; i < n; i++) { // expect: unknown: every iteration writes v[0]
        v[0] = in[i];
        use(v);
        out[i] = v[0];
    }
}

void a_pointer_leads_there(int n, double *out, const double *in)
{
    double v[2];
    double *p = v;
    for (int i = 0; i < n; i++) { // expect: dependent
        v[0] = in[i];
        out[i] = p[0];
    }
}

void a_parameter_is_no_storage(int n, double v[2], double *out, const double *in)
{
    for (int i = 0; i < n; i++) { // expect: dependent
        v[0] = in[i];
        out[i] = v[0];
    }
}

void left_early(int n, int m, double *out, const double *in)
{
    double v[8];
    for (int i = 0; i < n; i++) { // expect: dependent
        for (int k = 0; k < 8; k++) { // expect: unknown
            if (in[k] < 0.0)
                break;
            v[k] = in[i];
        }
        out[i] = v[7];
    }
}

void filled_by_one_case(int n, double *out, const int *kind)
{
    double v[2];
    for (int i = 0; i < n; i++) { // expect: dependent: every iteration writes v[0]
        switch (kind[i]) {
        case 1:
            v[0] = i;
        default:
            out[i] = v[0] + i;
        }
    }
}

void filled_in_each_case(int n, double *out, const int *kind)
{
    double v[2];
    for (int i = 0; i < n; i++) { // expect: independent private(v)
        switch (kind[i]) {
        case 1:
            v[0] = i;
            out[i] = v[0] * 2.0;
            break;
        default:
            v[0] = i * 2.0;
            out[i] = v[0] + i;
        }
    }
}
