"""Data races: found where there are some, not where there are none, and told where they cannot be looked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hpcls.verification.races import why_not
from hpcls.verification.sandbox import Limits, Sandbox
from hpcls.verification.variants import spread, unconditional

from .trying import annotated, needs_gcc, only

pytestmark = needs_gcc
MINUTE = Limits(seconds=60)

# Each thread writes the same value: only the race is wrong, never what is left.
RACY = """
int any_negative(int n, const double *a) {
  int found = 0;
#pragma omp parallel for
  for (int i = 0; i < n; i++)
    if (a[i] < 0) found = 1;
  return found;
}
"""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with TemporaryDirectory() as folder:
        yield Sandbox(Path(folder))


def needs_detector(sandbox: Sandbox) -> None:
    missing = why_not(sandbox, "c")
    if missing:
        pytest.skip(missing)


def test_a_race_that_changes_nothing_is_found(tmp_path: Path, sandbox: Sandbox) -> None:
    needs_detector(sandbox)
    found = only(tmp_path, RACY, limits=MINUTE)
    assert (found.equal, found.failed) == (True, True)
    assert found.races is not None
    assert found.races > 0
    assert found.difference == "a data race at line 5"


def test_the_same_loop_with_its_reduction_has_none(tmp_path: Path, sandbox: Sandbox) -> None:
    needs_detector(sandbox)
    found = only(tmp_path, RACY.replace("parallel for", "parallel for reduction(|:found)"), limits=MINUTE)
    assert (found.equal, found.races, found.failed) == (True, 0, False)


def test_races_of_a_program_s_own_are_not_blamed_on_a_suggestion(tmp_path: Path, sandbox: Sandbox) -> None:
    needs_detector(sandbox)
    text = """
#include <stdio.h>
double a[100];
int main(void) {
  int last = 0;
#pragma /* its own */ omp parallel for schedule(static, 1)
  for (int i = 0; i < 100; i++) { if (i >= 0) last = 1; }
#pragma omp parallel for
  for (int i = 0; i < 100; i++) a[i] = i * 0.5;
  printf("%d %g\\n", last, a[99]);
}
"""
    found = only(tmp_path, text, limits=MINUTE)
    assert (found.equal, found.races, found.failed) == (True, None, False)
    assert found.notes[0] == "races were not counted: the code has some as it is"


def test_without_clang_it_is_said_what_is_missing(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    told = why_not(sandbox, "c")
    assert told == ("races were not looked for: clang is not installed (Debian: clang libomp-dev libclang-rt-14-dev)")


@pytest.mark.parametrize(
    ("pragma", "looked_for"),
    [
        ("#pragma omp parallel for", "#pragma omp parallel for schedule(static, 1)"),
        ("#pragma omp parallel for schedule(dynamic)", "#pragma omp parallel for schedule(dynamic)"),
        ("#pragma omp simd", "#pragma omp simd"),
    ],
)
def test_iterations_are_dealt_out_one_by_one_where_no_schedule_says_how(pragma: str, looked_for: str) -> None:
    _, (suggestion,) = annotated(f"{pragma}\nfor (;;) ;\n", "a.c")
    assert spread(suggestion).edits[0].text == looked_for + "\n"


@pytest.mark.parametrize(
    ("pragma", "tried"),
    [
        ("#pragma omp parallel for private(t) if(n > 10000)", "#pragma omp parallel for private(t)"),
        ("#pragma omp parallel for private(t)", "#pragma omp parallel for private(t)"),
    ],
)
def test_a_team_is_made_for_short_inputs_too(pragma: str, tried: str) -> None:
    _, (suggestion,) = annotated(f"{pragma}\nfor (;;) ;\n", "a.c")
    assert unconditional(suggestion).edits[0].text == tried + "\n"


def test_a_race_behind_if_is_found(tmp_path: Path) -> None:
    found = only(tmp_path, RACY.replace("parallel for", "parallel for if(n > 1000000)"), limits=MINUTE)
    assert found.races
