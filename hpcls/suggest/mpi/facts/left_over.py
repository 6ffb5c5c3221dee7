"""Values that a process computes and does not use: another one must want them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.partials import number, self_readings
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.statements import Block


@dataclass(frozen=True, eq=False)
class LeftOver:
    """Those of the processes that get to one block."""

    draft: Draft
    block: Block

    def set_before(self, one: Variable, line: int) -> list[int]:
        """The offsets, up to `line`, where such a process gives the variable a value."""
        source, others = self.draft.function.source, self._others
        places = (at for at in self.draft.values.definitions(one) if source.line(at) <= line)
        return [at for at in places if not any(side.holds(at) for side in others)]

    def is_left(self, one: Variable, line: int) -> bool:
        """Whether nothing that such a process runs reads what it gives the variable last, prints apart; a number that a
        declaration gives is no such value, nor what a function may have used.
        """
        places = [at for at in self.set_before(one, line) if not self._is_preset(one, at)]
        if not places or max(places) in self.draft.values.given:
            return False
        others = self._others
        readings = {use.offset for use in one.uses if use.access == "read" and use.offset > max(places)}
        return all(any(side.holds(at) for side in others) for at in readings - self._harmless)

    @cached_property
    def _harmless(self) -> frozenset[int]:
        values = self.draft.values
        return values.shown | values.ignored | self_readings(self.draft.function)

    @cached_property
    def _others(self) -> list[Side]:
        """The sides of tests on the rank that no such process runs."""
        sides = sides_of(self.draft)
        own = [side for side in sides if side.holds(self.block.start)]
        return [side for side in sides if any(side.excludes(mine) for mine in own)]

    def _is_preset(self, one: Variable, at: int) -> bool:
        initial = self.draft.values.initial.get(at)
        return one.symbol is not None and one.symbol.start == at and initial is not None and number(initial) is not None
