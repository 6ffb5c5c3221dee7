// Code of accelerators is left alone.
__global__ void scale(int n, double *a)
{
    for (int i = threadIdx.x; i < n; i += 256) // expect: silent: it is code of an accelerator kernel
        a[i] *= 2.0;
}

__device__ double total(int n, const double *a)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) // expect: silent: it is code of an accelerator kernel
        s += a[i];
    return s;
}
