"""Dependences over a whole nest in words, what would help, and the drawing of its iterations."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from hpcls.suggest.drawing import iteration_space_svg
from hpcls.suggest.nest_report import NestReport, SpaceNote
from hpcls.suggest.nest_words import dependence_words, left_out, nest_heading, vector_words
from hpcls.suggest.nests import nest_report, space_at
from hpcls.syntax.source import parse, read_source

pytest.importorskip("islpy")

ROWS = """
double A[100][100];
void f(int n) {
  for (int i = 1; i < n; i++)
    for (int j = 0; j < n; j++)
      A[i][j] = A[i - 1][j] + 1;
}
"""
SKEWED = ROWS.replace("A[i - 1][j] + 1", "A[i - 1][j + 1] + A[i][j - 1]")
COLUMNS = ROWS.replace("A[i - 1][j]", "A[i][j - 1]").replace("j = 0", "j = 1")
TRIANGLE = ROWS.replace("j < n", "j <= i").replace("A[i - 1][j] + 1", "A[j][i]")
BACKWARDS = """
void f(int n, double *a) {
  for (int i = n - 2; i >= 0; i -= 2)
    a[i] = 3 * a[i + 2];
}
"""
TWO_STATEMENTS = """
void f(int n, double *restrict a, const double *restrict b, double *restrict c) {
  for (int i = 1; i < n; i++) {
    a[i] = 2 * a[i - 1] + b[i];
    c[i] = 2 * b[i];
  }
}
"""
TIED = TWO_STATEMENTS.replace("a[i - 1] + b[i]", "c[i - 1]").replace("2 * b[i]", "a[i]")
HISTOGRAM = """
struct cell { int hits; double sum; };
void f(int n, struct cell *cells, const int *idx) {
  for (int i = 0; i < n; i++) {
    cells[idx[i]].hits++;
    cells[idx[i]].sum += 0.5;
  }
}
"""
PREFIX = """void f(int n, int *restrict s, const int *restrict c) {
  for (int i = 2; i < n; i++)
    s[i] = s[i - 1] + c[i];
}
"""
FOUR_APART = (
    TWO_STATEMENTS.replace("i = 1", "i = 4").replace("a[i - 1]", "a[i - 4]").replace("    c[i] = 2 * b[i];\n", "")
)


def _place(text: str, loop: int = 0) -> tuple[int, int]:
    """Where the given `for` of `text` stands."""
    offset = -1
    for _ in range(loop + 1):
        offset = text.index("for (", offset + 1)
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _report(text: str, loop: int = 0) -> NestReport:
    found = nest_report(parse(text, "a.c"), *_place(text, loop))
    assert found is not None
    return found


def _space(text: str, loop: int = 0) -> SpaceNote:
    found = space_at(parse(text, "a.c"), *_place(text, loop))
    assert found is not None
    return found


def test_dependences_are_told_with_both_ends_and_their_vectors() -> None:
    report = _report(SKEWED)
    assert nest_heading(report) == "over (i, j)"
    assert [dependence_words(note) for note in report.dependences] == [
        "flow: A[i][j] (line 6) → A[i - 1][j + 1] (line 6)",
        "flow: A[i][j] (line 6) → A[i][j - 1] (line 6)",
    ]
    (first,) = report.dependences[0].vectors
    assert vector_words(first) == "distance (1, -1), direction (<, >), carried by i"
    assert left_out(report) is None


def test_distances_count_iterations_of_a_loop_that_runs_backwards() -> None:
    (note,) = _report(BACKWARDS).dependences
    assert (note.kind, note.vectors[0].distances) == ("flow", (1,))
    assert _report(BACKWARDS).loops[0].bounds == "n - 2 >= i >= 0, step -2"


def test_what_no_vector_describes_is_named() -> None:
    report = _report("void f(int n, int *a, int *b) {\n  for (int i = 0; i < n; i++) a[b[i]] = i;\n}\n")
    assert left_out(report) == "no vector is known of a[b[i]] (line 2)"


@pytest.mark.parametrize(
    ("text", "loop", "words"),
    [
        (
            ROWS,
            0,
            ["make the loop inside it, at line 5, the parallel one", "swap the loops over i and j: the one over j"],
        ),
        (
            COLUMNS,
            1,
            ["make the loop around it, at line 4", "swap the loops over i and j: the one over i, then inside"],
        ),
        (SKEWED, 0, ["`ordered(2)` with `depend(sink: i-1,j+1) depend(sink: i,j-1)`"]),
        (TWO_STATEMENTS, 0, ["split off line 5 (`c[i] = 2 * b[i];`), which needs no earlier iteration"]),
        (TIED, 0, []),
        (HISTOGRAM, 0, ["`#pragma omp atomic` above line 5", "`#pragma omp atomic` above line 6"]),
        (FOUR_APART, 0, ["`#pragma omp simd safelen(4)`"]),
        (PREFIX, 0, ["it is a prefix sum: keep it in a scalar s, with `reduction(inscan, +: s)`"]),
        (PREFIX.replace("s[i] = s[i - 1] + c[i]", "s[i] *= s[i - 1]"), 0, ["it is a prefix product"]),
        (PREFIX.replace("s[i - 1] +", "s[i - 1] -"), 0, []),
        (PREFIX.replace("i - 1", "i - 2"), 0, ["`#pragma omp simd safelen(2)`"]),
    ],
    ids=[
        *("inner is free", "outer is free", "wavefront", "split", "no split of a cycle", "atomic", "safelen"),
        *("prefix sum", "prefix product", "alternating", "every second"),
    ],
)
def test_the_nearest_remedies(text: str, loop: int, words: list[str]) -> None:
    remedies = _report(text, loop).remedies
    assert len(remedies) == len(words), remedies
    for remedy, word in zip(remedies, words, strict=True):
        assert word in remedy


def test_an_independent_loop_needs_no_remedy() -> None:
    assert not _report(ROWS, 1).remedies


def test_loops_with_bounds_of_each_other_are_not_swapped() -> None:
    triangle = ROWS.replace("j = 0", "j = i")
    assert not any("swap" in remedy for remedy in _report(triangle).remedies)


def test_the_drawing_has_a_point_an_iteration_and_an_arrow_a_dependence() -> None:
    space = _space(SKEWED)
    assert space.sizes == (("n", 6),)
    assert len(space.points) == 5 * 6
    flows = [arrow for arrow in space.arrows if arrow.dependence.vectors[0].distances == (1, -1)]
    assert ((1, 1), (2, 0)) in flows[0].ends
    assert all((c - a, d - b) == (1, -1) for (a, b), (c, d) in flows[0].ends)


def test_a_triangle_is_drawn_as_one() -> None:
    assert all(j <= i for i, j in _space(TRIANGLE).points)
    assert len(_space(TRIANGLE).points) == sum(i + 1 for i in range(1, 6))


def test_a_long_loop_is_cut_and_says_so() -> None:
    space = _space(ROWS.replace("i < n", "i < 1000"))
    assert space.cut == (True, False)
    assert max(i for i, _ in space.points) == 8


def test_an_arrow_leads_from_the_nearest_earlier_iteration() -> None:
    space = _space("double s[9], m[9][9];\nvoid f(void) {\n  for (int i = 0; i < 9; i++) s[0] = 2 * s[0] + i;\n}\n")
    assert all(late[0] - early[0] == 1 for arrow in space.arrows for early, late in arrow.ends)


@pytest.mark.parametrize("text", [ROWS, COLUMNS, SKEWED, TRIANGLE, BACKWARDS, TWO_STATEMENTS])
def test_the_drawing_is_well_formed_and_complete(text: str) -> None:
    space = _space(text)
    root = ET.fromstring(iteration_space_svg(space, "a.c:<4> & more"))
    tags = [element.tag.rpartition("}")[2] for element in root.iter()]
    words = " ".join(element.text or "" for element in root.iter() if element.tag.endswith("text"))
    assert tags.count("circle") == len(space.points)
    for name in (axis.variable for axis in space.axes):
        assert name in words
    for arrow in space.arrows:
        assert dependence_words(arrow.dependence) in words
    assert "a.c:<4> & more" in words
    assert "n = 6" in words
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for circle in (element for element in root.iter() if element.tag.endswith("circle")):
        assert 0 < float(circle.attrib["cx"]) < width
        assert 0 < float(circle.attrib["cy"]) < height


def test_kinds_differ_in_colour_and_in_dashes() -> None:
    svg = iteration_space_svg(_space(ROWS))
    dashes = {kind: svg.partition(f".{kind}{{stroke-width")[2].partition("}")[0] for kind in ("flow", "anti", "output")}
    colours = {kind: svg.partition(f".{kind}{{stroke:#")[2][:6] for kind in ("flow", "anti", "output")}
    assert len(set(dashes.values())) == len(set(colours.values())) == 3


def test_no_loop_no_drawing() -> None:
    source = parse(ROWS, "a.c")
    assert space_at(source, 2, 1) is None
    assert nest_report(source, 2, 1) is None
    endless = parse("void f(void) { while (1) g(); }", "a.c")
    assert space_at(endless, 1, 16) is None


def test_what_takes_too_long_to_draw_is_given_up_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    program = read_source("examples/wave.c")
    line = next(at for at in range(1, 300) if "t <= steps" in program.line_text(at))
    assert space_at(program, line, program.line_text(line).index("for") + 1) is None
    assert capfd.readouterr().err == ""
