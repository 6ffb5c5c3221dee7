"""Something that goes from process to process, begun by the first one: who hands it on has to get it, and the reverse.

if (rank == 0) {
    MPI_Send(&token, 1, MPI_INT, 1, 0, comm);
    // MPI_Recv(&token, 1, MPI_INT, size - 1, 0, comm, &status);
} else {
    MPI_Recv(&token, 1, MPI_INT, rank - 1, 0, comm, &status);
    MPI_Send(&token, 1, MPI_INT, (rank + 1) % size, 0, comm);
}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.exchanges import RECEIVES, SENDS
from hpcls.suggest.mpi.facts.halves import BOTH, Half, Halves
from hpcls.suggest.mpi.facts.program import Item, items_of, line_before
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.facts.statuses import status_at
from hpcls.suggest.mpi.placed import PlacedCall

_LIKELY = 0.7
_FIRST = "0"
_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class _Wanted:
    """A send to the process behind, or a receive from the one before, in a branch of the first process or of others."""

    is_sent: bool
    side: Side
    own: tuple[Half, ...]
    """The half that the branch has already."""


@dataclass(frozen=True, eq=False)
class Rings:
    """Those of one function, with a branch for the first process."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """The one half that one of the two branches lacks."""
        axes = {one.partner.axis for one in self._all}
        if any(one.call.name == BOTH for one in self._all) or axes != {self._axis} or not self._is_whole:
            return
        found = [one for pair in self._branches for one in self._wanted(*pair)]
        if len(found) == 1:
            yield from self._call(found[0])

    @property
    def _axis(self) -> str:
        return f"{self.draft.flow.rank} 1"

    @cached_property
    def _all(self) -> tuple[Half, ...]:
        return tuple(Halves(self.draft).all)

    @property
    def _is_whole(self) -> bool:
        """Whether the function has no other messages."""
        inside = [call for call in self.draft.program.calls if call.line in self.draft.function.lines]
        return sum(call.name in SENDS | RECEIVES for call in inside) == len(self._all)

    @cached_property
    def _branches(self) -> list[tuple[Side, Side]]:
        """(first process, others) of each test on the rank with messages of both, or of one."""
        sides = sides_of(self.draft)
        pairs = [(one, other) for one in sides for other in sides if one.only == _FIRST and other.spared == _FIRST]
        same = [pair for pair in pairs if pair[0].chain is pair[1].chain]
        return [pair for pair in same if any(self._in(side) for side in pair)]

    def _in(self, side: Side) -> tuple[Half, ...]:
        return tuple(one for one in self._all if side.holds(one.call.start))

    def _wanted(self, first: Side, others: Side) -> Iterator[_Wanted]:
        for_all = tuple(one for one in self._all if not (first.holds(one.call.start) or others.holds(one.call.start)))
        own, theirs = self._in(first), self._in(others)
        if for_all or any((one.partner.sign == 1) is not one.is_sent for one in self._all):
            return
        sent, got = self._of(own, True), self._of(own, False)
        handed, taken = self._of(theirs, True), self._of(theirs, False)
        if taken and not sent:
            yield _Wanted(True, first, got)
        if handed and not taken:
            yield _Wanted(False, others, handed)
        if any(self._is_closed(one) for one in handed) and not got:
            yield _Wanted(False, first, sent)
        if got and taken and not handed:
            yield _Wanted(True, others, taken)

    @staticmethod
    def _of(halves: Sequence[Half], is_sent: bool) -> tuple[Half, ...]:
        return tuple(one for one in halves if one.is_sent is is_sent)

    def _is_closed(self, half: Half) -> bool:
        """Whether the last process sends to the first one."""
        return "%" in half.rank or half.rank == _FIRST

    def _call(self, wanted: _Wanted) -> Iterator[PlacedCall]:
        alike, across = self._of(self._all, wanted.is_sent), self._of(self._all, not wanted.is_sent)
        like = (alike or across)[0]
        buffers = {one.buffer for one in (alike or across)}
        comm, rank, place = like.call.argument("comm"), self._rank(wanted), self._line(wanted, like.buffer)
        is_own = not wanted.is_sent and like.buffer.lstrip("& ") in (self.draft.flow.rank, self.draft.flow.size)
        if len(buffers) != 1 or is_own or comm is None or rank is None or place is None:
            return
        given = (like.buffer, like.count, like.datatype, rank, like.tag, comm.text)
        if wanted.is_sent:
            yield PlacedCall(place, self._function(alike, "MPI_Send"), given, _LIKELY)
        elif not any(one.call.name.startswith("MPI_I") for one in alike):
            status = alike[0].call.argument("status") if alike else None
            last = status.text if status else status_at(self.draft, wanted.side.block)
            yield PlacedCall(place, self._function(alike, "MPI_Recv"), (*given, last), _LIKELY)

    @staticmethod
    def _function(alike: Sequence[Half], usual: str) -> str:
        return alike[0].call.name if alike else usual

    def _rank(self, wanted: _Wanted) -> str | None:
        rank, size = self.draft.flow.rank, self.draft.flow.size
        sign = 1 if wanted.is_sent else -1
        named = [name for name, where in Halves(self.draft).directions.variables.items() if where.sign == sign]
        if named:
            return named[0]
        if wanted.side.only == _FIRST:
            return "1" if wanted.is_sent else f"{size} - 1" if size else None
        if wanted.is_sent:
            return f"({rank} + 1) % {size}" if size else None
        return f"{rank} - 1"

    def _line(self, wanted: _Wanted, buffer: str) -> int | None:
        """What is got comes in front of its first use and of what is handed on; the first process sends first."""
        block, source = wanted.side.block, self.draft.function.source
        items = items_of(block, source)
        if wanted.side.only != _FIRST and wanted.is_sent:
            return line_before(block, len(items), source)
        places = [item.holds(wanted.own[0].call.start) for item in items] if wanted.own else []
        at = next((i for i, holds in enumerate(places) if holds), len(items))
        if wanted.side.only == _FIRST:
            return line_before(block, at + (not wanted.is_sent and at < len(items)), source)
        used = next((i for i, item in enumerate(items) if self._uses(item, buffer)), at)
        return line_before(block, min(used, at), source)

    def _uses(self, item: Item, buffer: str) -> bool:
        names = _NAME.findall(buffer)
        found = [one for one in self.draft.function.variables if names and one.name == names[0]]
        return any(item.holds(use.offset) for one in found for use in one.uses)
