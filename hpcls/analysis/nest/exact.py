"""The exact test for one loop, as `memory` asks for it where its quick tests leave two accesses undecided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

from hpcls.analysis.accesses import Access
from hpcls.analysis.budget import A_VAIN_TEST, AN_EXACT_TEST
from hpcls.analysis.dependence import NEVER, PERHAPS, Meeting, Relation
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
    number: int
    """The same for accesses of the same elements in the same iterations, of whichever array."""
    reaches: Reaches
    reach: int
    """The same for the same reaches."""


class ExactTest:
    """Pairs of accesses in one loop, which is the last of `loops`."""

    def __init__(self, model: UnitModel, forms: Forms, loops: Loops) -> None:
        self._model = model
        self._loops = loops
        self._nest = Nest(model, forms, loops[:-1])
        self._known: dict[int, tuple[Access, _Known | None]] = {}
        self._numbers: dict[Executions, int] = {}
        self._met: dict[tuple[int, int], Meeting] = {}
        self._reaches: dict[Reaches, int] = {}
        self._apart: dict[tuple[int, int], bool] = {}

    def meeting(self, left: tuple[Access, Loops], right: tuple[Access, Loops]) -> Meeting:
        """When two accesses, each with the loops around it, meet in different iterations."""
        a, b = self._looked_at(*left), self._looked_at(*right)
        if a is None or b is None:
            return PERHAPS
        pair = a.number, b.number
        if pair not in self._met:
            self._met[pair] = self._asked(a, b)
        return self._met[pair]

    def _asked(self, left: _Known, right: _Known) -> Meeting:
        if self._are_apart(left, right):
            return NEVER
        if not self._model.budget.spend(AN_EXACT_TEST):
            return PERHAPS
        pair = Pair(left.executions, right.executions, self._context)
        met = self._model.once((meet_exactly, pair.shape), partial(meet_exactly, pair))
        if met.relation is Relation.PERHAPS:
            self._model.budget.spend(A_VAIN_TEST)
        return met

    def _are_apart(self, left: _Known, right: _Known) -> bool:
        pair = left.reach, right.reach
        if pair not in self._apart:
            self._apart[pair] = never_meet(left.reaches, right.reaches, left.executions.levels[0].step)
        return self._apart[pair]

    def tests(self, offset: int) -> tuple[tuple[int, bool], ...]:
        """Accesses with other tests before them happen in other iterations."""
        return self._nest.tests(offset)

    def _looked_at(self, access: Access, loops: Loops) -> _Known | None:
        known = self._known.get(id(access))
        if known is None:
            found = self._nest.executions(access.offset, loops, access.place.subscripts)
            number = self._numbers.setdefault(found, len(self._numbers)) if found else 0
            known = self._known[id(access)] = access, found and self._found(found, number)
        return known[1]

    def _found(self, executions: Executions, number: int) -> _Known:
        reaches = reaches_of(executions)
        return _Known(executions, number, reaches, self._reaches.setdefault(reaches, len(self._reaches)))

    @cached_property
    def _context(self) -> Condition:
        """What the loops around this one say of their counters while it runs."""
        found: list[Condition] = []
        for index, loop in enumerate(self._loops[:-1]):
            around = self._loops[:index]
            level = Nest(self._model, Forms(self._model, loop), around).level(loop, (*around, loop))
            found += [level.condition] if level else []
        return Both(tuple(found))
