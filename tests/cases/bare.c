for (i = 0; i < n; i++) { // expect: independent private(j, t) & suggest parallel for private(j, t)
    for (j = 0; j < m; j++) { // expect: independent private(t)
        t = a[i][j];
        b[i][j] = t * t;
    }
}

// what a body gives a variable is not what its own loop starts from
for (j = first; j < n; j++) { // expect: unknown: a[0]
    first = 5;
    a[j] = 0.5 * a[0];
}
