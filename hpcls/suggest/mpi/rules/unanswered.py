"""The other end of a message that stands in a program already: what one process sends, another has to receive
(MPI-4.0 §3.5).

if (rank == 0)
    MPI_Send(&n, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
else if (rank == 1) {
    // MPI_Recv(&n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, &status);
}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.exchanges import Exchanges, Message
from hpcls.suggest.mpi.facts.process_loops import ProcessLoops
from hpcls.suggest.mpi.facts.program import way_to
from hpcls.suggest.mpi.facts.sides import Side
from hpcls.suggest.mpi.facts.statuses import status_at
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.other_buffer import other_buffer
from hpcls.suggest.mpi.rules.other_end import rank_named
from hpcls.suggest.mpi.rules.other_place import OtherPlaces
from hpcls.syntax.statements import Block

_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, eq=False)
class Unanswered:
    """Those of one function."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """A receive for each message that is only sent, or a send for each that is only received, where it is clear
        which process has to and where.
        """
        for message in self._exchanges.unanswered:
            sides = [
                side for side in self._exchanges.sides if self._exchanges.may_be(side, message.side, message.other)
            ]
            found = self._answer(message, sides[0]) if len(sides) == 1 else None
            if found:
                yield found

    @cached_property
    def _exchanges(self) -> Exchanges:
        return Exchanges(self.draft)

    def _answer(self, message: Message, side: Side) -> PlacedCall | None:
        function = self._exchanges.usual("MPI_Recv" if message.is_sent else "MPI_Send")
        buffer = other_buffer(self.draft, message, side)
        place = OtherPlaces(self._exchanges).place(message, side, buffer) if buffer else None
        other = self._rank(message, side, place.block) if place else None
        if function is None or place is None or buffer is None or other is None:
            return None
        tag = "0" if message.given("tag") == "MPI_ANY_TAG" else message.given("tag")
        status = (status_at(self.draft, side.block),) if message.is_sent else ()
        given = (buffer, message.given("count"), message.given("datatype"), other, tag, message.given("comm"), *status)
        return PlacedCall(place.line, function, given, place.confidence)

    def _rank(self, message: Message, side: Side, block: Block) -> str | None:
        """The rank of the process that has `message`, as it is spelled in `block`; None where that is not clear."""
        if message.side.only is not None:
            named = rank_named(self.draft, "left" if message.is_sent else "right", block)
            return None if self._is_ring(side) else named or message.side.only
        way = way_to(self.draft.function.body, block.start + 1, self.draft.function.source)
        counters = (ProcessLoops(self.draft).counter(step.item.statement) for step in way)
        return next((one for one in counters if one), None)

    def _is_ring(self, side: Side) -> bool:
        """Whether its processes have different ones at the other end: `rank - 1`, `rank + 1`."""
        rank = self.draft.flow.rank or ""
        return any(one.side is side and rank in _NAME.findall(one.other) for one in self._exchanges.messages)
