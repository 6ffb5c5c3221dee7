/* Names that are not ASCII. */
double größe(int n, const double *länge)
{
    double 合計 = 0.0, π;
    for (int é = 0; é < n; é++) { // expect: independent private(π) reduction(+: 合計) & suggest parallel for private(π) reduction(+:合計)
        π = länge[é]; /* ∑ */
        合計 += π;
    }
    return 合計;
}
