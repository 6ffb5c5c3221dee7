"""Marked loops without their marks: macros are expanded, lines stay, and each loop gets one of four answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.marked_loops import Marked, expanded, marked

pytestmark = pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc to expand macros with")

PROGRAM = """\
#include <math.h>
#include <stdio.h>
#define BOUND(n) (n)
#define ROOT(x) sqrt(x)
void f(int n, int m, double a[n][m], double b[n], double c[n])
{
#pragma omp parallel
    {
#pragma omp for
        for (int i = 0; i < BOUND(n); i++)
            b[i] = ROOT(c[i]) + 2.0 * c[i];
#pragma omp for
        for (int k = 1; k < BOUND(n); k++)
            for (int i = k; i < n; i++)
                for (int j = 0; j < m; j++)
                    a[i][j] -= a[i][m - 1] * a[k - 1][j];
#pragma omp for
        for (int i = 1; i < BOUND(n); i++)
            c[i] += c[i - 1];
    }
    for (int i = 0; i < n; i++)
        b[i] = sqrt(b[i]) * c[i];
    for (int i = 0; i < n; i++)
        fprintf(stderr, "%f", b[i]);
}
"""


@pytest.fixture
def answers(tmp_path: Path) -> list[Marked]:
    path = tmp_path / "program.c"
    path.write_text(PROGRAM)
    found, others = marked(expanded(str(path), []))
    assert others[0] == "21: #pragma omp parallel for (proved)", "a loop without a mark is told apart"
    assert "fprintf" in others[1], "a line that comes in pieces is one again"
    return found


def test_loops_keep_their_lines_and_lose_their_macros(answers: list[Marked]) -> None:
    assert [one.place for one in answers] == ["program:10: f", "program:13: f", "program:18: f"]
    assert answers[0].header == "for (int i = 0; i < (n); i++)"


def test_each_loop_gets_an_answer(answers: list[Marked]) -> None:
    assert [one.answer for one in answers] == ["same", "elsewhere", "nothing"]
    assert answers[0].told == ("10: #pragma omp parallel for (proved)",)
    assert answers[1].told[0].startswith("14: #pragma omp parallel for")
    assert answers[1].told[-1].startswith("13: dependent: ")
    assert "1 iteration later" in answers[2].told[0]
