"""Arrays of requests that a program declares and does not use: its messages do not block, and all are waited for at
once (MPI-4.0 §3.7).  Only for answers that are forced.

MPI_Request requests[2];
MPI_Irecv(… &requests[0]); MPI_Isend(… &requests[1]);
MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hpcls.suggest.mpi.facts.draft import END, Draft
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import RECEIVES, SENDS
from hpcls.suggest.mpi.rules.requests import all_at_once, array_of
from hpcls.syntax.statements import Statement, walk


def with_waits(draft: Draft, calls: Iterable[PlacedCall]) -> list[PlacedCall]:
    """`calls`, their messages with a request each where there is an idle array of them, and one wait for all."""
    listed = list(calls)
    requests = array_of(draft, "MPI_Request")
    messages = sorted((call for call in listed if call.function in SENDS | RECEIVES), key=lambda call: call.line)
    is_done = any(call.function == "MPI_Waitall" for call in listed)
    if requests is None or requests.uses or is_done or not messages:
        return listed
    waits = [call for call in listed if call.function == "MPI_Wait" and f"{requests.name}[0]" in call.names]
    others = [call for call in listed if call not in (*waits, *messages)]
    return sorted([*others, *_at_once(draft, messages)], key=lambda call: call.function == END)


def _at_once(draft: Draft, messages: Sequence[PlacedCall]) -> Iterator[PlacedCall]:
    """With a wait behind the last one, where all processes get to."""
    *started, waiting = all_at_once(draft, messages)
    yield from started
    yield replace(waiting, line=max(_end(draft, call) for call in started))


def _end(draft: Draft, call: PlacedCall) -> int:
    """The last line of the outermost branch on the rank around the call, or its own."""
    guards = (part for part in walk(draft.function.body) if draft.flow.is_guard(part))
    around = (lines for lines in (_lines(draft, part) for part in guards) if call.line in lines)
    return max((lines[-1] + 1 for lines in around), default=call.line)


def _lines(draft: Draft, part: Statement) -> range:
    """The lines behind which a call stands in the statement."""
    source = draft.function.source
    return range(source.line(part.start), source.line(part.end - 1))
