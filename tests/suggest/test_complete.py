"""What is offered inside a pragma.  `@` marks the cursor."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpcls.config import Settings
from hpcls.suggest.complete import Completion, complete
from hpcls.syntax.source import parse

PROGRAM = """\
static int count;
void scale(double *a, int n)
{
  double t, b[10];
  @
  for (int i = 0; i < n; i++) a[i] = t;
  double later;
}
"""


def offered(text: str, version: str = "4.5") -> tuple[Completion, ...]:
    before = text[: text.index("@")]
    source = parse(text.replace("@", "", 1), "x.c")
    column = len(before) - (before.rfind("\n") + 1) + 1
    return complete(source, before.count("\n") + 1, column, Settings(openmp_version=version))


def labels(pragma: str, version: str = "4.5") -> list[str]:
    return [found.label for found in offered(PROGRAM.replace("@", pragma), version)]


def test_nothing_outside_a_pragma() -> None:
    assert labels("t = @") == []
    assert labels("#include @") == []
    assert labels("#pragma GCC @") == []
    assert labels("/* #pragma omp @ */") == []
    assert labels("#pragma omp parallel // pri@") == []
    assert labels('_Pragma("omp parallel") f(@') == []


def test_omp_follows_pragma() -> None:
    for pragma in ("#pragma @", "#pragma o@", "#pragma omp@", "# pragma om@", '_Pragma("om@'):
        assert labels(pragma) == ["omp"]


def test_directives() -> None:
    assert {"parallel", "parallel for", "barrier", "target teams distribute parallel for simd"} <= {
        *labels("#pragma omp @")
    }
    assert labels("#pragma omp parallel f@") == ["for", "for simd", "firstprivate"]
    assert labels("#pragma omp target e@") == ["enter data", "exit data"]
    assert labels('_Pragma("omp barr@')[0] == "barrier"


def test_the_version_filters() -> None:
    assert "loop" not in labels("#pragma omp @") and "loop" in labels("#pragma omp @", "5.0")
    assert "order" not in labels("#pragma omp for @") and "order" in labels("#pragma omp for @", "5.0")
    assert "primary" not in labels("#pragma omp parallel proc_bind(@")
    assert "primary" in labels("#pragma omp parallel proc_bind(@", "5.1")


def test_clauses_that_are_not_there_yet() -> None:
    found = labels("#pragma omp parallel for schedule(static) @ private(t)")
    assert {"firstprivate", "reduction", "collapse"} <= {*found}
    assert not {"schedule", "private", "nowait", "map"} & {*found}
    assert "reduction" in labels("#pragma omp parallel reduction(+:t) @")


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [
        ("for schedule(@", ["monotonic", "nonmonotonic", "simd", "static", "dynamic", "guided", "auto", "runtime"]),
        ("for schedule(monotonic: d@", ["dynamic"]),
        ("for schedule(d@", ["dynamic"]),
        ("for schedule(dynamic, @", ["b", "t", "n", "a", "count"]),
        ("parallel default(@", ["none", "shared"]),
        ("parallel proc_bind(@)", ["close", "spread", "master"]),
        ("parallel reduction(@", ["+", "-", "*", "&", "|", "^", "&&", "||", "max", "min"]),
        ("parallel reduction(m@", ["max", "min"]),
        ("parallel reduction(+:@", ["b", "t", "n", "a", "count"]),
        ("parallel reduction(+: t, @", ["b", "n", "a", "count"]),
        ("parallel private(@", ["b", "t", "n", "a", "count"]),
        ("parallel private(t @", []),
        ("parallel for private(b, @)", ["t", "n", "a", "count"]),
        ("parallel shared(c@", ["count"]),
        ("parallel if(n > c@", ["count"]),
        ("parallel for if(@", ["parallel", "for", "b", "t", "n", "a", "count"]),
        ("target map(t@", ["to", "tofrom", "t"]),
        ("target map(to: a[0:@", ["b", "t", "n", "count"]),
        ("task depend(@", ["in", "out", "inout", "sink", "source"]),
        ("task depend(in: @", ["b", "t", "n", "a", "count"]),
        ("threadprivate(c@", ["count"]),
        ("critical(@", []),
        ("parallel \\\n    private(t, \\\n    b, @", ["n", "a", "count"]),
    ],
)
def test_arguments(pragma: str, expected: list[str]) -> None:
    assert labels(f"#pragma omp {pragma}") == expected


def test_modifiers_that_another_one_follows() -> None:
    assert [found.insert_text for found in offered("#pragma omp for reduction(ins@", "5.0")] == ["inscan, "]
    assert "+" in labels("#pragma omp for reduction(inscan, @", "5.0")
    assert [found.insert_text for found in offered("#pragma omp target map(always, tof@")] == ["tofrom:"]


def test_what_is_inserted_and_where() -> None:
    (private,) = offered("int f(int ä) {\n\t#pragma omp parallel priv@\n")
    assert private == Completion("private", "clause", private.documentation, "private(", 23)
    assert [found.insert_text for found in offered("#pragma omp parallel priv@(x)")] == ["private"]
    assert [found.insert_text for found in offered("#pragma omp for now@")] == ["nowait"]
    (variable,) = offered(PROGRAM.replace("@", "#pragma omp parallel private(b@"))
    assert (variable.kind, variable.documentation) == ("variable", "double b[10]")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_half_typed_at_the_end_of_a_file(newline: str) -> None:
    text = newline.join(
        ("void f(int größe) {", "  int k;", "#pragma omp parallel \\", "  firstprivate(größe) private(@")
    )
    assert [found.label for found in offered(text)] == ["k", "größe"]


@settings(deadline=None)
@given(st.text(alphabet='#pragm omp(),:["\\/*\n\r\t{};ä', max_size=60), st.integers(0, 5), st.integers(0, 40))
def test_never_fails(text: str, line: int, column: int) -> None:
    source = parse("#pragma omp parallel " + text, "x.c")
    for found in complete(source, line + 1, column + 1, Settings()):
        assert found.replace_start_column <= column + 1
