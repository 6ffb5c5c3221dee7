"""The exact test for one loop, as `memory` asks for it where its quick tests leave two accesses undecided."""

from __future__ import annotations

from functools import cached_property

from hpcls.analysis.accesses import Access
from hpcls.analysis.budget import AN_EXACT_TEST
from hpcls.analysis.dependence import PERHAPS, Meeting
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.conditions import Both, Condition
from hpcls.analysis.nest.executions import Executions, Nest
from hpcls.analysis.nest.meeting import meet_exactly
from hpcls.analysis.nest.pair import Pair
from hpcls.syntax.statements import Loop

Loops = tuple[Loop, ...]


class ExactTest:
    """Pairs of accesses in one loop, which is the last of `loops`."""

    def __init__(self, model: UnitModel, forms: Forms, loops: Loops) -> None:
        self._model = model
        self._loops = loops
        self._nest = Nest(model, forms, loops[:-1])
        self._known: dict[Access, Executions | None] = {}

    def meeting(self, left: tuple[Access, Loops], right: tuple[Access, Loops]) -> Meeting:
        """When two accesses, each with the loops around it, meet in different iterations."""
        a, b = self._executions(*left), self._executions(*right)
        if a is None or b is None or not self._model.budget.spend(AN_EXACT_TEST):
            return PERHAPS
        return meet_exactly(Pair(a, b, self._context))

    def tests(self, offset: int) -> tuple[tuple[int, bool], ...]:
        """Accesses with other tests before them happen in other iterations."""
        return self._nest.tests(offset)

    def _executions(self, access: Access, loops: Loops) -> Executions | None:
        if access not in self._known:
            self._known[access] = self._nest.executions(access.offset, loops, access.place.subscripts)
        return self._known[access]

    @cached_property
    def _context(self) -> Condition:
        """What the loops around this one say of their counters while it runs."""
        found: list[Condition] = []
        for index, loop in enumerate(self._loops[:-1]):
            around = self._loops[:index]
            level = Nest(self._model, Forms(self._model, loop), around).level(loop, (*around, loop))
            found += [level.condition] if level else []
        return Both(tuple(found))
