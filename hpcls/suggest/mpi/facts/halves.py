"""What a process sends to its neighbours and receives from them: each half of such an exchange that stands there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.directions import Direction, Directions
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.numbers import number_at
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.syntax.mpi import MpiCall

_SENDS = re.compile(r"MPI_I?[sbr]?send|MPI_[SBR]?send", re.IGNORECASE)
_RECEIVES = re.compile(r"MPI_I?recv", re.IGNORECASE)
BOTH = "MPI_Sendrecv"


@dataclass(frozen=True)
class Half:
    """A send to a neighbour, or a receive from one."""

    call: MpiCall
    is_sent: bool
    partner: Direction
    rank: str
    buffer: str
    count: str
    datatype: str
    tag: str
    number: str
    """The tag as a number, where that is known."""

    def meets(self, other: Half) -> bool:
        """Whether the two may be ends of one message."""
        ends = self.is_sent is not other.is_sent and self.partner == other.partner.opposite
        is_tag = self.number == other.number or "MPI_ANY_TAG" in (self.tag, other.tag)
        return ends and self.datatype == other.datatype and is_tag


@dataclass(frozen=True, eq=False)
class Halves:
    """Those of one function."""

    draft: Draft

    @cached_property
    def directions(self) -> Directions:
        """Its neighbours."""
        return Directions(self.draft)

    @cached_property
    def all(self) -> tuple[Half, ...]:
        """In source order."""
        inside = (call for call in self.draft.program.calls if call.line in self.draft.function.lines)
        return tuple(half for call in inside if call.arity_matches for half in self._of(call))

    def _of(self, call: MpiCall) -> Iterator[Half]:
        if call.name == BOTH:
            yield from self._half(call, True, ("sendbuf", "sendcount", "sendtype", "dest", "sendtag"))
            yield from self._half(call, False, ("recvbuf", "recvcount", "recvtype", "source", "recvtag"))
        elif _SENDS.fullmatch(call.name):
            yield from self._half(call, True, ("buf", "count", "datatype", "dest", "tag"))
        elif _RECEIVES.fullmatch(call.name):
            yield from self._half(call, False, ("buf", "count", "datatype", "source", "tag"))

    def _half(self, call: MpiCall, is_sent: bool, names: tuple[str, ...]) -> Iterator[Half]:
        given = [call.argument(name) for name in names]
        buffer, count, datatype, rank, tag = (one.text if one else "" for one in given)
        partner = self.directions.of(rank) or self._of_the_first(call, rank)
        if partner is not None:
            number = number_at(self.draft, tag, call.start)
            yield Half(call, is_sent, partner, rank, buffer, count, datatype, tag, number)

    @cached_property
    def _sides(self) -> tuple[Side, ...]:
        return sides_of(self.draft)

    def _of_the_first(self, call: MpiCall, rank: str) -> Direction | None:
        """A neighbour of the first process, which has a number, or what the last one has behind it."""
        text, own, size = "".join(rank.split()), self.draft.flow.rank, self.draft.flow.size
        if text not in ("0", "1", f"{size}-1"):
            return None
        before = self._sides[: bisect_right(self._sides, call.start, key=_start)]
        only = next((side.only for side in reversed(before) if side.holds(call.start)), None)
        if only == "0" and text in ("1", f"{size}-1"):
            return Direction(f"{own} 1", 1 if text == "1" else -1)
        is_last = only is not None and "".join(only.split()) == f"{size}-1"
        return Direction(f"{own} 1", 1) if is_last and text == "0" else None


def _start(side: Side) -> int:
    return side.block.start
