"""Vectors of C++ that wait for their elements, as `waiting` has it for arrays: one process has all of them, and the
others read their part of it, or one reads what each of them has filled its part of (MPI-4.0 §6.5, §6.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.arrays import Arrays
from hpcls.suggest.mpi.facts.datatypes import datatype, element_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import line_before
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.sums import is_part_and_whole
from hpcls.syntax.expressions import Items, Subscript

_LIKELY = 0.65


@dataclass(frozen=True, eq=False)
class Vectors:
    """Those of one function."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """A call for each vector of a root that belongs to only one vector of the processes, and that to only one; by
        their names where there are several.
        """
        pairs = [(whole, part) for whole in self._known for part in self._known if self._belong(whole, part)]
        named = [pair for pair in pairs if is_part_and_whole(pair[1].name, pair[0].name)]
        for whole, part in pairs:
            rivals = [pair for pair in pairs if pair[0] is whole or pair[1] is part]
            if len(rivals) == 1 or [pair for pair in rivals if pair in named] == [(whole, part)]:
                yield from self._call(whole, part)

    @cached_property
    def _arrays(self) -> Arrays:
        return Arrays(self.draft)

    @cached_property
    def _known(self) -> tuple[Variable, ...]:
        """Those that the function declares, of numbers, and that no call of MPI is given."""
        inside = [call for call in self.draft.program.calls if call.line in self.draft.function.lines]
        given = {name for call in inside for one in call.arguments for name in re.findall(r"\w+", one.text)}
        declared = (one for one in self.draft.function.variables if one.symbol and one.symbol.kind == "variable")
        return tuple(one for one in declared if self._datatype(one) and one.name not in given)

    def _datatype(self, one: Variable) -> str | None:
        element = element_of(one.symbol.type_text) if one.symbol else None
        return datatype(element) if element else None

    def _belong(self, whole: Variable, part: Variable) -> bool:
        if whole is part or self._datatype(whole) != self._datatype(part) or self._count(part) is None:
            return False
        if self._root(whole) is None or any(self._arrays.side(at) for at in self._elements(part)):
            return False
        filled, read = self._filled(whole), self._elements(whole)
        is_scattered = bool(filled) and not self._filled(part) and self._is_only_elements(part)
        is_gathered = bool(read) and not filled and bool(self._filled(part)) and self._is_left(part)
        return is_scattered or is_gathered

    def _call(self, whole: Variable, part: Variable) -> Iterator[PlacedCall]:
        is_scattered = bool(self._filled(whole))
        kind, count, root = self._datatype(whole), self._count(part), self._root(whole)
        last = max((*self._filled(whole), part.symbol.start if part.symbol else 0))
        step = self._arrays.step(last if is_scattered else min(self._elements(whole)))
        if step is None or kind is None or count is None or root is None:
            return
        line = line_before(step.block, step.index + is_scattered, self.draft.function.source)
        sent, received = (whole, part) if is_scattered else (part, whole)
        buffers = [f"{one.name}.data(), {count}, {kind}".split(", ") for one in (sent, received)]
        function = "MPI_Scatter" if is_scattered else "MPI_Gather"
        yield PlacedCall(line, function, (*buffers[0], *buffers[1], root, "MPI_COMM_WORLD"), _LIKELY)

    def _root(self, one: Variable) -> str | None:
        """The one process that uses its elements."""
        sides = {self._arrays.side(at) for at in self._used(one)}
        roots = {side.only if side else None for side in sides}
        return roots.pop() if len(roots) == 1 else None

    def _count(self, one: Variable) -> str | None:
        """How many elements its declaration gives it."""
        given = self.draft.values.initial.get(one.symbol.start) if one.symbol else None
        is_number = given is not None and not isinstance(given, Items)
        return self.draft.function.source.slice(given.start, given.end) if given and is_number else None

    def _used(self, one: Variable) -> list[int]:
        declared = one.symbol.start if one.symbol else -1
        return [use.offset for use in one.uses if use.offset != declared]

    def _filled(self, one: Variable) -> list[int]:
        return [use.offset for use in one.uses if use.access == "fill"]

    def _elements(self, one: Variable) -> list[int]:
        """Where an element is named."""
        return [at for at in self._used(one) if at in self._bases]

    @cached_property
    def _bases(self) -> frozenset[int]:
        return frozenset(part.base.start for part in self.draft.values.expressions if isinstance(part, Subscript))

    def _is_only_elements(self, one: Variable) -> bool:
        """Whether nothing is done with it but with single elements: nothing else fills it."""
        return bool(self._used(one)) and self._bases.issuperset(self._used(one))

    def _is_left(self, one: Variable) -> bool:
        """Whether nobody reads it once it is filled."""
        return max(self._used(one)) <= max(self._filled(one))
