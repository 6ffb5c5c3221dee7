"""Empty branches for all processes but the first, or but the last: messages to the neighbour, rank - 1 or rank + 1.

Only for answers that are forced.

if (rank > 0) { MPI_Recv(… rank - 1 …); }
if (rank < size - 1) { MPI_Send(… rank + 1 …); }
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.guards import guarded
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import Messages
from hpcls.suggest.mpi.rules.requests import all_at_once
from hpcls.syntax.statements import Block, If, walk

Direction = Literal["-", "+"]


def neighbours(draft: Draft) -> Iterator[tuple[If, PlacedCall]]:
    """The messages, with the branch that they stand in.

    Of one branch in each direction both exchange, unless there is work in between: then each process waits for the one
    before it.  Of two such pairs the first sends and the second receives; of others every other one sends, and the next
    receives.
    """
    found = list(_empty(draft))
    signs = [sign for _, _, sign in found]
    is_chain = signs == ["-", "+"] and _is_apart(draft, found[0][0], found[1][0])
    is_exchange = sorted(signs) == ["+", "-"] and not is_chain
    is_twice = len(signs) == 4 and signs[:2] == signs[2:] and signs[0] != signs[1]
    messages = Messages(draft)
    written: list[tuple[If, PlacedCall]] = []
    for at, (branch, block, sign) in enumerate(found):
        line = draft.function.source.line(block.start)
        other = f"{draft.flow.rank} {sign} 1"
        is_sender = sign == "+" if is_chain else at < 2 if is_twice else at % 2 == 0
        if is_exchange or is_sender:
            written += [(branch, call) for call in messages.sent_from(block, line, other)]
        if is_exchange or not is_sender:
            written += [(branch, call) for call in messages.received_in(block, line, other)]
    yield from _started(draft, written, found[-1][0]) if is_exchange else written


def _is_apart(draft: Draft, first: If, second: If) -> bool:
    """Whether something stands between the two."""
    return bool(draft.function.source.slice(first.end, second.start).strip())


def _started(draft: Draft, written: list[tuple[If, PlacedCall]], last: If) -> Iterator[tuple[If, PlacedCall]]:
    """The same with a request each, and one wait behind the last branch, where there is an array of requests."""
    together = all_at_once(draft, [call for _, call in written])
    if not together:
        yield from written
        return
    *started, waiting = together
    yield from ((last, call) for call in started)
    yield last, replace(waiting, line=draft.function.source.line(last.end - 1))


def _empty(draft: Draft) -> Iterator[tuple[If, Block, Direction]]:
    for part in walk(draft.function.body):
        if isinstance(part, If) and isinstance(part.then, Block) and not part.then.statements and not part.otherwise:
            sign = guarded(draft, part.test)
            if sign is not None:
                yield part, part.then, "+" if sign == 1 else "-"
