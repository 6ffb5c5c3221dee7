"""Files that are hard on analysis: what they cost grows with their size and no faster, until it gives up.

`python -m scripts.worst_cases` takes the time over large ones.
"""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.suggest.left_out import left_out
from hpcls.suggest.report import FileReport
from hpcls.syntax.source import parse
from tests.analysis.worst_cases import WORST_CASES, WorstCase, half_typed, long_body, many_functions, many_messages

_SIZE, _TIMES = 40, 4
_ROOM = 1.6
"""How much faster than the size the number of calls may grow: a square would be four times as much."""


def _report(case: WorstCase, size: int) -> FileReport:
    return report(parse(case.text(size), f"worst{case.suffix}"), Settings())


def _calls(case: WorstCase, size: int) -> int:
    """The functions that are called, counted: time would tell of the machine."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(step)
    try:
        _report(case, size)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("case", [one for one in WORST_CASES if not one.has_limits], ids=lambda case: case.name)
def test_the_cost_grows_with_the_size(case: WorstCase) -> None:
    _calls(case, _SIZE)  # what is read once for all files
    small, large = _calls(case, _SIZE), _calls(case, _TIMES * _SIZE)
    assert large <= _ROOM * _TIMES * small


@pytest.mark.parametrize("case", WORST_CASES, ids=lambda case: case.name)
def test_every_loop_has_a_verdict_and_every_unknown_its_reason(case: WorstCase) -> None:
    found = _report(case, _SIZE)
    assert found.loops or found.errors or case.text in (many_messages, half_typed)
    assert all(loop.reasons for loop in found.loops if loop.verdict == "unknown")


def test_a_loop_that_is_too_large_costs_the_others_nothing() -> None:
    text = long_body(20_000).replace("void f(", "void large(") + many_functions(3)
    large, *others = report(parse(text, "a.c"), Settings()).loops
    assert [reason.message for reason in large.reasons] == ["there is more in the file than is analysed: gave up"]
    assert [loop.verdict for loop in others] == ["independent"] * 3


def test_where_loops_were_given_up_is_told_once() -> None:
    found = report(parse(long_body(20_000) + many_functions(3) + long_body(20_000), "a.c"), Settings())
    (told,) = left_out(found)
    assert told.line == found.loops[0].line
    assert told.message == "there is more in the file than is analysed: gave up on 2 loops, this one the first"
    assert left_out(report(parse(many_functions(3), "a.c"), Settings())) == ()


def test_a_directive_that_is_not_checked_is_named() -> None:
    text = long_body(30_000).replace("for (", "#pragma omp parallel for\nfor (", 1)
    (error,) = report(parse(text, "a.c"), Settings()).errors
    assert text.splitlines()[error.line - 1] == "#pragma omp parallel for"
    assert error.message == "there is more in the file than is analysed: gave up checking this directive"
