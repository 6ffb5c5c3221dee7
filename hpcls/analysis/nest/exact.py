"""The exact test for one loop, as `memory` asks for it where its quick tests leave two accesses undecided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hpcls.analysis.accesses import Access
from hpcls.analysis.budget import AN_EXACT_TEST
from hpcls.analysis.dependence import NEVER, PERHAPS, Meeting
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.conditions import Both, Condition
from hpcls.analysis.nest.executions import Executions, Nest
from hpcls.analysis.nest.meeting import meet_exactly
from hpcls.analysis.nest.pair import Pair
from hpcls.analysis.nest.reach import Reaches, never_meet, reaches_of
from hpcls.syntax.statements import Loop

Loops = tuple[Loop, ...]


@dataclass(frozen=True, eq=False)
class _Known:
    """What was found out about one access."""

    executions: Executions
    reaches: Reaches
    number: int
    """The same for the same reaches."""


class ExactTest:
    """Pairs of accesses in one loop, which is the last of `loops`."""

    def __init__(self, model: UnitModel, forms: Forms, loops: Loops) -> None:
        self._model = model
        self._loops = loops
        self._nest = Nest(model, forms, loops[:-1])
        self._known: dict[int, tuple[Access, _Known | None]] = {}
        self._reaches: dict[Reaches, int] = {}
        self._apart: dict[tuple[int, int], bool] = {}

    def meeting(self, left: tuple[Access, Loops], right: tuple[Access, Loops]) -> Meeting:
        """When two accesses, each with the loops around it, meet in different iterations."""
        a, b = self._executions(*left), self._executions(*right)
        if a is None or b is None:
            return PERHAPS
        if self._are_apart(a, b):
            return NEVER
        if not self._model.budget.spend(AN_EXACT_TEST):
            return PERHAPS
        return meet_exactly(Pair(a.executions, b.executions, self._context))

    def _are_apart(self, left: _Known, right: _Known) -> bool:
        """What a quick test says, asked once for accesses with the same reaches."""
        pair = left.number, right.number
        if pair not in self._apart:
            step = left.executions.levels[0].step
            self._apart[pair] = never_meet(left.reaches, right.reaches, step)
        return self._apart[pair]

    def tests(self, offset: int) -> tuple[tuple[int, bool], ...]:
        """Accesses with other tests before them happen in other iterations."""
        return self._nest.tests(offset)

    def _executions(self, access: Access, loops: Loops) -> _Known | None:
        place = id(access)
        if place not in self._known:
            found = self._nest.executions(access.offset, loops, access.place.subscripts)
            reaches = reaches_of(found) if found else ()
            number = self._reaches.setdefault(reaches, len(self._reaches))
            self._known[place] = access, found and _Known(found, reaches, number)
        return self._known[place][1]

    @cached_property
    def _context(self) -> Condition:
        """What the loops around this one say of their counters while it runs."""
        found: list[Condition] = []
        for index, loop in enumerate(self._loops[:-1]):
            around = self._loops[:index]
            level = Nest(self._model, Forms(self._model, loop), around).level(loop, (*around, loop))
            found += [level.condition] if level else []
        return Both(tuple(found))
