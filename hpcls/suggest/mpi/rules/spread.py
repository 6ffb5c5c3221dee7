"""Arrays that one process has and the others need, whole or in parts: MPI_Bcast and MPI_Scatter (MPI-4.0 §6.4, §6.6).
Only for answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.arrays import Arrays
from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import Item, Step, items_of, line_before
from hpcls.suggest.mpi.facts.sides import lacks_receives
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.gathered import Gathered
from hpcls.suggest.mpi.rules.sums import is_alike

_WORLD = "MPI_COMM_WORLD"
_LIKELY = 0.4
_RECEIVED = re.compile(r"recv|receive", re.IGNORECASE)
_PLACES = re.compile(r"disp|offset", re.IGNORECASE)
_TOTAL = re.compile(r"max|min(?!e)|sum|tot|glob|num", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Spread:
    """Those of one function."""

    draft: Draft

    @cached_property
    def _arrays(self) -> Arrays:
        return Arrays(self.draft)

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The arrays that may or may not be put together: no other rule should fill them."""
        gathered = Gathered(self._arrays)
        return frozenset(one.name for one in self._arrays.of_numbers if gathered.is_doubtful(one))

    def calls(self) -> Iterator[PlacedCall]:
        """A call for each array that is spread, and for each that is put together."""
        taken: set[str] = set()
        scattered: list[tuple[Variable, Variable]] = []
        dealt: dict[str, tuple[Variable, PlacedCall]] = {}
        for whole in sorted(self._arrays.declared, key=lambda one: one not in self._arrays.of_numbers):
            root = self._only_setter(whole)
            if root is None:
                continue
            part = self._part(whole, taken)
            call = self._scatter(whole, part, root) if part else self._broadcast(whole, root)
            number = None if part or call else self._dealt_to(whole)
            if number:
                dealt[number.name] = self._likelier(dealt.get(number.name), (whole, self._dealt(whole, number, root)))
            if call:
                taken |= {whole.name, part.name} if part else {whole.name}
                scattered += [(whole, part)] if part else []
                yield call
        yield from (call for _, call in dealt.values())
        taken |= {whole.name for whole, _ in dealt.values()}
        gathered = Gathered(self._arrays, frozenset(dealt))
        others = [one for one in self._arrays.of_numbers if one.name not in taken]
        is_scattered = bool(scattered or dealt)
        parts = [call for whole in others for call in gathered.of_parts(whole, is_scattered=is_scattered)]
        yield from parts or (call for whole, part in scattered for call in gathered.back(whole, part))

    def _only_setter(self, one: Variable) -> str | None:
        """The one process that gives the array its values, before any other looks at them."""
        side, places = self._arrays.side, self.draft.values.definitions(one)
        looked_at = [use.offset for use in one.uses if use.access in ("read", "address")]
        first = min((at for at in looked_at if side(at) is None), default=self.draft.function.body.end)
        setting = [side(at) for at in places if at < first]
        roots = {one.only if one else None for one in setting}
        return roots.pop() if len(roots) == 1 else None

    def _part(self, whole: Variable, taken: set[str]) -> Variable | None:
        """The likeliest array for a part of it."""
        parts = [one for one in self._arrays.of_numbers if one.name not in taken and self._is_part(one, whole)]
        return next(iter(sorted(parts, key=lambda one: not is_alike(one.name, whole.name))), None)

    def _is_part(self, one: Variable, whole: Variable) -> bool:
        """Whether all processes use it behind what sets the whole, though nothing gave it a value."""
        if one is whole or datatype_of(one.symbol) != datatype_of(whole.symbol):
            return False
        first = self._arrays.first_use(one)
        if first is None or self._arrays.side(first) is not None:
            return False
        extent = self.draft.values.extent(one)
        is_early = first < min(self.draft.values.definitions(whole))
        if is_early or extent is None or self._arrays.is_filled_until(one, first):
            return False
        shared = self.draft.flow.divided | self.draft.flow.local
        is_named = is_alike(one.name, whole.name) or _RECEIVED.search(one.name) is not None
        return is_named or not shared.isdisjoint(re.findall(r"\w+", extent))

    def _scatter(self, whole: Variable, part: Variable, root: str) -> PlacedCall | None:
        """Behind the memory for the part, or behind what sets the whole where that comes later."""
        first = self._arrays.first_use(part) or self.draft.function.body.end
        setting = (
            at for at in self.draft.values.definitions(whole) if self._arrays.side(at) is not None and at < first
        )
        memory = (use.offset for use in part.uses if use.offset in self.draft.values.allocated)
        step = self._arrays.step(max((*setting, *memory)), first)
        kind, count = datatype_of(whole.symbol), self._arrays.length(part)
        if step is None or kind is None or count is None:
            return None
        line = line_before(step.block, self._behind_checks(step, part), self.draft.function.source)
        arguments = (whole.name, count, kind, part.name, count, kind, root, _WORLD)
        return PlacedCall(line, "MPI_Scatter", arguments, _LIKELY)

    def _dealt_to(self, whole: Variable) -> Variable | None:
        """The number that all read behind what sets the array, although nothing has set it there: each gets one."""
        last, kind = max(self.draft.values.definitions(whole)), datatype_of(whole.symbol)
        step = self._arrays.step(last)
        known = (self.draft.flow.rank, self.draft.flow.size, *self.draft.gap_targets)
        numbers = (one for one in self.draft.function.variables if one.is_number and one.name not in known)
        found = [
            one
            for one in numbers
            if one.is_read
            and datatype_of(one.symbol) == kind
            and not _TOTAL.search(one.name)
            and all(one.first_read < at for at in self.draft.values.definitions(one))
            and one.first_read > last
            and self._arrays.side(one.first_read) is None
        ]
        return found[0] if step is not None and kind is not None and len(found) == 1 else None

    def _dealt(self, whole: Variable, number: Variable, root: str) -> PlacedCall:
        """One element to each process."""
        kind, step = datatype_of(whole.symbol) or "", self._arrays.step(max(self.draft.values.definitions(whole)))
        assert step is not None
        line = line_before(step.block, step.index + 1, self.draft.function.source)
        arguments = (whole.name, "1", kind, f"&{number.name}", "1", kind, root, _WORLD)
        return PlacedCall(line, "MPI_Scatter", arguments, _LIKELY)

    def _likelier(
        self, one: tuple[Variable, PlacedCall] | None, other: tuple[Variable, PlacedCall]
    ) -> tuple[Variable, PlacedCall]:
        """Of two arrays for one number, that which holds no displacements, then that which is set last."""
        both = [one, other] if one else [other]
        last = self.draft.values.definitions
        return max(both, key=lambda pair: (not _PLACES.search(pair[0].name), max(last(pair[0]))))

    def _behind_checks(self, step: Step, part: Variable) -> int:
        """The index behind the statement and behind what only makes sure that there is memory."""
        items = items_of(step.block, self.draft.function.source)
        index = step.index + 1
        while index < len(items) and self._is_check(items[index], part):
            index += 1
        return index

    def _is_check(self, item: Item, part: Variable) -> bool:
        inside = [use.offset for use in part.uses if item.holds(use.offset)]
        return bool(inside) and self.draft.values.ignored.issuperset(inside) and not item.is_declaration

    def _broadcast(self, whole: Variable, root: str) -> PlacedCall | None:
        """Behind the branch that sets it and that in which others give it memory, where all look at it later."""
        memory = self.draft.values.allocated & {use.offset for use in whole.uses}
        places = (*self.draft.values.definitions(whole), *memory)
        last = max(at for at in places if self._arrays.side(at) is not None)
        later = [use.offset for use in whole.uses if use.offset > last and use.offset not in self.draft.values.ignored]
        side = self._arrays.side(last)
        if side and lacks_receives(side.chain):
            return None
        kind, count, step = datatype_of(whole.symbol), self.draft.values.extent(whole), self._arrays.step(last)
        if step is None or kind is None or count is None or not any(self._arrays.side(at) is None for at in later):
            return None
        line = line_before(step.block, step.index + 1, self.draft.function.source)
        return PlacedCall(line, "MPI_Bcast", (whole.name, count, kind, root, _WORLD), _LIKELY)
