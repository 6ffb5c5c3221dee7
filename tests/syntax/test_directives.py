"""OpenMP directives as text and as objects, and where they stand in a file."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpcls.syntax.directives import Clause, Directive, directives_in, parse_directive, render
from hpcls.syntax.openmp import DIRECTIVES
from hpcls.syntax.openmp_clauses import CLAUSES
from hpcls.syntax.source import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nowait", Clause("nowait", None, ())),
        ("NoWait", Clause("nowait", None, ())),
        ("private( a ,b )", Clause("private", None, ("a", "b"))),
        ("reduction(+:s)", Clause("reduction", "+", ("s",))),
        ("reduction(inscan, + : a, b)", Clause("reduction", "inscan, +", ("a", "b"))),
        ("reduction(ns::plus : a)", Clause("reduction", "ns::plus", ("a",))),
        ("schedule(monotonic:dynamic, 4)", Clause("schedule", "monotonic", ("dynamic", "4"))),
        ("schedule(dynamic, f(a, b))", Clause("schedule", None, ("dynamic", "f(a, b)"))),
        ("map(tofrom: a[:n], b[0:f(n, 2)])", Clause("map", "tofrom", ("a[:n]", "b[0:f(n, 2)]"))),
        ("map(a[:n])", Clause("map", None, ("a[:n]",))),
        ("map(mapper(id), always, to: a)", Clause("map", "mapper(id), always, to", ("a",))),
        ("depend(in: x)", Clause("depend", "in", ("x",))),
        ("depend(iterator(i = 0:n), out: a[i])", Clause("depend", "iterator(i = 0:n), out", ("a[i]",))),
        ("default(none)", Clause("default", None, ("none",))),
        ("if(parallel: n > 100)", Clause("if", "parallel", ("n > 100",))),
        ("if(n > 100 ? f(n, 1) : g)", Clause("if", None, ("n > 100 ? f(n, 1) : g",))),
        ("if(ns::big(n, m), 1)", Clause("if", None, ("ns::big(n, m), 1",))),
        ("linear(x, y : 2)", Clause("linear", "2", ("x", "y"))),
        ("aligned(p:64)", Clause("aligned", "64", ("p",))),
        ("defaultmap(tofrom:scalar)", Clause("defaultmap", "tofrom", ("scalar",))),
        ("ordered(2)", Clause("ordered", None, ("2",))),
        ("MY_SCHEDULE", Clause("MY_SCHEDULE", None, ())),
        ("MY_SHARED(a,b : c)", Clause("MY_SHARED", None, ("a,b : c",))),
        ("private(", Clause("private", None, ("",))),
        ("private(a, b", Clause("private", None, ("a", "b"))),
        ("if(f(x", Clause("if", None, ("f(x)",))),
        ("reduction(+:", Clause("reduction", "+", ("",))),
        ('message("a ) /* b")', Clause("message", None, ('"a ) /* b"',))),
    ],
)
def test_a_clause(text: str, expected: Clause) -> None:
    found = parse_directive(f"#pragma omp parallel {text}")
    assert found == Directive("parallel", None, (expected,))
    assert found and parse_directive(render(found)) == found


@pytest.mark.parametrize(
    ("text", "name", "argument", "clauses"),
    [
        ("#pragma omp parallel for", "parallel for", None, []),
        ("  #  pragma  omp  parallel  for private(i)", "parallel for", None, ["private"]),
        ("omp parallel, for, nowait", "parallel for", None, ["nowait"]),
        ("Parallel FOR", "parallel for", None, []),
        ("#pragma omp parallel \\\r\n  for \\\n private(i) // why\n", "parallel for", None, ["private"]),
        ("#pragma omp parallel /* all of\n it */ for", "parallel for", None, []),
        ("#pragma omp target teams distribute parallel for simd collapse(2)",
         "target teams distribute parallel for simd", None, ["collapse"]),
        ("#pragma omp target enter data map(to: a)", "target enter data", None, ["map"]),
        ("#pragma omp critical (name) hint(x)", "critical", "name", ["hint"]),
        ("#pragma omp atomic capture seq_cst", "atomic", None, ["capture", "seq_cst"]),
        ("#pragma omp cancel for if(x)", "cancel", None, ["for", "if"]),
        ("#pragma omp cancellation point parallel", "cancellation point", None, ["parallel"]),
        ("#pragma omp threadprivate(a, b)", "threadprivate", "a, b", []),
        ("#pragma omp declare reduction(m : int : omp_out = f(omp_in, omp_out)) initializer(omp_priv = 0)",
         "declare reduction", "m : int : omp_out = f(omp_in, omp_out)", ["initializer"]),
        ("#pragma omp parallell for", "parallell", None, ["for"]),
        ("#pragma omp LOOP_DIRECTIVE private(i)", "LOOP_DIRECTIVE", None, ["private"]),
    ],
)  # fmt: skip
def test_a_directive(text: str, name: str, argument: str | None, clauses: list[str]) -> None:
    found = parse_directive(text)
    assert found is not None
    assert (found.name, found.argument, [clause.name for clause in found.clauses]) == (name, argument, clauses)
    assert found and parse_directive(render(found)) == found


def test_no_directive() -> None:
    for text in ("", "#pragma once", "#pragma omp", "#pragma GCC ivdep", "#pragma ompx parallel", "#pragma omp \\\n"):
        assert parse_directive(text) is None


def test_canonical_text() -> None:
    text = "omp  parallel for,schedule( dynamic ,4 ) reduction( + : s )  nowait linear(x : 2)"
    found = parse_directive(text)
    assert found and render(found) == "#pragma omp parallel for schedule(dynamic, 4) reduction(+:s) nowait linear(x:2)"


@settings(deadline=None)
@given(st.text(alphabet=string.ascii_letters + "  ()[]{}:?,\"'\\/*\n#+ä", max_size=80))
def test_any_text_is_kept_by_printing_and_reading(text: str) -> None:
    found = parse_directive(f"#pragma omp parallel {text}")
    assert found and parse_directive(render(found)) == found


NAMES = st.from_regex(r"[a-z_]\w{0,5}(\[[a-z0-9]?:[a-z]\])?", fullmatch=True)


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    info = CLAUSES[draw(st.sampled_from(sorted(CLAUSES)))]
    if info.kind == "none":
        return Clause(info.name, None, ())
    arguments = draw(st.lists(NAMES, min_size=1, max_size=1 if info.kind == "expression" else 4))
    return Clause(info.name, draw(st.none() | st.sampled_from(("+", "tofrom", "inscan, +"))), tuple(arguments))


@settings(deadline=None)
@given(st.sampled_from(sorted(DIRECTIVES)), st.none() | NAMES, st.lists(clauses(), max_size=5))
def test_printing_and_reading_give_the_same(name: str, argument: str | None, found: list[Clause]) -> None:
    # `parallel` with a clause `for` reads as `parallel for`: only `cancel` takes such clauses, and no name starts so.
    directive = Directive(name, argument, tuple(clause for clause in found if clause.name not in NAME_WORDS))
    assert parse_directive(render(directive)) == directive


NAME_WORDS = {word for name in DIRECTIVES for word in name.split()}

PROGRAM = """\
#define LOOP _Pragma("omp simd") \\
  #pragma omp never
const char *s = "#pragma omp never"; // #pragma omp never
/* #pragma omp never */
int f(int n) {
#ifdef _OPENMP
#pragma omp parallel for \\
    private(i) // each
#else
  #pragma GCC ivdep
#endif
  /* the loop */
  for (int i = 0; i < n; i++) ;
  _Pragma("omp critical(\\"a\\")") { n++; }
  #pragma omp barrier
  #pragma omp parallel
  #pragma omp single
  n = 1;
  #pragma omp ordered depend(source)
  #pragma omp task
}
#pragma omp parallel for"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("suffix", ["c", "cpp"])
def test_directives_of_a_file(newline: str, suffix: str) -> None:
    source = parse(PROGRAM.replace("\n", newline), f"x.{suffix}")
    found = [
        (
            placed.line,
            placed.end_line,
            placed.directive.name,
            placed.target and source.slice(placed.target, placed.target + 3),
        )
        for placed in directives_in(source)
    ]
    assert found == [
        (7, 8, "parallel for", "for"),
        (14, 14, "critical", "{ n"),
        (15, 15, "barrier", None),
        (16, 16, "parallel", "n ="),
        (17, 17, "single", "n ="),
        (19, 19, "ordered", None),
        (20, 20, "task", None),
        (22, 22, "parallel for", None),
    ]
    first, second, *_ = directives_in(source)
    assert source.slice(first.start, first.end).startswith("#pragma omp parallel for \\")
    assert source.slice(first.start, first.end).endswith("// each")
    assert source.slice(second.start, second.end) == '_Pragma("omp critical(\\"a\\")")'


def test_literals_of_cpp_hide_nothing() -> None:
    text = 'auto s = R"x(" /* )x"; int n = 1\'000; char c = \'"\';\n#pragma omp barrier\n'
    assert [placed.line for placed in directives_in(parse(text, "x.cpp"))] == [2]


@settings(deadline=None)
@given(st.text(alphabet="#pragmo (),:[\"\\/*\n\r'R_P{}", max_size=80))
def test_any_file_can_be_searched(text: str) -> None:
    source = parse(f"{text}\n#pragma omp {text}", "x.c")
    starts = [placed.start for placed in directives_in(source)]
    assert starts == sorted(starts)


def test_pragmas_in_a_row_take_no_quadratic_time() -> None:
    source = parse("#pragma omp parallel\n" * 20_000 + "x;", "x.c")
    assert {placed.target for placed in directives_in(source)} == {len(source.data) - 2}


def test_the_specification_is_consistent() -> None:
    for info in DIRECTIVES.values():
        assert all(clause.version >= info.version for clause in info.clauses), info.name
        assert len({clause.name for clause in info.clauses}) == len(info.clauses), info.name
    assert DIRECTIVES["parallel for"].allows("schedule", "4.5")
    assert not DIRECTIVES["parallel for"].allows("nowait", "5.2")
    assert not DIRECTIVES["for"].allows("order", "4.5") and DIRECTIVES["for"].allows("order", "5.0")
    assert DIRECTIVES["target parallel for"].allows("nowait", "4.5")
