"""What a window of one-sided communication is made of, and its fences (MPI-4.0 §12.2.1, §12.5.1).

Only for answers that are forced.

int *buf = malloc(n * sizeof(int));
MPI_Win_create(buf, n * sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &win);
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.texts import only_shows
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import line_in_front, only_frees, unread_named
from hpcls.suggest.mpi.rules.skeleton import index_behind
from hpcls.suggest.mpi.rules.world import WORLD
from hpcls.syntax.expressions import names_in
from hpcls.syntax.statements import Block, If

_WINDOW = re.compile(r"win(?:dow)?|^w_", re.IGNORECASE)
_EXPOSED = re.compile(r"buf|mem|base|tab|counter|shared", re.IGNORECASE)
_LENGTH = re.compile(r"(?:win(?:dow)?|buf(?:fer)?)_?size|size_of_win(?:dow)?|^bytes$", re.IGNORECASE)
_UNIT = re.compile(r"disp_?unit|(?:win(?:dow)?_?|^d)units?$|elt_?size|elem(?:ent)?_?size", re.IGNORECASE)
_LIKELY = 0.4


@dataclass(frozen=True, eq=False)
class Windows:
    """Those of one function."""

    draft: Draft

    def calls(self, window: Variable, end: int | None) -> Iterator[PlacedCall]:
        """What makes it, behind the start and all declarations that it needs; fences around what is done with it, the
        last one in front of the texts at the end; and what frees it there, in front of the memory (§12.2.5).
        """
        buffer = self._buffer(window)
        needed = (window.name, *self.draft.pair.names, *([buffer.name] if buffer else ()))
        line = self.draft.function.line_before(max(index_behind(self.draft, name) for name in needed))
        given = self._given(buffer) if buffer else ("NULL", "0", "1")
        yield PlacedCall(line, "MPI_Win_create", (*given, "MPI_INFO_NULL", WORLD, f"&{window.name}"), _LIKELY)
        opened = self._opened(line)
        yield PlacedCall(opened, "MPI_Win_fence", ("0", window.name), _LIKELY)
        if end is not None:
            shown = line_in_front(self.draft, end, lambda statement: only_frees(statement) or only_shows(statement))
            yield PlacedCall(max(opened, shown), "MPI_Win_fence", ("0", window.name), _LIKELY)
            yield PlacedCall(self._freed(buffer, end), "MPI_Win_free", (f"&{window.name}",), _LIKELY)

    def _opened(self, line: int) -> int:
        """In front of the first branch on the rank that has lost what stood in it, if one follows."""
        for index, item in enumerate(self.draft.function.items):
            match item.statement:
                case If(test=test, then=Block(statements=())) if self.draft.flow.rank in names_in(test):
                    if item.first > line:
                        return self.draft.function.line_before(index)
                case _:
                    pass
        return line

    def _freed(self, buffer: Variable | None, end: int) -> int:
        """In front of the statements at the end that free memory, if that of the window is among them."""
        freed = self.draft.values.ignored & {use.offset for use in buffer.uses} if buffer else ()
        line, line_of = line_in_front(self.draft, end, only_frees), self.draft.function.source.line
        return line if any(line < line_of(at) <= end for at in freed) else end

    def _buffer(self, window: Variable) -> Variable | None:
        """The likeliest: what the window is called after, what is called so, then arrays, then what nothing sets."""
        stem = _WINDOW.sub("", window.name).strip("_")
        return min(
            self._candidates,
            key=lambda one: (
                one.name != stem,
                not (stem and one.name.endswith(f"_{stem}")),
                not _WINDOW.search(one.name),
                not _EXPOSED.search(one.name),
                one.is_number,
                not one.is_never_set,
            ),
            default=None,
        )

    @cached_property
    def _candidates(self) -> tuple[Variable, ...]:
        """The function's own variables of types that MPI knows, counters, the rank and the size apart."""
        function = self.draft.function
        known = {*function.counters, *self.draft.gap_targets, self.draft.flow.rank, self.draft.flow.size}
        own = (one for one in function.variables if one.symbol and one.symbol.start >= function.body.start)
        typed = (one for one in own if datatype_of(one.symbol) and one.name not in known)
        return tuple(one for one in typed if not _LENGTH.search(one.name) and not _UNIT.search(one.name))

    def _given(self, buffer: Variable) -> tuple[str, str, str]:
        """Its address, its length in bytes and the unit of displacements."""
        element = f"sizeof({buffer.symbol.type_text})" if buffer.symbol else "1"
        count = None if buffer.is_number else self.draft.values.extent(buffer)
        length = f"{count} * {element}" if count and count != "1" else element
        address = f"&{buffer.name}" if buffer.is_number else buffer.name
        named = [unread_named(self.draft, pattern) for pattern in (_LENGTH, _UNIT)]
        length, unit = (one.name if one else usual for one, usual in zip(named, (length, element), strict=True))
        return address, length, unit
