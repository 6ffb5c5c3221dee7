"""Who in a team runs a piece of a parallel region, and between which barriers (OpenMP 5.2, 11 and 15.3)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum

from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.openmp.constructs import Construct, Constructs
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Call, Name


class Kind(Enum):
    """Which threads of the team run something."""

    EVERY = "every thread"
    ONE = "one thread, whichever"
    PRIMARY = "the primary thread"
    SECTION = "the thread that has this section"
    ITERATIONS = "each iteration one thread"


_KINDS = {
    "single": Kind.ONE,
    "master": Kind.PRIMARY,
    "masked": Kind.PRIMARY,
    "section": Kind.SECTION,
    "distribute": Kind.ITERATIONS,
    "for": Kind.ITERATIONS,
    "loop": Kind.ITERATIONS,
}
_TRANSPARENT = frozenset(("critical", "atomic", "ordered", "simd", "sections", "scope"))
_WAITS_AT_END = frozenset(("for", "sections", "single", "loop", "scope"))


@dataclass(frozen=True)
class Executor:
    """The threads that run something; `construct` is what chose them, None for every thread."""

    kind: Kind
    construct: Construct | None

    def may_meet(self, other: Executor) -> bool:
        """Whether two threads may be at both at the same time, if no barrier keeps them apart."""
        if self.kind is Kind.EVERY or other.kind is Kind.EVERY:
            return True
        if self.kind is Kind.PRIMARY and other.kind is Kind.PRIMARY:
            return False
        return self.construct is not other.construct


def executor_of(inner: tuple[Construct, ...], team: Construct) -> Executor | None:
    """Who runs what stands in the constructs `inner`, innermost first, of the region of `team`; None if that is not
    known, as for tasks and regions inside the region.
    """
    sections = next((one for one in (*inner, team) if "sections" in one.parts), None)
    if sections is not None and not any("section" in one.parts for one in inner):
        return Executor(Kind.SECTION, sections)  # the directive of the first section may be left out
    for construct in reversed(inner):
        for part in construct.parts:
            if part in _KINDS:
                return Executor(_KINDS[part], construct)
            if part not in _TRANSPARENT:
                return None
    return Executor(Kind.EVERY, None)


class Barriers:
    """Where the threads of the region of `team` may wait for each other."""

    def __init__(self, constructs: Constructs, team: Construct) -> None:
        start, end = team.statement.start, team.statement.end
        waits = [one.start for one in constructs.stand_alone if one.directive.name == "barrier"]
        waits += [one.statement.end for one in constructs.all if _waits(one)]
        waits += [
            call.start
            for part in statements.walk(team.statement)
            for expression in part.expressions
            for call in expressions.walk(expression)
            if isinstance(call, Call) and is_unknown(call)
        ]
        self._places = sorted(at for at in waits if start <= at < end)

    def phase(self, offset: int) -> int:
        """A number that is equal for places without a barrier between them."""
        return bisect_right(self._places, offset)


def is_unknown(call: Call) -> bool:
    """Whether the function may hold a barrier."""
    name = call.function.name if isinstance(call.function, Name) else ""
    return effect_of(name) is Effect.UNKNOWN and not name.startswith("omp_get_")


def _waits(construct: Construct) -> bool:
    return not _WAITS_AT_END.isdisjoint(construct.parts) and not construct.has("nowait")
