"""Arrays that one process has and the others need, whole or in parts, and those that are put together from parts:
MPI_Bcast, MPI_Scatter and MPI_Gather (MPI-4.0 §6.4 to §6.6).  Only for answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import Function, Item, Step, items_of, line_before, way_to
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.sums import is_alike
from hpcls.syntax.statements import Block, Loop

_WORLD = "MPI_COMM_WORLD"
_LIKELY = 0.4


@dataclass(frozen=True, eq=False)
class Spread:
    """Those of one function."""

    draft: Draft

    @property
    def _function(self) -> Function:
        return self.draft.function

    @cached_property
    def _sides(self) -> tuple[Side, ...]:
        return sides_of(self.draft)

    @cached_property
    def _arrays(self) -> tuple[Variable, ...]:
        """Those of numbers."""
        return tuple(one for one in self._all if datatype_of(one.symbol) != "MPI_CHAR")

    @cached_property
    def _all(self) -> tuple[Variable, ...]:
        """Those of one dimension with elements of a known type, that this function declares."""
        body = self._function.body
        return tuple(
            one
            for one in self._function.variables
            if not one.is_number
            and one.symbol
            and datatype_of(one.symbol)
            and body.start <= one.symbol.start < body.end
        )

    def calls(self) -> Iterator[PlacedCall]:
        """A call for each array that is spread, and for each that is put together."""
        taken: set[str] = set()
        scattered: list[tuple[Variable, Variable]] = []
        for whole in self._arrays:
            root = self._only_setter(whole)
            if root is None:
                continue
            parts = [one for one in self._arrays if one.name not in taken and self._is_part(one, whole)]
            part = next(iter(sorted(parts, key=lambda one: not is_alike(one.name, whole.name))), None)
            call = self._scatter(whole, part, root) if part else self._broadcast(whole, root)
            if call:
                taken |= {whole.name, part.name} if part else {whole.name}
                scattered += [(whole, part)] if part else []
                yield call
        for text in (one for one in self._all if one not in self._arrays):
            root = self._only_setter(text)
            call = self._broadcast(text, root) if root else None
            yield from [call] if call else ()
        others = [whole for whole in self._arrays if whole.name not in taken]
        gathered = [call for whole in others if (call := self._gather(whole))]
        yield from gathered or (call for whole, part in scattered for call in self._gathered_back(whole, part))

    def _side(self, offset: int) -> Side | None:
        return next((side for side in self._sides if side.holds(offset)), None)

    def _only_setter(self, one: Variable) -> str | None:
        """The one process that gives the array its values, before any other looks at them."""
        places = self.draft.values.definitions(one)
        looked_at = [use.offset for use in one.uses if use.access in ("read", "address")]
        first = min((at for at in looked_at if self._side(at) is None), default=self._function.body.end)
        sides = [self._side(at) for at in places if at < first]
        roots = {side.only if side else None for side in sides}
        return roots.pop() if len(roots) == 1 else None

    def _is_part(self, one: Variable, whole: Variable) -> bool:
        """Whether all processes use it behind what sets the whole, though nothing gave it a value."""
        if one is whole or datatype_of(one.symbol) != datatype_of(whole.symbol):
            return False
        first = self._first_use(one)
        if first is None or self._side(first) is not None or first < min(self.draft.values.definitions(whole)):
            return False
        filled = {use.offset for use in one.uses if use.access in ("fill", "write")} - self._empty
        extent = self.draft.values.extent(one)
        if extent is None or any(at <= first for at in filled):
            return False
        shared = self.draft.flow.divided | self.draft.flow.local
        return is_alike(one.name, whole.name) or not shared.isdisjoint(re.findall(r"\w+", extent))

    @property
    def _empty(self) -> frozenset[int]:
        """Where a pointer is given memory, or the null pointer."""
        return self.draft.values.allocated | self.draft.values.nulled

    def _first_use(self, one: Variable) -> int | None:
        """The first place that looks at its elements, or may."""
        skipped = self._empty | self.draft.values.ignored
        return min((use.offset for use in one.uses if use.offset not in skipped), default=None)

    @cached_property
    def _share(self) -> str | None:
        """The variable for the length of a part: it comes from the number of processes, and nothing reads it."""
        names = self.draft.flow.divided - {self.draft.flow.size, self.draft.flow.rank} - self.draft.flow.local
        unread = (one for one in self._function.variables if one.is_number and not one.is_read)
        found = [one.name for one in unread if one.name in names]
        return found[0] if len(found) == 1 else None

    def _scatter(self, whole: Variable, part: Variable, root: str) -> PlacedCall | None:
        """Behind the memory for the part, or behind what sets the whole where that comes later."""
        first = self._first_use(part) or self._function.body.end
        setting = (at for at in self.draft.values.definitions(whole) if self._side(at) is not None and at < first)
        memory = (use.offset for use in part.uses if use.offset in self.draft.values.allocated)
        step = self._step(max((*setting, *memory)), first)
        kind, count = datatype_of(whole.symbol), self._share or self.draft.values.extent(part)
        if step is None or kind is None or count is None:
            return None
        line = line_before(step.block, self._behind_checks(step, part), self._function.source)
        arguments = (whole.name, count, kind, part.name, count, kind, root, _WORLD)
        return PlacedCall(line, "MPI_Scatter", arguments, _LIKELY)

    def _behind_checks(self, step: Step, part: Variable) -> int:
        """The index behind the statement and behind what only makes sure that there is memory."""
        items = items_of(step.block, self._function.source)
        index = step.index + 1
        while index < len(items) and self._is_check(items[index], part):
            index += 1
        return index

    def _is_check(self, item: Item, part: Variable) -> bool:
        inside = [use.offset for use in part.uses if item.holds(use.offset)]
        return bool(inside) and self.draft.values.ignored.issuperset(inside) and not item.is_declaration

    def _gathered_back(self, whole: Variable, part: Variable) -> Iterator[PlacedCall]:
        """Where a root looks at the whole once all processes may have changed their parts of it."""
        places = [at for at in self.draft.values.definitions(part) if self._side(at) is None]
        last = max(places, default=None)
        later = [use.offset for use in whole.uses if use.offset not in self._empty | self.draft.values.ignored]
        reading = min((at for at in later if last is not None and at > last), default=None)
        side = self._side(reading) if reading is not None else None
        step = self._step(reading) if reading is not None else None
        kind, count = datatype_of(whole.symbol), self._share or self.draft.values.extent(part)
        if side is None or side.only is None or step is None or kind is None or count is None:
            return
        line = line_before(step.block, step.index, self._function.source)
        arguments = (part.name, count, kind, whole.name, count, kind, side.only, _WORLD)
        yield PlacedCall(line, "MPI_Gather", arguments, _LIKELY)

    def _broadcast(self, whole: Variable, root: str) -> PlacedCall | None:
        """Behind the branch that sets it, where all processes look at it later."""
        last = max(at for at in self.draft.values.definitions(whole) if self._side(at) is not None)
        later = [use.offset for use in whole.uses if use.offset > last and use.offset not in self.draft.values.ignored]
        kind, count, step = datatype_of(whole.symbol), self.draft.values.extent(whole), self._step(last)
        if step is None or kind is None or count is None or not any(self._side(at) is None for at in later):
            return None
        line = line_before(step.block, step.index + 1, self._function.source)
        return PlacedCall(line, "MPI_Bcast", (whole.name, count, kind, root, _WORLD), _LIKELY)

    def _gather(self, whole: Variable) -> PlacedCall | None:
        """In front of the branch of the one process that looks at an array that nothing fills."""
        first = self._first_use(whole)
        side = self._side(first) if first is not None else None
        filled = {use.offset for use in whole.uses if use.access in ("fill", "write")} - self._empty
        if first is None or side is None or side.only is None or any(at <= first for at in filled):
            return None
        step, kind, part = self._step(first), datatype_of(whole.symbol), self._part_before(whole, first)
        if step is None or kind is None or part is None:
            return None
        count = "1" if part.is_number else self._share or self.draft.values.extent(part)
        if count is None:
            return None
        line = line_before(step.block, step.index, self._function.source)
        given = f"&{part.name}" if part.is_number else part.name
        arguments = (given, count, kind, whole.name, count, kind, side.only, _WORLD)
        return PlacedCall(line, "MPI_Gather", arguments, _LIKELY)

    def _part_before(self, whole: Variable, before: int) -> Variable | None:
        """What all processes computed last before that, of the same type: an array, or a number for one of each."""
        kind, size = datatype_of(whole.symbol), self.draft.flow.size
        is_one_each = size is not None and self.draft.values.extent(whole) == size
        found = [
            (max(places), one)
            for one in self._function.variables
            if one is not whole
            and one.name not in (size, self.draft.flow.rank)
            and datatype_of(one.symbol) == kind
            and one.is_number == is_one_each
            and (places := [at for at in self.draft.values.definitions(one) if at < before and self._side(at) is None])
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _step(self, offset: int, other: int | None = None) -> Step | None:
        """The statement around `offset` in the innermost block that all processes run, outside of loops but those
        around `other`, too.
        """
        found: Step | None = None
        for step in way_to(self._function.body, offset, self._function.source):
            found = step
            is_inner = isinstance(step.item.statement, Loop | Block)
            is_shared = is_inner and other is not None and step.item.holds(other)
            if self.draft.flow.is_guard(step.item.statement) or (is_inner and not is_shared):
                break
        return found
