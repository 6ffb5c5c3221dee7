"""Directives that are wrong, in the editor: a warning with both places, and a quick fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from .client import Buffer, ServerProcess, open_buffer
from .test_features import applied, line_of

PROGRAM = """\
void f(int n, const double *restrict a, double *restrict b)
{
    double t;
#pragma omp parallel for
    for (int i = 0; i < n; i++) {
        t = a[i];
        b[i] = t * t;
    }
#pragma omp parallel for
    for (int i = 1; i < n; i++)
        b[i] = b[i - 1];
}
"""
MISSING, CARRIED = 4, 9
WARNING = 2


@pytest.fixture
def buffer(editor: ServerProcess, tmp_path: Path) -> Buffer:
    return open_buffer(editor, PROGRAM, tmp_path / "program.c")


def test_each_is_a_warning_at_its_directive(buffer: Buffer) -> None:
    items = [item for item in buffer.diagnostics()["items"] if item["code"] == "OMP010"]
    assert [(line_of(item), item["severity"]) for item in items] == [(MISSING, WARNING), (CARRIED, WARNING)]
    assert [line_of(item["relatedInformation"][0]["location"]) for item in items] == [6, 11]
    assert "remedy" in items[1]["message"]


def test_a_quick_fix_adds_the_clause(buffer: Buffer) -> None:
    diagnostics = [item for item in buffer.diagnostics()["items"] if line_of(item) == MISSING]
    (fix,) = buffer.actions(MISSING, diagnostics=diagnostics, only=["quickfix"])
    assert fix["title"] == "Fix missing private(t)"
    assert fix["diagnostics"] == diagnostics
    text = applied(buffer, fix["edit"]["documentChanges"][0]["edits"])
    assert text == PROGRAM.replace("parallel for\n", "parallel for private(t)\n", 1)


def test_no_quick_fix_where_no_clause_helps(buffer: Buffer) -> None:
    assert buffer.actions(CARRIED, only=["quickfix"]) == []


def test_hover_says_what_is_wrong(buffer: Buffer) -> None:
    text = buffer.ask("hover", MISSING + 1, 8)["contents"]["value"]
    assert "**Wrong with the directive**" in text
    assert "t is shared, and every iteration writes it" in text
