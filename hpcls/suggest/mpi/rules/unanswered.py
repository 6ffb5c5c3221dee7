"""The other end of a message that stands in a program already: what one process sends, another has to receive
(MPI-4.0 §3.5).

if (rank == 0)
    MPI_Send(&n, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
else if (rank == 1) {
    // MPI_Recv(&n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, &status);
}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.exchanges import RECEIVES, SENDS, Exchanges, Message
from hpcls.suggest.mpi.facts.sides import Side
from hpcls.suggest.mpi.facts.statuses import status_at
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.other_arguments import OtherArguments
from hpcls.suggest.mpi.rules.other_buffer import OtherBuffer
from hpcls.suggest.mpi.rules.other_place import OtherPlaces, waited_for


@dataclass(frozen=True, eq=False)
class Unanswered:
    """Those of one function."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """A receive for each message that is only sent, or a send for each that is only received, where it is clear
        which process has to and where.
        """
        for message in self._exchanges.unanswered:
            side = self._side(message)
            found = self._answer(message, side) if side and not self._speaks_elsewhere(side) else None
            if found:
                yield found

    def _speaks_elsewhere(self, side: Side) -> bool:
        """Whether the branch calls a function of the program that sends or receives."""
        program = self.draft.program
        speaking = {one.name for call in program.calls_of(*SENDS, *RECEIVES) if (one := program.around(call.start))}
        named = {name for name in speaking for _, call in program.own_calls.get(name, ()) if side.holds(call.start)}
        return not named <= {self.draft.function.name}

    def _side(self, message: Message) -> Side | None:
        """The one branch of those that may be at the other end; one of the same test on the rank comes first."""
        other = self._exchanges.other(message)
        sides = [one for one in self._exchanges.sides if self._exchanges.may_be(one, message.side, other)]
        beside = [one for one in sides if one.chain is message.side.chain]
        return next(iter(beside or sides)) if 1 in (len(beside), len(sides)) else None

    @cached_property
    def _exchanges(self) -> Exchanges:
        return Exchanges(self.draft)

    def _answer(self, message: Message, side: Side) -> PlacedCall | None:
        function = self._exchanges.usual("MPI_Recv" if message.is_sent else "MPI_Send")
        other = OtherBuffer(self.draft, message, side)
        buffer = other.text()
        waiting = waited_for(self.draft, side.block)
        found = OtherPlaces(self._exchanges).place(message, side, buffer) if buffer else None
        place = waiting[1] if waiting and found else found
        if function is None or place is None or buffer is None:
            return None
        if not message.is_sent and not other.has_value(place.line):
            return None
        arguments = OtherArguments(self._exchanges, message, side, place, buffer)
        count, rank = arguments.count(other.variable), arguments.rank()
        tag = arguments.tag(rank) if rank else None
        if count is None or rank is None or tag is None or arguments.is_part(other.variable, rank, count):
            return None
        status = status_at(self.draft, place.block)
        source = arguments.source(rank, status) if message.is_sent else rank
        last = (waiting[0],) if waiting else (status,) if message.is_sent else ()
        given = (buffer, count, message.given("datatype"), source, tag, message.given("comm"), *last)
        name = f"MPI_I{function.removeprefix('MPI_').lower()}" if waiting else function
        return PlacedCall(place.line, name, given, place.confidence)
