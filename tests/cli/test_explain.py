"""`hpcls explain`: codes and loops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hpcls.cli.explain import loop_at, told
from hpcls.config import CODES
from hpcls.errors import InputError
from hpcls.suggest.codes import page
from hpcls.syntax.source import parse

from .running import LOOPS, hpcls
from .samples import REPORT, SHIFT, SUM, TEXT


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page_that_says_what_why_and_how(code: str) -> None:
    told_of = page(code)
    assert told_of.markdown.startswith(f"# {code}: {told_of.name}\n\n{told_of.title}\n")
    for heading in ("What it does", "Why", "Example"):
        assert f"\n## {heading}\n" in told_of.markdown
    assert ("Not reported yet" in told_of.markdown) == (code in ("MPI010", "MPI020"))


def test_a_page_is_printed(tmp_path: Path) -> None:
    assert hpcls("explain", "omp001", cwd=tmp_path).stdout.decode() == page("OMP001").markdown


def test_a_dependent_loop_is_explained_with_its_lines_and_remedy() -> None:
    text = "\n".join(told(parse(TEXT, "a.c"), SHIFT, None, colour=False))
    assert text == (
        """\
a.c:5:3: for loop in f, lines 5 to 6
    for (int i = 1; i < n; i++)

dependent (refuted): an iteration needs what another one leaves
  not offered: an iteration needs what another one leaves
  line 6: a[i - 1] was written one iteration before
    6 | a[i] = a[i - 1];
  remedy: write to a second array

scalars:
  i  induction  line 5: counts the iterations"""
    )


def test_a_suggestion_is_part_of_the_explanation() -> None:
    text = "\n".join(told(parse(TEXT, "a.c"), SHIFT, SUM, colour=False))
    assert "  + #pragma omp parallel for reduction(+:s)  (proved, 0.97)" in text


def test_it_says_why_this_directive_and_these_clauses(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(
        "double f[3][40000];\nvoid g(int n) {\n  for (int c = 0; c < 3; c++)\n    for (int i = 0; i < n; i++)\n"
        "      f[c][i] = 0.5 * f[c][i] + i;\n}\n"
    )
    text = hpcls("explain", "a.c:3", "--model", "none", cwd=tmp_path).stdout.decode()
    assert "+ #pragma omp parallel for collapse(2)" in text
    assert "`collapse(2)`: 3 iterations are few to share out, 30,000 are enough" in text


@pytest.mark.parametrize("line", [5, 6])
def test_the_loop_at_or_around_a_line(line: int) -> None:
    assert loop_at(REPORT, parse(TEXT, "a.c"), line) is SHIFT


def test_of_loops_on_one_line_the_first_or_the_one_at_the_column(tmp_path: Path) -> None:
    loops = "for (int i = 1; i < n; i++) a[i] = a[i - 1] * 2; for (int j = 0; j < n; j++) b[j] = j * 2.0;"
    (tmp_path / "a.c").write_text(f"void f(double *restrict a, double *restrict b, int n) {{\n{loops}\n}}\n")
    first, second = (
        hpcls("explain", f"a.c:2{column}", "--kind", "openmp", cwd=tmp_path).stdout.decode() for column in ("", ":50")
    )
    assert "\ndependent (refuted)" in first
    assert "+ #pragma" not in first
    assert "\nindependent (proved)" in second
    assert "+ #pragma omp parallel for" in second


def test_a_directive_above_a_loop_leads_to_it() -> None:
    source = parse(TEXT.replace("\t\ts += a[i];", "#pragma omp parallel for"), "a.c")
    assert loop_at(REPORT, source, 4) is SHIFT


def test_where_there_is_no_loop_the_nearest_is_named() -> None:
    with pytest.raises(InputError, match="no loop at line 1; the nearest begin at line 5"):
        loop_at(REPORT, parse(TEXT, "a.c"), 1)


def test_a_real_loop_as_text_and_as_data(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS)
    assert "independent (proved)" in hpcls("explain", "a.c:5", cwd=tmp_path).stdout.decode()
    assert "dependent (refuted)" in hpcls("explain", "a.c:8:3", cwd=tmp_path).stdout.decode()
    document = json.loads(hpcls("explain", "a.c:4", "--output-format", "json", cwd=tmp_path).stdout)
    assert document["loop"]["verdict"] == "independent"
    assert document["loop"]["scalars"][0]["name"] == "i"
    assert document["suggestion"]["text"] == "#pragma omp parallel for"


def test_the_dependences_of_a_nest_are_told_and_drawn(tmp_path: Path) -> None:
    pytest.importorskip("islpy")
    (tmp_path / "a.c").write_text(LOOPS)
    text = hpcls("explain", "a.c:8", cwd=tmp_path).stdout.decode()
    assert "dependences over (i):\n  flow: a[i] (line 9) → a[i - 1] (line 9); distance (1), direction (<)" in text
    document = json.loads(hpcls("explain", "a.c:8", "--output-format", "json", cwd=tmp_path).stdout)
    assert document["nest"]["dependences"][0]["vectors"][0]["distances"] == [1]
    drawn = hpcls("explain", "a.c:8", "--svg", cwd=tmp_path)
    assert drawn.stdout.startswith(b"<svg ")
    assert hpcls("explain", "a.c:8", "--svg", "-o", "a.svg", cwd=tmp_path).stdout == b""
    assert (tmp_path / "a.svg").read_bytes() == drawn.stdout


def test_what_a_workspace_may_not_choose_is_told_when_a_nest_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text("void f(int *a) {\n  for (int i = 1; i < 9; i++) a[i] = a[i - 1];\n}\n")
    (tmp_path / ".hpcls.toml").write_text('model = "evil"\n')
    done = hpcls("explain", "a.c:2", "--svg", cwd=tmp_path)
    assert done.stdout.startswith(b"<svg")
    assert b"'model' is ignored" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("OMP001", "--svg"), "OMP001: expected FILE:LINE"),
        (("a.c:8", "-o", "a.svg"), "--output needs --svg"),
        (("a.c:8", "--svg", "-o", "nowhere/a.svg"), "nowhere/a.svg: No such file or directory"),
        (("a.c:13", "--svg"), "cannot be drawn"),
    ],
)
def test_what_cannot_be_drawn_is_one_line_and_exit_2(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS + "void g(void) {\n  while (h())\n    k();\n}\n")
    done = hpcls("explain", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
