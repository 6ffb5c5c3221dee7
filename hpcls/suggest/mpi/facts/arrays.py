"""The arrays of a function: which it declares, who fills them and looks at them, and how long a part is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.lengths import looped_over
from hpcls.suggest.mpi.facts.program import Step, way_to
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.expressions import Assign, Expression, Name, Subscript, names_in
from hpcls.syntax.statements import Block, Loop

_OF_GRIDS = re.compile(r"dims?$|period|coord", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Arrays:
    """Those of one function."""

    draft: Draft

    @cached_property
    def declared(self) -> tuple[Variable, ...]:
        """Those of one dimension with elements of a known type, that this function declares."""
        body = self.draft.function.body
        return tuple(
            one
            for one in self.draft.function.variables
            if not one.is_number
            and one.symbol
            and datatype_of(one.symbol)
            and body.start <= one.symbol.start < body.end
        )

    @cached_property
    def of_numbers(self) -> tuple[Variable, ...]:
        """Those but for texts and what describes a grid of processes."""
        numbers = (one for one in self.declared if datatype_of(one.symbol) != "MPI_CHAR")
        return tuple(one for one in numbers if not _OF_GRIDS.match(one.name))

    @cached_property
    def _sides(self) -> tuple[Side, ...]:
        return sides_of(self.draft)

    def side(self, offset: int) -> Side | None:
        """The outermost branch of a test on the rank around `offset`."""
        return next((side for side in self._sides if side.holds(offset)), None)

    @cached_property
    def empty(self) -> frozenset[int]:
        """Where a pointer is given memory, or the null pointer."""
        return self.draft.values.allocated | self.draft.values.nulled

    def first_use(self, one: Variable) -> int | None:
        """The first place that looks at its elements, or may."""
        return min(self.uses_of(one), default=None)

    def uses_of(self, one: Variable) -> list[int]:
        """The places that look at its elements, or may."""
        skipped = self.empty | self.draft.values.ignored
        return [use.offset for use in one.uses if use.offset not in skipped]

    def is_filled_until(self, one: Variable, offset: int) -> bool:
        """Whether something there or before gives it elements."""
        filled = {use.offset for use in one.uses if use.access in ("fill", "write")} - self.empty - self._changed
        return any(at <= offset for at in filled)

    @cached_property
    def _changed(self) -> frozenset[int]:
        """Where an array is given elements that come from its own: `a[i] = 2 * a[i]` reads before it writes."""
        assigned = (part for part in self.draft.values.expressions if isinstance(part, Assign))
        targets = ((target, part.value) for part in assigned if (target := _array_of(part.target)))
        return frozenset(target.start for target, value in targets if target.name in names_in(value))

    def length(self, part: Variable) -> str | None:
        """How many elements a part has: its extent where that comes from the number of processes, else what is there
        for that or ends the loops over an array that its declaration may make longer, else its extent.
        """
        extent, end = self.draft.values.extent(part), looped_over(self.draft.function, part)
        may_be_longer = part.symbol is not None and bool(part.symbol.dimensions)
        if self._is_share(extent):
            return extent
        return self._share or (end if may_be_longer or self._is_share(end) else None) or extent

    def _is_share(self, length: str | None) -> bool:
        """Whether it comes from the number of processes and is not that itself."""
        names = self.draft.flow.divided - {self.draft.flow.size}
        return length is not None and not names.isdisjoint(re.findall(r"\w+", length))

    @cached_property
    def _share(self) -> str | None:
        """The variable for the length of a part: it comes from the number of processes, and nothing reads it."""
        names = self.draft.flow.divided - {self.draft.flow.size, self.draft.flow.rank} - self.draft.flow.local
        unread = (one for one in self.draft.function.variables if one.is_number and not one.is_read)
        found = [one.name for one in unread if one.name in names]
        return found[0] if len(found) == 1 else None

    def step(self, offset: int, other: int | None = None) -> Step | None:
        """The statement around `offset` in the innermost block that all processes run, outside of loops but those
        around `other`, too.
        """
        found: Step | None = None
        for step in way_to(self.draft.function.body, offset, self.draft.function.source):
            found = step
            is_inner = isinstance(step.item.statement, Loop | Block)
            is_shared = is_inner and other is not None and step.item.holds(other)
            if self.draft.flow.is_guard(step.item.statement) or (is_inner and not is_shared):
                break
        return found


def _array_of(target: Expression) -> Name | None:
    """The array whose element it is."""
    while isinstance(target, Subscript):
        target = target.base
    return target if isinstance(target, Name) else None
