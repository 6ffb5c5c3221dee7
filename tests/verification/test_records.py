"""What drivers record, compared bit by bit, or within a tolerance where sums are rounded otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hpcls.verification.model import Unverifiable
from hpcls.verification.records import Record, Recorded, difference, read_records
from hpcls.verification.sandbox import Run


def reals(*values: float) -> Recorded:
    return Recorded(0.0, (Record("x", True, 8, np.array(values, np.float64).tobytes()),))


def integers(*values: int) -> Recorded:
    return Recorded(0.0, (Record("k", False, 4, np.array(values, np.int32).tobytes()),))


@given(arrays.arrays(np.float64, st.integers(1, 6)), st.integers(0, 5), st.integers(0, 63))
def test_any_bit_counts_but_for_those_of_what_is_no_number(values: np.ndarray, at: int, bit: int) -> None:
    changed = values.copy()
    changed.view(np.uint64)[at % len(values)] ^= np.uint64(1 << bit)
    before, after = values[at % len(values)], changed[at % len(values)]
    told = difference(reals(*values), reals(*changed), tolerant=False)
    assert (told is None) == bool(np.isnan(before) and np.isnan(after))


def test_sums_may_be_rounded_otherwise_where_that_is_allowed() -> None:
    assert difference(reals(1.0, 2.0), reals(1.0, 2.0 + 1e-9), tolerant=True) is None
    assert difference(reals(1.0, 2.0), reals(1.0, 2.0 + 1e-9), tolerant=False) == (
        "element 1 of x is 2.000000001, not 2.0"
    )
    assert difference(reals(1.0), reals(1.001), tolerant=True)
    assert difference(reals(1.0), reals(float("nan")), tolerant=True)
    assert difference(reals(float("inf")), reals(1.0), tolerant=True)


def test_whole_numbers_are_always_compared_exactly() -> None:
    assert difference(integers(5, -6), integers(5, -7), tolerant=True) == "element 1 of k is -7, not -6"


def test_other_variables_are_a_difference() -> None:
    assert difference(reals(1.0), Recorded(0.0, ()), tolerant=True) == "other variables are left than before"
    assert difference(reals(1.0), reals(1.0, 1.0), tolerant=True) == "other variables are left than before"


@pytest.mark.parametrize("data", [None, b"", b"seconds 0 8 1\n123", b"no record\n"])
def test_a_record_that_is_not_whole_says_nothing(data: bytes | None) -> None:
    files = {} if data is None else {"hpcls-records": data}
    with pytest.raises(Unverifiable):
        read_records(Run(0, b"", b"", 0.1, None, files))
