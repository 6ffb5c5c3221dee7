"""Arrays that are put together from parts: MPI_Gather and MPI_Allgather, or MPI_Reduce where each part is as long as
the whole (MPI-4.0 §6.5, §6.7, §6.9).  Only for answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.suggest.mpi.facts.arrays import Arrays
from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.program import line_before
from hpcls.suggest.mpi.facts.sides import Side
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.sums import is_alike

_WORLD = "MPI_COMM_WORLD"
_LIKELY = 0.4


@dataclass(frozen=True, eq=False)
class Gathered:
    """Those of one function."""

    arrays: Arrays
    dealt: frozenset[str] = frozenset()
    """The numbers that each process was given one element for."""

    def of_parts(self, whole: Variable, *, is_scattered: bool) -> Iterator[PlacedCall]:
        """In front of the first look at an array that nothing fills: of one process, or of all where it has room for
        something of each.

        `is_scattered`: whether another array is; else an array is only a part where the names or the room tell it.
        """
        found = self._put_together(whole)
        if found and (is_scattered or self._is_told(whole, found[1])):
            yield from self._read_at(found[0], whole, found[1])

    def is_doubtful(self, whole: Variable) -> bool:
        """Whether nothing but the order of statements tells that it is put together."""
        found = self._put_together(whole)
        return found is not None and not self._is_told(whole, found[1])

    def _put_together(self, whole: Variable) -> tuple[int, Variable] | None:
        """The first look at an array that nothing fills, and what may be a part of it."""
        first = self.arrays.first_use(whole)
        if first is None or self.arrays.is_filled_until(whole, first):
            return None
        part = self._part_before(whole, first)
        is_read = part and (self.arrays.side(first) is not None or self._is_for_all(whole, part, first))
        return (first, part) if part and is_read else None

    def _is_told(self, whole: Variable, part: Variable) -> bool:
        return part.is_number or is_alike(part.name, whole.name) or self._has_room(whole)

    def _has_room(self, whole: Variable) -> bool:
        """Whether the array has room for something of each process."""
        draft = self.arrays.draft
        return draft.flow.size in re.findall(r"\w+", draft.values.extent(whole) or "")

    def _is_for_all(self, whole: Variable, part: Variable, first: int) -> bool:
        """Whether the array has room for something of each process, which comes from its rank."""
        draft = self.arrays.draft
        is_read = any(use.offset == first and use.access == "read" for use in whole.uses)
        return self._has_room(whole) and is_read and part.name in draft.flow.local and first not in draft.values.given

    def back(self, whole: Variable, part: Variable) -> Iterator[PlacedCall]:
        """Where one process looks at the whole once all may have changed the parts that they were given."""
        places = [at for at in self.arrays.draft.values.definitions(part) if self.arrays.side(at) is None]
        later = [at for at in self.arrays.uses_of(whole) if places and at > max(places)]
        yield from self._read_at(min(later), whole, part) if later else ()

    def _read_at(self, reading: int, whole: Variable, part: Variable) -> Iterator[PlacedCall]:
        side, step, kind = self.arrays.side(reading), self.arrays.step(reading), datatype_of(whole.symbol)
        count = "1" if part.is_number else self.arrays.length(part)
        if step is None or kind is None or count is None or (side is not None and side.only is None):
            return
        line = line_before(step.block, step.index, self.arrays.draft.function.source)
        given = f"&{part.name}" if part.is_number else part.name
        if self._is_reduced(whole, part):
            reduced = (given, whole.name, count, kind, "MPI_SUM")
            yield _collective("MPI_Reduce" if side else "MPI_Allreduce", line, reduced, side)
        else:
            gathered = (given, count, kind, whole.name, count, kind)
            yield _collective("MPI_Gather" if side else "MPI_Allgather", line, gathered, side)

    def _is_reduced(self, whole: Variable, part: Variable) -> bool:
        """Whether the part of an array is as long as the whole."""
        extent = self.arrays.draft.values.extent
        is_as_long = not part.is_number and extent(whole) == extent(part) is not None
        return is_as_long and is_alike(part.name, whole.name)

    def _part_before(self, whole: Variable, before: int) -> Variable | None:
        """What all processes computed last before that, of the same type: an array, or a number for one of each."""
        draft = self.arrays.draft
        kind, size = datatype_of(whole.symbol), draft.flow.size
        is_one_each = size is not None and draft.values.extent(whole) == size
        found = [
            (max(places), one)
            for one in draft.function.variables
            if one is not whole
            and (one.is_number or one in self.arrays.of_numbers)
            and one.name not in (size, draft.flow.rank, *draft.function.counters)
            and datatype_of(one.symbol) == kind
            and (one.is_number == is_one_each or one.name in self.dealt)
            and (places := [at for at in draft.values.definitions(one) if at < before and self.arrays.side(at) is None])
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None


def _collective(function: str, line: int, arguments: tuple[str, ...], side: Side | None) -> PlacedCall:
    """For the one process of `side`; for all where there is none."""
    root = (side.only,) if side and side.only else ()
    return PlacedCall(line, function, (*arguments, *root, _WORLD), _LIKELY)
