"""Dependence tests that show a meeting where those of `dependence` only fail to exclude one.

`dependence` is asked whether iterations may run in any order, so it may answer "perhaps".  A race has to be shown: by
two iterations that name one element.  Bounds that are no numbers are taken to leave room for `_ROOM` iterations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.dependence import Meeting, Ranges, Relation, meet, meet_all
from hpcls.analysis.forms import Bounds

_ROOM = 128
_PERHAPS = Meeting(Relation.PERHAPS)


def surely_meet(left: Sequence[Polynomial | None], right: Sequence[Polynomial | None], ranges: Ranges) -> Meeting:
    """As `meet_all`, but looking for a witness where it does not decide."""
    met = meet_all(list(left), list(right), ranges)
    if met.relation is not Relation.PERHAPS:
        return met
    pairs = list(zip(left, right, strict=True))
    uses = Counter(name for a, b in pairs for name in _names(a, b))
    found = [_one(a, b, ranges, uses) for a, b in pairs]
    if any(one.relation is not Relation.ALWAYS and one.relation is not Relation.AT for one in found):
        return _PERHAPS
    distances = [one.distance for one in found if one.relation is Relation.AT]
    # two witnesses found apart need not be one
    return Meeting(Relation.AT, distances[0]) if len(distances) == 1 else _PERHAPS if distances else found[0]


def _names(left: Polynomial | None, right: Polynomial | None) -> frozenset[str]:
    return (left.names if left else frozenset[str]()) | (right.names if right else frozenset[str]())


def _one(left: Polynomial | None, right: Polynomial | None, ranges: Ranges, uses: Counter[str]) -> Meeting:
    met = meet(left, right, ranges)
    if met.relation is not Relation.PERHAPS or left is None or right is None:
        return met
    names = left.names | right.names
    inner = [bounds for bounds in ranges.inner if bounds.variable in names]
    if len(inner) == 1 and ranges.own.variable not in names and uses[inner[0].variable] == 1:
        return _shifted(left, right, inner[0], ranges)
    return _first_meeting(left, right, ranges.own) if names <= {ranges.own.variable} else _PERHAPS


def _shifted(left: Polynomial, right: Polynomial, inner: Bounds, ranges: Ranges) -> Meeting:
    """c·j + r and c·j' + r' for an inner loop that is free to run j ≠ j', whatever i and i' are."""
    a, b = left.split(inner.variable), right.split(inner.variable)
    if a is None or b is None or a[0] != b[0] or not a[0].value or not inner.step or not _is_free(inner, ranges):
        return _PERHAPS
    gap, trips = (a[1] - b[1]).value, inner.trip_count
    if gap is None or gap % (a[0].value * inner.step):
        return _PERHAPS
    shift = abs(gap // (a[0].value * inner.step))
    return Meeting(Relation.ALWAYS) if shift < (_ROOM if trips is None else trips) else _PERHAPS


def _is_free(inner: Bounds, ranges: Ranges) -> bool:
    counters = {ranges.own.variable, *(bounds.variable for bounds in ranges.inner)}
    ends = (inner.lowest, inner.highest)
    return all(end is not None and counters.isdisjoint(end.names) for end in ends)


def _first_meeting(left: Polynomial, right: Polynomial, own: Bounds) -> Meeting:
    """a·i + r = b·i' + r' by trying the first iterations (weak SIV, Goff, Kennedy and Tseng, PLDI 1991, 4.2)."""
    a, b = left.split(own.variable), right.split(own.variable)
    low, trips = own.lowest.value if own.lowest else None, own.trip_count
    if a is None or b is None or low is None or own.highest is None or own.step is None or own.step < 1:
        return _PERHAPS
    numbers = a[0].value, a[1].value, b[0].value, b[1].value
    if any(number is None for number in numbers):
        return _PERHAPS
    counts = [low + own.step * at for at in range(_ROOM if trips is None else min(trips, _ROOM))]
    places = {(b[0].value or 0) * count + (b[1].value or 0): at for at, count in reversed(list(enumerate(counts)))}
    for at, count in enumerate(counts):
        other = places.get((a[0].value or 0) * count + (a[1].value or 0))
        other = _next(other, at, b[0].value, len(counts))
        if other is not None:
            return Meeting(Relation.AT, other - at)
    return _PERHAPS


def _next(other: int | None, at: int, factor: int | None, count: int) -> int | None:
    """Another iteration than `at`: one that does not move has a second."""
    if other == at:
        return at + 1 if factor == 0 and at + 1 < count else None
    return other
