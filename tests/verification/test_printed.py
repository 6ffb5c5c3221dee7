"""What programs print, compared word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.verification.printed import Printed, Unsteady, changing, difference, is_told, printed
from hpcls.verification.sandbox import Run
from hpcls.verification.tolerance import RELATIVE


def of(text: str, status: int = 0) -> Printed:
    return printed(Run(status, text.encode("latin-1"), b"", 0.1, None))


def told(before: str, after: str, tolerance: float | None = None) -> str | None:
    return difference(of(before), of(after), Unsteady(), tolerance)


@given(st.text(alphabet=st.characters(max_codepoint=255)), st.text(alphabet=st.characters(max_codepoint=255)))
def test_without_tolerance_only_the_same_text_is_equal(before: str, after: str) -> None:
    assert (told(before, after) is None) == (before == after)


@pytest.mark.parametrize(
    ("before", "after", "equal"),
    [
        ("sum 0.30000000000000004", "sum 0.30000000000000000", True),
        ("1.234567e+10", "1.234568e+10", True),
        ("norm = 0.12", "norm = 0.13", True),
        ("norm = 0.12", "norm = 0.14", False),
        ("0.10000", "0.10011", False),
        ("12", "13", False),
        ("1.0e5", "1.0e-5", False),
        ("x1.5", "y1.5", False),
        ("1.5 2.5", "1.5", False),
        ("nan", "1.0", False),
    ],
)
def test_with_tolerance_floating_numbers_may_be_rounded_otherwise(before: str, after: str, equal: bool) -> None:
    assert (told(before, after, RELATIVE[8]) is None) is equal


def test_sums_of_float_are_rounded_earlier() -> None:
    assert told("total 2.09715e+06", "total 2.09733e+06", RELATIVE[8])
    assert told("total 2.09715e+06", "total 2.09733e+06", RELATIVE[4]) is None
    assert told("total 2.09715e+06", "total 2.10715e+06", RELATIVE[4])


def test_streams_and_files_are_told_apart() -> None:
    first = printed(Run(0, b"ab", b"", 0.1, None))
    second = printed(Run(0, b"a", b"b", 0.1, None))
    third = printed(Run(0, b"", b"", 0.1, None, {"ab": b""}))
    assert difference(first, second, Unsteady(), RELATIVE[8])
    assert difference(first, third, Unsteady(), RELATIVE[8])


def test_what_changes_between_runs_as_they_are_is_left_out() -> None:
    runs = [of("took 1.25 s: 7"), of("took 1.5 s: 7"), of("took 1.75 s: 7")]
    unsteady = changing(runs)
    assert unsteady is not None
    assert difference(runs[0], of("took 9.0 s: 7"), unsteady, None) is None
    assert difference(runs[0], of("took 1.25 s: 8"), unsteady, None)
    assert changing([of("a b"), of("a")]) is None


def test_what_changes_may_be_padded_otherwise() -> None:
    runs = [of("ticks:   123\nsum: 7\n"), of("ticks:   456\nsum: 7\n")]
    unsteady = changing(runs)
    assert unsteady is not None
    assert difference(runs[0], of("ticks: 12345\nsum: 7\n"), unsteady, None) is None
    assert difference(runs[0], of("ticks: 12345\nsum:  7\n"), unsteady, None)


def test_runs_that_end_otherwise_are_not_compared() -> None:
    assert changing([of("a"), of("a", status=1)]) is None


def test_a_time_that_happens_to_stay_the_same_is_known_by_its_line() -> None:
    runs = [of("size 5: 1 us\nsize 9: 30 us\n7\n3"), of("size 5: 1 us\nsize 9: 31 us\n7\n3")]
    unsteady = changing(runs)
    assert unsteady is not None
    assert difference(runs[0], of("size 5: 2 us\nsize 9: 30 us\n7\n3"), unsteady, None) is None
    assert difference(runs[0], of("size 6: 1 us\nsize 9: 30 us\n7\n3"), unsteady, None)
    assert difference(runs[0], of("size 5: 1 us\nsize 9: 30 us\n8\n3"), unsteady, None)


def test_numbers_alone_on_a_line_have_no_like() -> None:
    runs = [of("0.5\n7.25\n"), of("0.6\n7.25\n")]
    unsteady = changing(runs)
    assert unsteady is not None
    assert difference(runs[0], of("0.5\n7.5\n"), unsteady, None)


def test_errors_of_a_sum_are_rounding_beside_the_sum() -> None:
    before, after = (
        "pi 3.14159265358979 error 0.00000000000027533531",
        "pi 3.14159265358979 error 0.00000000000044320103",
    )
    assert told(before, after, RELATIVE[8]) is None
    assert told(before, after)
    assert told("error 0.00000000000027533531", "error 0.00000000000044320103", RELATIVE[8])


def test_a_sum_that_is_rounded_differently_each_time_is_compared_all_the_same() -> None:
    """As of a program that adds in parallel already: its sum differs in the last digits with the number of threads."""
    runs = [of("sum 10.0000000001 in 0.5 s"), of("sum 10.0000000002 in 0.7 s")]
    unsteady = changing(runs)
    assert unsteady is not None
    assert difference(runs[0], of("sum 10.0000000003 in 9.0 s"), unsteady, None) is None
    assert difference(runs[0], of("sum 10.1 in 0.5 s"), unsteady, None)
    assert difference(runs[0], of("sum 4.0 in 0.5 s"), unsteady, RELATIVE[8])


def test_who_prints_only_times_tells_nothing() -> None:
    runs = [of("took 0.5 s"), of("took 0.7 s")]
    unsteady = changing(runs)
    assert unsteady is not None
    assert not is_told(runs[0], unsteady)
    assert is_told(of("done"), Unsteady())
    assert is_told(of("took 0.5 s: 7"), Unsteady(frozenset({2})))
