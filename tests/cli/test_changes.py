"""Edits, and the diffs that say the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpcls.cli.formats import View, load
from hpcls.config import Settings
from hpcls.suggest.changes import apply, lines_of
from hpcls.suggest.report import Edit, FileReport
from hpcls.syntax.source import decode, parse

from .samples import SUM

LINES = st.lists(st.sampled_from(["", "a", "}", "é漢😀", "\f", "\u2028", "x;\r"]), max_size=30)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    """A text, and edits of it that do not overlap."""
    text = "\n".join(draw(LINES)) + draw(st.sampled_from(["", "\n"]))
    count = len(lines_of(text)) + text.endswith("\n")
    at = sorted(draw(st.sets(st.integers(1, max(count, 1)), max_size=5)))
    return text, tuple(draw(_edit(text, line)) for line in at)


@st.composite
def _edit(draw: st.DrawFn, text: str, line: int) -> Edit:
    """A line inserted above `line`, or a piece of it replaced."""
    if draw(st.booleans()):
        return Edit(line, 1, line, 1, "  #pragma omp é\n")
    content = lines_of(text)[line - 1].rstrip("\n") if line <= len(lines_of(text)) else ""
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
    return Edit(line, start + 1, line, end + 1, draw(st.sampled_from(["y", "f(\n)", "z"])))


def diff_of(text: str, edits: tuple[Edit, ...], path: str) -> bytes:
    from dataclasses import replace

    report = FileReport(path, "c", (replace(SUM, edits=edits),))
    return load("diff").entry(View(report, parse(text, path), Settings()))


@given(edited())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_patch_makes_of_the_diff_what_the_edits_make(tmp_path: Path, case: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = case
    file = tmp_path / "a.c"
    file.write_bytes(text.encode())
    diff = diff_of(text, edits, "a.c")
    if apply(text, edits) != text and text:
        subprocess.run(["patch", "-p0", "--binary"], cwd=tmp_path, input=diff, check=True, capture_output=True)
    expected = apply(text, edits) if text else text
    assert file.read_bytes().decode() == expected


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("command", [["patch", "-p0"], ["git", "apply", "-p0"]])
def test_patch_and_git_apply_the_diff(tmp_path: Path, command: list[str], newline: str, end: str) -> None:
    text = newline.join(["int a;", "for (;;)", "  x();"]) + end
    (tmp_path / "some dir").mkdir()
    file = tmp_path / "some dir" / "a.c"
    file.write_bytes(text.encode())
    edits = (Edit(2, 1, 2, 1, f"#pragma omp parallel for{newline}"), Edit(3, 3, 3, 4, "y"))
    subprocess.run(command, cwd=tmp_path, input=diff_of(text, edits, "some dir/a.c"), check=True, capture_output=True)
    assert file.read_bytes().decode() == apply(text, edits)


def test_changes_far_apart_are_hunks_of_their_own_and_near_ones_are_not() -> None:
    text = "".join(f"{number}\n" for number in range(1, 31))
    edits = tuple(Edit(line, 1, line, 1, "new\n") for line in (5, 11, 25))
    marks = [line for line in diff_of(text, edits, "a.c").decode().splitlines() if line.startswith("@@")]
    assert marks == ["@@ -2,12 +2,14 @@", "@@ -22,6 +24,7 @@"]


def test_a_diff_keeps_the_bytes_of_latin_1(tmp_path: Path) -> None:
    data = b"// caf\xe9\nfor (;;) ;\n"
    text, encoding = decode(data, "a.c")
    report = FileReport("a.c", "c", (SUM,))
    diff = load("diff").entry(View(report, parse(text, "a.c", encoding=encoding), Settings()))
    assert b" // caf\xe9\n" in diff
    (tmp_path / "a.c").write_bytes(data)
    subprocess.run(["patch", "-p0"], cwd=tmp_path, input=diff, check=True, capture_output=True)
    assert b"#pragma omp" in (tmp_path / "a.c").read_bytes()


def test_edits_at_one_place_follow_each_other_as_given() -> None:
    assert apply("x\n", [Edit(1, 1, 1, 1, "a\n"), Edit(1, 1, 1, 1, "b\n")]) == "a\nb\nx\n"


def test_edits_past_the_end_are_appended() -> None:
    assert apply("x", [Edit(2, 1, 2, 1, "\ny")]) == "x\ny"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap at line 1"):
        apply("abcdef", [Edit(1, 1, 1, 4, ""), Edit(1, 2, 1, 3, "")])
