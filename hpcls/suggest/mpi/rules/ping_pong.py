"""Two processes that run the same loop on either side of a test on the rank: messages go to and fro.  Only for answers
that are forced.

if (rank == 0)
    for (i = 0; i < n; i++) { MPI_Send(… 1 …); MPI_Recv(… 1 …); }
else if (rank == 1)
    for (i = 0; i < n; i++) { MPI_Recv(… 0 …); MPI_Send(… 0 …); }
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import items_of, line_before
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import Messages
from hpcls.syntax.statements import Block, If, Loop


def ping_pong(draft: Draft) -> Iterator[tuple[If, PlacedCall]]:
    """The messages, with the test on the rank that they stand in."""
    for first, second in pairwise(sides_of(draft)):
        if first.chain is not second.chain or first.only is None:
            continue
        for one, other in _alike(draft, first, second):
            yield from ((first.chain, call) for call in _to_and_fro(draft, one, other, first, second))


def _alike(draft: Draft, first: Side, second: Side) -> Iterator[tuple[Block, Block]]:
    """The bodies of loops with the same head, one on each side."""
    others = dict(_loops(draft, second))
    for head, body in _loops(draft, first):
        if head in others:
            yield body, others[head]


def _loops(draft: Draft, side: Side) -> Iterator[tuple[str, Block]]:
    source = draft.function.source
    for item in items_of(side.block, source):
        loop = item.statement
        if isinstance(loop, Loop) and isinstance(loop.body, Block):
            yield "".join(source.slice(loop.start, loop.body.start).split()), loop.body


def _to_and_fro(draft: Draft, one: Block, other: Block, first: Side, second: Side) -> Iterator[PlacedCall]:
    messages, source = Messages(draft), draft.function.source
    to, root = second.only or "1", first.only or "0"
    here, there = line_before(one, 0, source), line_before(other, 0, source)
    yield from messages.sent_from(one, here, to)
    yield from messages.received_in(one, here, to)
    yield from messages.received_in(other, there, root)
    yield from messages.sent_from(other, there, root)
