"""Data races between the iterations of a loop that a construct deals out (OpenMP 5.2, 1.4.1).

A race is found where two accesses that surely happen in different iterations name the same storage, one of them writes
it, the threads share it, and nothing keeps them apart.  What cannot be shown is no race.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hpcls.analysis.accesses import Access
from hpcls.analysis.affine import Polynomial
from hpcls.analysis.certainty import Certainty
from hpcls.analysis.dependence import Meeting, Ranges, Relation
from hpcls.analysis.effects import Effect, effect_of, updates
from hpcls.analysis.forms import Bounds, Forms
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.nest.exact import ExactTest
from hpcls.analysis.openmp.constructs import Construct, Constructs
from hpcls.analysis.openmp.equal_stores import stored_alike
from hpcls.analysis.openmp.made import surely_made
from hpcls.analysis.openmp.protection import Protection
from hpcls.analysis.openmp.sharing import Sharing
from hpcls.analysis.openmp.storage import SharedStorage
from hpcls.analysis.openmp.thread_numbers import ThreadNumbers
from hpcls.analysis.openmp.turns import meet_by_turns
from hpcls.analysis.openmp.uniform import Uniformity
from hpcls.analysis.openmp.witness import surely_meet
from hpcls.syntax import expressions, statements
from hpcls.syntax.directives import PlacedDirective
from hpcls.syntax.expressions import Assign, Call, Name
from hpcls.syntax.statements import Loop

_DEEPEST_NEST = 4
"""Loops of one collapse that are still tested each by itself."""
_MOST_ACCESSES = 60
"""Accesses to one variable that are still compared with each other."""


@dataclass(frozen=True)
class Race:
    """Two accesses that two threads, or two lanes, may make at the same time."""

    construct: Construct
    write: Access
    other: Access
    distance: int | None
    """Iterations from the write to the other access; None where any two iterations meet."""


@dataclass(frozen=True)
class Touch:
    """An access with its subscripts as polynomials, and what protects it."""

    access: Access
    forms: tuple[Polynomial | None, ...]
    loops: tuple[Loop, ...]
    protection: frozenset[str]


class Races:
    """The races of one unit."""

    def __init__(self, model: UnitModel, directives: Mapping[int, PlacedDirective]) -> None:
        self.model = model
        self.constructs = Constructs(model.unit.body, directives)
        self.sharing = Sharing(model)
        self.protection = Protection(model)
        self.storage = SharedStorage(model, self.sharing)
        self.uniform = Uniformity(model, self.sharing)
        self.numbers = ThreadNumbers(model)

    def across_iterations(self, construct: Construct) -> Iterator[Race]:
        """The first race of each variable between iterations of the loops of `construct`."""
        if not self.is_understood(construct):
            return
        seen: set[tuple[str, str]] = set()
        for depth, loop in enumerate(construct.loops[:_DEEPEST_NEST]):
            for race in self._carried(construct, loop, construct.loops[:depth]):
                place = (race.write.place.key, race.write.place.path)
                if place not in seen:
                    seen.add(place)
                    yield race

    def is_understood(self, construct: Construct) -> bool:
        """Whether nothing in `construct` orders its threads in a way that is not looked into."""
        orders = any(clause.arguments for clause in construct.clauses("ordered"))
        chain = self.constructs.around(construct.statement.start)
        is_alone = any(one.number("num_threads") == 1 or one.number("if") == 0 for one in chain)
        unknown = self.protection.is_unknown_in(construct.statement)
        return not (orders or is_alone or unknown)

    def _carried(self, construct: Construct, loop: Loop, outer: tuple[Loop, ...]) -> Iterator[Race]:
        forms = Forms(self.model, loop)
        own = forms.bounds(loop, (*outer, loop))
        if own is None or (own.trip_count is not None and own.trip_count < 2):
            return
        exact = ExactTest(self.model, forms, self.model.around(loop))
        for touches in self._touches(construct, loop, forms).values():
            race = _first(construct, own, forms, touches, exact) or self._by_turns(construct, own, forms, touches)
            if race:
                yield race

    def _by_turns(self, construct: Construct, own: Bounds, forms: Forms, touches: list[Touch]) -> Race | None:
        """Two accesses in the same words that lead several iterations to one element, a chunk given by hand aside."""
        if any(len(clause.arguments) > 1 for clause in construct.clauses("schedule")):
            return None
        for write in touches[:_MOST_ACCESSES]:
            if not write.access.is_write or write.protection or None not in write.forms:
                continue
            met = meet_by_turns(write.access.place.subscripts, own, self.model.variables)
            if met.relation is Relation.AT and write.access.offset not in _stored_alike(forms):
                return Race(construct, write.access, write.access, met.distance)
        return None

    def _touches(self, construct: Construct, loop: Loop, forms: Forms) -> dict[tuple[str, str], list[Touch]]:
        certainty = Certainty(loop, forms)
        flags = stored_alike(construct.statement, self.model)
        alike = frozenset(_filled_alike(forms))
        found: dict[tuple[str, str], list[Touch]] = {}
        for sited in map(surely_made, self.model.inside(loop)):
            access = sited.event
            if not isinstance(access, Access) or not certainty.happens(access, sited.loops, sited.guards):
                continue
            if access.offset in alike or (not access.place.path and access.place.key in flags):
                continue
            chain = self._chain(access.offset, construct)
            moves = bool(access.place.path) and forms.varies(access.place.key)
            inner = sited.loops[sited.loops.index(construct.loops[0]) :]
            if moves or not self.storage.holds(access, chain) or not self.is_alike(sited, inner, chain):
                continue
            subscripts = tuple(forms.polynomial(one, sited.loops) for one in access.place.subscripts)
            touch = Touch(access, subscripts, sited.loops, self.protection.of(access.offset, chain))
            found.setdefault((access.place.key, access.place.path), []).append(touch)
        return found

    def is_alike(self, sited: Sited, loops: tuple[Loop, ...], chain: tuple[Construct, ...]) -> bool:
        """Whether the access in `loops`, outermost first, happens whichever the thread, and at the same place."""
        access, outermost = sited.event, loops[0]
        guards = [guard for guard in sited.guards if outermost.start <= guard.start < outermost.end]
        return (
            isinstance(access, Access)
            and not self.numbers.choose(access)
            and not any(self.uniform.picks_threads(guard, loops, chain) for guard in guards)
            and self.uniform.holds(access.place.subscripts, loops, chain)
            and self.uniform.counts_alike(loops[1:], loops, chain)
        )

    def _chain(self, offset: int, construct: Construct) -> tuple[Construct, ...]:
        """The constructs from `offset` out to the one that forms the team that `construct` belongs to."""
        around = self.constructs.around(offset)
        own = around.index(construct)
        team = next((at for at, one in enumerate(around) if at >= own and one.is_concurrent), len(around))
        return around[: team + 1]


def _first(construct: Construct, own: Bounds, forms: Forms, touches: list[Touch], exact: ExactTest) -> Race | None:
    """The first two of `touches`, accesses to one variable, that race; two places rather than one twice."""
    touches = touches[:_MOST_ACCESSES]
    pairs = [(write, other) for write in touches if write.access.is_write for other in touches]
    for write, other in sorted(pairs, key=lambda pair: pair[0] is pair[1]):
        if write.protection & other.protection:
            continue
        met = _meeting(own, forms, write, other)
        if met.relation in (Relation.ALWAYS, Relation.AT) and _is_reached(forms, write, other, exact):
            return Race(construct, write.access, other.access, met.distance)
    return None


def _stored_alike(forms: Forms) -> Iterator[int]:
    """Where every iteration of the loop assigns one value, as in `seen[i / 2] = 1`: no machine shows that race."""
    for part in statements.walk(forms.loop.body):
        for whole in part.expressions:
            for one in expressions.walk(whole):
                if isinstance(one, Assign) and one.operator == "=" and forms.is_invariant(one.value):
                    yield one.target.start


def _filled_alike(forms: Forms) -> Iterator[int]:
    """Where every iteration has a library function write the same, as in `memset(a, 0, n)`."""
    for part in statements.walk(forms.loop.body):
        for whole in part.expressions:
            for one in expressions.walk(whole):
                match one:
                    case Call(function=Name(name=name), arguments=(first, *rest)) if effect_of(name) is Effect.WRITES:
                        if not updates(name) and all(map(forms.is_invariant, rest)):
                            yield first.start
                    case _:
                        pass


def _is_reached(forms: Forms, write: Touch, other: Touch, exact: ExactTest) -> bool:
    """Whether two iterations are sure to run that meet in memory, where counters around the loop decide how many do."""
    if not write.access.place.path or not forms.has_limits:
        return True
    met = exact.meeting((write.access, write.loops), (other.access, other.loops))
    return met.relation is Relation.SOMEWHERE


def _meeting(own: Bounds, forms: Forms, left: Touch, right: Touch) -> Meeting:
    inner: dict[str, Bounds] = {}
    for touch in (left, right):
        first = touch.loops.index(forms.loop) + 1
        for depth, loop in enumerate(touch.loops[first:], first):
            bounds = forms.bounds(loop, touch.loops[: depth + 1])
            if bounds:
                inner[bounds.variable] = bounds
    return surely_meet(left.forms, right.forms, Ranges(own, tuple(inner.values())))
