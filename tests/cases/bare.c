for (i = 0; i < n; i++) { // expect: independent private(j, t) & suggest parallel for private(j, t)
    for (j = 0; j < m; j++) { // expect: independent private(t)
        t = a[i][j];
        b[i][j] = t * t;
    }
}
