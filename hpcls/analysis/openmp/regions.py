"""Data races in a parallel region outside the iterations of one loop: between statements that every thread runs, or
that no barrier keeps apart (OpenMP 5.2, 1.4.1 and 15.3.2).

A region is looked at as a loop whose iterations are the threads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

from hpcls.analysis.accesses import Access
from hpcls.analysis.affine import Polynomial
from hpcls.analysis.certainty import Certainty
from hpcls.analysis.forms import Bounds, Forms
from hpcls.analysis.model import Sited
from hpcls.analysis.openmp.constructs import Construct
from hpcls.analysis.openmp.equal_stores import stored_alike
from hpcls.analysis.openmp.executors import Barriers, Executor, Kind, executor_of
from hpcls.analysis.openmp.made import surely_made
from hpcls.analysis.openmp.races import Race, Races
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Assign, Expression
from hpcls.syntax.statements import Loop

_MOST_ACCESSES = 60
_REGIONS = (("parallel",), ("parallel", "sections"), ("teams",))


@dataclass(frozen=True)
class _Touch:
    """An access with its subscripts, and who makes it when."""

    access: Access
    forms: tuple[Polynomial | None, ...]
    shared_loops: tuple[Bounds | None, ...]
    """The loops around it whose iterations are dealt out."""
    executor: Executor
    phase: int
    protection: frozenset[str]


class RegionRaces:
    """The races of one parallel region."""

    def __init__(self, races: Races, team: Construct) -> None:
        self._races = races
        self._team = team
        statement = team.statement
        self._threads = Loop(statement.start, statement.end, "for", None, None, None, statement)
        self._forms = Forms(races.model, self._threads)
        self._barriers = Barriers(races.constructs, team)
        self._flags = stored_alike(statement, races.model)
        self._alike = frozenset(self._assigned_alike())

    def find(self) -> Iterator[Race]:
        """The first race of each variable."""
        if tuple(part for part in self._team.parts if part != "target") not in _REGIONS:
            return
        if not self._races.is_understood(self._team):
            return
        for touches in self._touches().values():
            race = next(self._between(touches[:_MOST_ACCESSES]), None)
            if race:
                yield race

    def _between(self, touches: list[_Touch]) -> Iterator[Race]:
        pairs = list(combinations_with_replacement(touches, 2))
        for one, other in sorted(pairs, key=lambda pair: pair[0] is pair[1]):
            write, second = (one, other) if one.access.is_write else (other, one)
            if write.access.is_write and self._meet(write, second):
                yield Race(self._blamed(write, second), write.access, second.access, None)

    def _meet(self, one: _Touch, other: _Touch) -> bool:
        if one.protection & other.protection or one.phase != other.phase or not one.executor.may_meet(other.executor):
            return False
        if one.executor.kind is Kind.ITERATIONS and one.executor == other.executor:
            return False
        place = one.access.place
        if not place.path and place.key in self._flags and one.access.is_write and other.access.is_write:
            return False
        return all(_coincide(a, b, one, other) for a, b in zip(one.forms, other.forms, strict=True))

    def _blamed(self, write: _Touch, other: _Touch) -> Construct:
        """The construct whose end should have been a barrier, or the region."""
        first = min(write, other, key=lambda touch: touch.access.offset).executor.construct
        apart = write.executor.construct is not other.executor.construct
        return first if first is not None and apart and first.has("nowait") else self._team

    def _touches(self) -> dict[tuple[str, str], list[_Touch]]:
        certainty = Certainty(self._threads, self._forms)
        found: dict[tuple[str, str], list[_Touch]] = {}
        for sited in self._races.model.between(self._team.statement.start, self._team.statement.end):
            touch = self._touch(surely_made(sited), certainty)
            if touch:
                found.setdefault((touch.access.place.key, touch.access.place.path), []).append(touch)
        return found

    def _touch(self, sited: Sited, certainty: Certainty) -> _Touch | None:
        access, races = sited.event, self._races
        loops = self._with_threads(sited.loops)
        if not isinstance(access, Access) or not certainty.happens(access, loops, sited.guards):
            return None
        around = races.constructs.around(access.offset)
        inner = around[: around.index(self._team)]
        chain = (*inner, self._team)
        executor = executor_of(inner, self._team)
        alike = executor is not None and executor.kind is Kind.EVERY and access.offset in self._alike
        moves = bool(access.place.path) and self._forms.varies(access.place.key)
        if executor is None or alike or moves:
            return None
        if not races.storage.holds(access, chain) or not races.is_alike(
            sited, loops[loops.index(self._threads) :], chain
        ):
            return None
        forms = tuple(self._forms.polynomial(one, loops) for one in access.place.subscripts)
        dealt = executor.construct.loops if executor.construct and executor.kind is Kind.ITERATIONS else ()
        bounds = tuple(self._forms.bounds(loop, loops[: loops.index(loop) + 1]) for loop in dealt if loop in loops)
        protection = races.protection.of(access.offset, chain)
        return _Touch(access, forms, bounds, executor, self._barriers.phase(access.offset), protection)

    def _with_threads(self, loops: tuple[Loop, ...]) -> tuple[Loop, ...]:
        start, end = self._team.statement.start, self._team.statement.end
        inside = tuple(loop for loop in loops if start <= loop.start < end)
        return (*loops[: len(loops) - len(inside)], self._threads, *inside)

    def _assigned_alike(self) -> Iterator[int]:
        """Where every thread stores one value that all of them compute: `threads = omp_get_num_threads()`."""
        for part in statements.walk(self._team.statement):
            for expression in part.expressions:
                for inner in expressions.walk(expression):
                    if isinstance(inner, Assign) and inner.operator == "=" and self._is_alike_value(inner.value):
                        yield inner.target.start

    def _is_alike_value(self, value: Expression) -> bool:
        around = self._races.constructs.around(value.start)
        chain = around[: around.index(self._team) + 1] if self._team in around else ()
        return bool(chain) and self._races.uniform.stays(value, self._forms, chain)


def _coincide(left: Polynomial | None, right: Polynomial | None, one: _Touch, other: _Touch) -> bool:
    """Whether two subscripts surely name one element in two threads."""
    if left is None or right is None:
        return False
    mine, theirs = _dealt(left, one), _dealt(right, other)
    if mine is None and theirs is None:
        return left == right
    if mine is not None and theirs is not None:
        again = _is_dealt_anew(one) or _is_dealt_anew(other)
        return _overlap((left, mine), (right, theirs), again)
    form, bounds, fixed = (left, mine, right) if mine is not None else (right, theirs, left)
    return bounds is not None and _reaches(form, bounds, fixed)


def _dealt(form: Polynomial, touch: _Touch) -> Bounds | None:
    """The loop whose iterations are dealt out, and whose counter is in the subscript."""
    return next((bounds for bounds in touch.shared_loops if bounds and bounds.variable in form.names), None)


def _reaches(form: Polynomial, bounds: Bounds, fixed: Polynomial) -> bool:
    """Whether c·i + r takes the value `fixed` for some i between the bounds, as far as they are numbers."""
    parts = form.split(bounds.variable)
    factor = parts[0].value if parts else None
    distance = (fixed - parts[1]).value if parts else None
    if not factor or distance is None or distance % factor or bounds.lowest is None or bounds.highest is None:
        return False
    count = Polynomial.constant(distance // factor)
    below, above = (count - bounds.lowest).value, (bounds.highest - count).value
    in_step = below is None or bounds.step in (1, -1)
    return in_step and (below is None or below >= 0) and (above is None or above >= 0)


def _overlap(one: tuple[Polynomial, Bounds], other: tuple[Polynomial, Bounds], dealt_anew: bool) -> bool:
    """Whether two loops surely give an element to different threads: same bounds, but shifted or dealt out anew."""
    (left, mine), (right, theirs) = one, other
    a, b = left.split(mine.variable), right.split(theirs.variable)
    if a is None or b is None or not a[0].value:
        return False
    if (mine.lowest, mine.highest, mine.step) != (theirs.lowest, theirs.highest, theirs.step) or mine.step is None:
        return False
    if a[0] == -b[0]:
        return _is_turned_round(a, b, mine)
    if a[0] != b[0]:
        return False
    shift, stride = (a[1] - b[1]).value, a[0].value * mine.step
    if shift is None or shift % stride:
        return False
    trips = mine.trip_count
    meets = trips is None or abs(shift) < trips * abs(stride)
    return meets and (shift != 0 or dealt_anew)


def _is_turned_round(a: tuple[Polynomial, Polynomial], b: tuple[Polynomial, Polynomial], own: Bounds) -> bool:
    """Whether c·i + r and -c·i' + r' meet where i + i' is the first counter and the last: the elements backwards."""
    if own.lowest is None or own.highest is None or (own.trip_count is not None and own.trip_count < 2):
        return False
    return b[1] - a[1] == a[0] * (own.lowest + own.highest)


def _is_dealt_anew(touch: _Touch) -> bool:
    construct = touch.executor.construct
    words = [word for clause in construct.clauses("schedule") for word in clause.arguments] if construct else []
    return bool(words) and words[0] in ("dynamic", "guided")
