"""What a window of one-sided communication is made of: MPI_Win_create (MPI-4.0 §12.2.1).  Only for answers that are
forced.

int *buf = malloc(n * sizeof(int));
MPI_Win_create(buf, n * sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &win);
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import unread_named
from hpcls.suggest.mpi.rules.skeleton import index_behind
from hpcls.suggest.mpi.rules.world import WORLD

_WINDOW = re.compile(r"win(?:dow)?|^w_", re.IGNORECASE)
_EXPOSED = re.compile(r"buf|mem|base|tab|counter|shared", re.IGNORECASE)
_LENGTH = re.compile(r"(?:win(?:dow)?|buf(?:fer)?)_?size|size_of_win(?:dow)?|^bytes$", re.IGNORECASE)
_UNIT = re.compile(r"disp_?unit|(?:win(?:dow)?_?|^d)units?$|elt_?size|elem(?:ent)?_?size", re.IGNORECASE)
_LIKELY = 0.4


@dataclass(frozen=True, eq=False)
class Windows:
    """Those of one function."""

    draft: Draft

    def created(self, window: Variable) -> PlacedCall:
        """Behind the start and all declarations that it needs."""
        buffer = self._buffer(window)
        given = self._given(buffer) if buffer else ("NULL", "0", "1")
        needed = (window.name, *self.draft.pair.names, *([buffer.name] if buffer else ()))
        index = max(index_behind(self.draft, name) for name in needed)
        arguments = (*given, "MPI_INFO_NULL", WORLD, f"&{window.name}")
        return PlacedCall(self.draft.function.line_before(index), "MPI_Win_create", arguments, _LIKELY)

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
