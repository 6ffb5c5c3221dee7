// Unsigned numbers by other names.
typedef unsigned int uint;
using Index = uint;

void deduced(double *a)
{
    for (auto i = 0u; i < 70000; i++) // expect: unknown
        a[i * 65536] += 0.5 * i;
    for (auto i = 0ul; i < 70000; i++) // expect: independent
        a[i * 65536] += 0.5 * i;
    for (auto i = 0; i < 30000; i++) // expect: independent
        a[i * 65536] += 0.5 * i;
}

void renamed(double *a)
{
    for (Index i = 0; i < 70000; i++) // expect: unknown
        a[i * 65536] += 0.5 * i;
    for (int i = 0; i < 70000; i++) // expect: unknown
        a[static_cast<Index>(i) * 65536] += 0.5 * i;
    for (int i = 0; i < 70000; i++) { // expect: unknown
        const Index row = i;
        a[row * 65536] += 0.5 * i;
    }
}
