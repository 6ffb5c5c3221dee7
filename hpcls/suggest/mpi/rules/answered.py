"""What one side of a test on the rank sends, another receives (MPI-4.0 §3.5).  Only for answers that are forced.

if (rank != 0)
    { dest = 0; MPI_Send(… dest …); }
else
    for (source = 1; source < size; source++) { MPI_Recv(… source …); }
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.process_loops import ProcessLoops
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import RECEIVES, SENDS, Messages


@dataclass(frozen=True, eq=False)
class Answered:
    """Those of one function."""

    draft: Draft
    written: tuple[PlacedCall, ...]
    """The messages that other rules write."""

    def calls(self) -> Iterator[PlacedCall]:
        """A receive, or a send, for each test whose sides only send, or only receive."""
        chains = {side.chain.start: side.chain for side in self._sides}
        for chain in chains.values():
            sides = [side for side in self._sides if side.chain is chain]
            sending = [side for side in sides if self._has(side, SENDS)]
            receiving = [side for side in sides if self._has(side, RECEIVES)]
            if bool(sending) == bool(receiving):
                continue
            silent = [side for side in sides if side not in (*sending, *receiving)]
            for side in silent[:1]:
                yield from self._received(side, sending[0]) if sending else self._sent(side, receiving[0])

    @cached_property
    def _sides(self) -> tuple[Side, ...]:
        return sides_of(self.draft)

    def _has(self, side: Side, functions: frozenset[str]) -> bool:
        source = self.draft.function.source
        lines = range(source.line(side.block.start), source.line(side.block.end - 1) + 1)
        return any(call.function in functions and call.line in lines for call in self.written)

    def _received(self, side: Side, sender: Side) -> Iterator[PlacedCall]:
        block, counter = ProcessLoops(self.draft).first_in(side.block) or (side.block, None)
        yield from Messages(self.draft).receive(block, counter or _rank_of(sender))

    def _sent(self, side: Side, receiver: Side) -> Iterator[PlacedCall]:
        block, counter = ProcessLoops(self.draft).first_in(side.block) or (side.block, None)
        yield from Messages(self.draft).send(block, counter or _rank_of(receiver))


def _rank_of(side: Side) -> str:
    """The process that runs the side, else one that does."""
    return side.only or ("1" if side.spared == "0" or side.spared is None else "0")
