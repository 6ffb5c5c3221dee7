"""What a driver recorded: read, and compared with what the code as it is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from hpcls.verification.driver import RECORDS
from hpcls.verification.model import Unverifiable
from hpcls.verification.sandbox import Run
from hpcls.verification.tolerance import RELATIVE

_REAL = 0
_FLOATING = {4: np.float32, 8: np.float64, 16: np.longdouble}


@dataclass(frozen=True)
class Record:
    """One variable, or one row of one."""

    name: str
    is_real: bool
    size: int
    """Of one number, in bytes."""
    data: bytes


@dataclass(frozen=True)
class Recorded:
    """All that one run of a driver left."""

    seconds: float
    records: tuple[Record, ...]


def read_records(run: Run) -> Recorded:
    """What a run of a driver left.  Raises Unverifiable where that is not whole."""
    try:
        first, *rest = _records(run.files[RECORDS])
        return Recorded(float(np.frombuffer(first.data, np.float64)[0]), tuple(rest))
    except (KeyError, ValueError, IndexError) as error:
        raise Unverifiable("the function ends the program, or the driver leaves no whole record") from error


def _records(data: bytes) -> Iterator[Record]:
    position = 0
    while position < len(data):
        end = data.index(b"\n", position)
        name, kind, size, count = data[position:end].decode().split()
        position = end + 1 + int(size) * int(count)
        if position > len(data):
            raise ValueError("it ends early")
        yield Record(name, int(kind) == _REAL, int(size), data[end + 1 : position])


def difference(expected: Recorded, found: Recorded, *, tolerant: bool) -> str | None:
    """The first difference; None where there is none.  Floating values may differ a little where `tolerant`."""
    for one, other in zip_longest(expected.records, found.records):
        if one is None or other is None or len(one.data) != len(other.data):
            return "other variables are left than before"
        told = None if one.data == other.data else _first(one, other, tolerant)
        if told:
            return told
    return None


def _first(one: Record, other: Record, tolerant: bool) -> str | None:
    if not one.is_real or one.size not in _FLOATING:
        place = next(at for at, pair in enumerate(zip(one.data, other.data, strict=True)) if pair[0] != pair[1])
        return _told(one.name, place // one.size, _whole(one, place), _whole(other, place))
    before = np.frombuffer(one.data, _FLOATING[one.size])
    after = np.frombuffer(other.data, _FLOATING[one.size])
    wrong = np.flatnonzero(_unlike(before, after, RELATIVE[one.size] if tolerant else 0.0))
    return _told(one.name, int(wrong[0]), str(before[wrong[0]]), str(after[wrong[0]])) if wrong.size else None


def _unlike(
    before: npt.NDArray[np.floating], after: npt.NDArray[np.floating], relative: float
) -> npt.NDArray[np.bool_]:
    with np.errstate(invalid="ignore", over="ignore"):
        scale = np.maximum(1.0, np.maximum(abs(before), abs(after)))
        near = np.isfinite(scale) & (abs(before - after) <= relative * scale)
    alike = (before == after) & (np.signbit(before) == np.signbit(after) if not relative else True)
    return ~(alike | near & bool(relative) | np.isnan(before) & np.isnan(after))


def _whole(record: Record, place: int) -> str:
    start = place - place % record.size
    return str(int.from_bytes(record.data[start : start + record.size], "little", signed=True))


def _told(name: str, index: int, before: str, after: str) -> str:
    return f"element {index} of {name} is {after}, not {before}"
