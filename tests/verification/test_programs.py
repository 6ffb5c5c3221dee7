"""Whole programs: what they print, write and return, with and without pragmas, right ones and wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.verification.sandbox import Limits
from hpcls.verification.verify import Manner, verify

from .trying import annotated, needs_gcc, only, tried

pytestmark = needs_gcc
HEAD = "#include <stdio.h>\n#include <stdlib.h>\n#include <time.h>\n#define N 1000\nstatic double a[N];\n"


def test_a_sum_is_compared_within_its_tolerance_and_timed(tmp_path: Path) -> None:
    body = """
int main(void) {
  double sum = 0;
#pragma omp parallel for reduction(+:sum)
  for (int i = 0; i < N; i++) sum += 1.0 / (i + 1);
  printf("%.15f\\n", sum);
}
"""
    found = only(tmp_path, HEAD + body)
    assert (found.by, found.unverifiable, found.difference, found.equal) == ("program", None, None, True)
    assert found.tolerance == 1e-6


def test_a_sum_of_float_is_rounded_earlier(tmp_path: Path) -> None:
    body = """
typedef float real;
int main(void) {
  real sum = 0;
#pragma omp parallel for reduction(+:sum)
  for (int i = 0; i < 50000; i++) sum += 1.0f / (i + 1);
  printf("%.9g\\n", sum);
}
"""
    found = only(tmp_path, HEAD + body)
    assert (found.by, found.unverifiable, found.difference, found.equal) == ("program", None, None, True)
    assert found.tolerance == 1e-3


WRONG = {
    "a sum without its clause": (
        'long s = 0;\n#pragma omp parallel for private(s)\nfor (int i = 0; i < N; i++) s += i;\nprintf("%ld\\n", s);',
        "it prints ",
    ),
    "an exit status": (
        "int s = 0;\n#pragma omp parallel for private(s)\nfor (int i = 0; i < 9; i++) s += i;\nreturn s;",
        "the exit status is ",
    ),
    "a file": (
        "int s = 0;\n#pragma omp parallel for private(s)\nfor (int i = 0; i < 9; i++) s += i;\n"
        'FILE *f = fopen("result", "w"); fprintf(f, "%d\\n", s); fclose(f);',
        "it prints ",
    ),
    "an end in sight": (
        "int n = 0;\n#pragma omp parallel for private(n)\nfor (int i = 0; i < 9; i++) n++;\nwhile (n != 9) ;",
        "it ran longer than 3 s",
    ),
    "code that no compiler takes": (
        "int s = 0;\n#pragma omp parallel for reduction(+:unknown)\nfor (int i = 0; i < 9; i++) s += i;\nreturn s;",
        "it does not compile",
    ),
}


@pytest.mark.parametrize(("body", "told"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_pragma_is_different(body: str, told: str, tmp_path: Path) -> None:
    found = only(tmp_path, f"{HEAD}int main(void) {{\n{body}\n}}\n")
    assert found.equal is False
    assert found.failed
    assert found.difference is not None
    assert told in found.difference


CANNOT = {
    "for ever": ("for (;;) ;", "as it is, it ran longer than "),
    "without bound": ('for (;;) puts("more");', "as it is, it wrote more than 64 MiB"),
    "into a wall": ("abort();", "as it is, it ended with SIGABRT"),
    "another way each time": (
        "srand(time(0) ^ clock() ^ (long)&main); struct timespec t; clock_gettime(0, &t);\n"
        'for (int k = t.tv_nsec / 1000 % 97; k; k--) puts("x");',
        "as it is it prints something else each time",
    ),
}


@pytest.mark.parametrize(("rest", "told"), CANNOT.values(), ids=CANNOT.keys())
def test_a_program_that_says_nothing_as_it_is(rest: str, told: str, tmp_path: Path) -> None:
    body = f"#pragma omp parallel for\nfor (int i = 0; i < N; i++) a[i] = i * 0.5;\n{rest}"
    found = only(tmp_path, f"{HEAD}int main(void) {{\n{body}\n}}\n")
    assert found.equal is None
    assert found.unverifiable is not None
    assert told in found.unverifiable
    assert "it stands in main" in found.unverifiable


def test_words_that_change_from_run_to_run_are_not_compared(tmp_path: Path) -> None:
    body = """
int main(void) {
#pragma omp parallel for
  for (int i = 0; i < N; i++) a[i] = i * 0.5;
  struct timespec t;
  clock_gettime(0, &t);
  printf("%.9f seconds, %g\\n", 1e9 + 1e-9 * t.tv_nsec, a[N - 1]);
}
"""
    assert only(tmp_path, HEAD + body).equal is True


def test_a_function_that_the_program_never_calls_gets_a_driver(tmp_path: Path) -> None:
    text = """
#include <stdio.h>
void unused(int n, double *a) {
#pragma omp parallel for
  for (int i = 0; i < n; i++) a[i] += 1;
}
int main(void) {
  int n = 0;
#pragma omp parallel for reduction(+:n)
  for (int i = 0; i < 100; i++) n += i;
  printf("%d\\n", n);
}
"""
    unused, sum_ = tried(tmp_path, text)
    assert (unused.by, unused.equal) == ("driver", True)
    assert (sum_.by, sum_.equal) == ("program", True)


def test_a_program_of_several_files(tmp_path: Path) -> None:
    (tmp_path / "inc").mkdir()
    (tmp_path / "inc" / "more.h").write_text("double more(int);\n")
    (tmp_path / "near.h").write_text("#define N 100\n")
    (tmp_path / "more.c").write_text('#include "more.h"\ndouble more(int i) { return i * FACTOR; }\n')
    text = """
#include <stdio.h>
#include <more.h>
#include "near.h"
double a[N];
int main(void) {
#pragma omp parallel for
  for (int i = 0; i < N; i++) a[i] = more(i);
  printf("%g\\n", a[N - 1]);
}
"""
    source, suggestions = annotated(text, str(tmp_path / "main.c"))
    flags = (f"-I{tmp_path}/inc", str(tmp_path / "more.c"), "-DFACTOR=2.5")
    (found,) = verify(source, suggestions, Manner(flags, limits=Limits(seconds=5))).results
    assert (found.unverifiable, found.equal) == (None, True)
    (alone,) = verify(source, suggestions, Manner(flags[:1])).results
    assert alone.unverifiable is not None
    assert "undefined reference" in alone.unverifiable


def test_a_file_of_another_encoding_and_a_name_with_blanks(tmp_path: Path) -> None:
    text = """
#include <stdio.h>
int main(void) {
  int n = 0;
#pragma omp parallel for reduction(+:n)
  for (int i = 0; i < 100; i++) n += i;
  puts("été");
  return n % 7;
}
"""
    assert only(tmp_path, text, 'a "b" é.c').equal is True


def test_the_number_of_threads_that_a_program_prints_tells_nothing(tmp_path: Path) -> None:
    body = """
int omp_get_max_threads(void);
int main(void) {
#pragma omp parallel for
  for (int i = 0; i < N; i++) a[i] = i * 0.5;
  printf("with %d threads: %f\\n", omp_get_max_threads(), a[N - 1]);
}
"""
    found = only(tmp_path, HEAD + body)
    assert (found.by, found.difference, found.equal) == ("program", None, True)


def test_a_function_that_returns_a_time_is_not_compared(tmp_path: Path) -> None:
    body = """
#include <omp.h>
double timed(double *x, int n) {
  double start = omp_get_wtime();
#pragma omp parallel for
  for (int i = 0; i < n; i++) x[i] = x[i] * 2 + 1;
  return omp_get_wtime() - start;
}
"""
    found = only(tmp_path, HEAD + body)
    assert found.equal is None
    assert found.unverifiable is not None
    assert "as it is it leaves something else each time" in found.unverifiable
