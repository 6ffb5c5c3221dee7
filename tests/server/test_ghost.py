"""Ghost text: what VS Code and Neovim show behind the cursor."""

from __future__ import annotations

from pathlib import Path

import pytest

from .client import Buffer, Message, ServerProcess, open_buffer, units

DIRECTIVE = "#pragma omp parallel for reduction(+:sum)"
PROGRAM = """\
double total(const double *a)
{{
    double sum = 0.0; /* 😀 */
{line}
    for (int i = 0; i < 1000000; i++)
        sum += a[i];
    return sum;
}}
"""


def ghost(editor: ServerProcess, path: Path, line: str, program: str = PROGRAM) -> str | None:
    """The line with the cursor behind `line` after the ghost text is accepted; None where there is none."""
    buffer = open_buffer(editor, program.format(line=line), path / "ghost.c")
    at = buffer.text[: buffer.text.index("    for")].count("\n")
    items = buffer.ghost(at, units(line) + 1)
    return accepted(line, items[0], at) if items else None


def accepted(line: str, item: Message, at: int) -> str:
    start, end = item["range"]["start"], item["range"]["end"]
    assert (start["line"], end["line"]) == (at - 1, at - 1)
    assert end["character"] == units(line)
    typed, text = line[start["character"] :], str(item["insertText"])
    assert text.startswith(typed), "VS Code shows no ghost text that does not begin with what is typed"
    return line[: start["character"]] + text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", f"    {DIRECTIVE}"),
        ("  ", f"    {DIRECTIVE}"),
        ("    ", f"    {DIRECTIVE}"),
        ("        ", f"        {DIRECTIVE}"),
        ("\t", f"\t{DIRECTIVE}"),
        ("    #", f"    {DIRECTIVE}"),
        ("    #pra", f"    {DIRECTIVE}"),
        ("    #pragma", f"    {DIRECTIVE}"),
        ("    #pragma omp", f"    {DIRECTIVE}"),
        ("    #pragma omp par", f"    {DIRECTIVE}"),
        ("#pragma omp parallel for ", DIRECTIVE),  # Neovim moves a typed # to column 0
        ("    #  pragma  omp par", "    #  pragma  omp parallel for reduction(+:sum)"),
        ("    #pragma omp parallel for reduction(+:", f"    {DIRECTIVE}"),
    ],
)
def test_a_directive_above_a_loop(editor: ServerProcess, tmp_path: Path, line: str, expected: str) -> None:
    assert ghost(editor, tmp_path, line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "    int t;",
        "    // #pragma",
        "    #pragma once",
        "    #pragma omp simd",
        "    #include",
        '    puts("#pragma omp',
        "    #pragma omp parallel for reduction(+:sum) ",
    ],
)
def test_nothing_behind_other_text(editor: ServerProcess, tmp_path: Path, line: str) -> None:
    assert ghost(editor, tmp_path, line) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    /*", "    */"),
        ("    #pragma omp parallel for reduction(+:sum)", ""),
        ("    // and so on \\", ""),
        ("    #define LOOP \\", ""),
    ],
    ids=["in a comment", "below a directive", "in a continued comment", "in a macro"],
)
@pytest.mark.parametrize("typed", ["", "    #pragma omp"])
def test_nothing_where_a_directive_would_be_wrong(
    editor: ServerProcess, tmp_path: Path, before: str, after: str, typed: str
) -> None:
    program = PROGRAM.replace("{line}", before + "\n{line}").replace("sum += a[i];", "sum += a[i];\n" + after)
    assert ghost(editor, tmp_path, typed, program) is None


def test_nothing_below_the_begun_directive_of_the_loop(editor: ServerProcess, tmp_path: Path) -> None:
    text = PROGRAM.format(line="").replace("double sum = 0.0; /* 😀 */", "double sum = 0.0;\n#pragma omp parallel for")
    buffer = Buffer(editor, open_buffer(editor, text, tmp_path / "below.c").uri, text)
    assert buffer.ghost(5, 1) == []


def test_only_right_above_the_loop(editor: ServerProcess, tmp_path: Path) -> None:
    text = PROGRAM.format(line="\n")
    buffer = open_buffer(editor, text, tmp_path / "apart.c")
    assert buffer.ghost(4, 1) == []
    assert buffer.ghost(5, 1) != []


def test_with_crlf(editor: ServerProcess, tmp_path: Path) -> None:
    text = PROGRAM.format(line="    #pragma").replace("\n", "\r\n")
    buffer = open_buffer(editor, text, tmp_path / "crlf.c")
    (item,) = buffer.ghost(4, 12)
    assert item["insertText"] == DIRECTIVE


def test_letter_after_letter(editor: ServerProcess, tmp_path: Path) -> None:
    """As an editor asks: after each key, with the change just sent."""
    buffer = open_buffer(editor, PROGRAM.format(line=""), tmp_path / "typed.c")
    at = buffer.text.index("\n    for")
    for count, letter in enumerate(DIRECTIVE[:-1], 1):
        buffer.edit(at + count - 1, at + count - 1, letter)
        (item,) = buffer.ghost(4, count + 1)
        assert item["insertText"] == DIRECTIVE
