"""Several nonblocking messages at once, with a request each and one wait for all (MPI-4.0 §3.7.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall

_STARTS = ("MPI_Isend", "MPI_Irecv")
_BLOCKING = MappingProxyType({"MPI_Send": "MPI_Isend", "MPI_Recv": "MPI_Irecv"})


def all_at_once(draft: Draft, messages: Sequence[PlacedCall]) -> list[PlacedCall]:
    """`messages`, of which each waits for itself, as requests of an array and MPI_Waitall; empty without an array."""
    requests = array_of(draft, "MPI_Request")
    started = [_started(call) for call in messages if call.function in (*_STARTS, *_BLOCKING)]
    if requests is None or not started:
        return []
    numbered = [
        replace(call, arguments=(*call.arguments[:6], f"&{requests.name}[{at}]")) for at, call in enumerate(started)
    ]
    statuses = array_of(draft, "MPI_Status")
    arguments = (str(len(started)), requests.name, statuses.name if statuses else "MPI_STATUSES_IGNORE")
    last = started[-1]
    return [*numbered, PlacedCall(last.line, "MPI_Waitall", arguments, last.confidence)]


def _started(call: PlacedCall) -> PlacedCall:
    """The nonblocking form."""
    return replace(call, function=_BLOCKING.get(call.function, call.function))


def array_of(draft: Draft, type_text: str) -> Variable | None:
    """The first array of such objects."""
    of_type = (one for one in draft.function.variables if one.symbol and one.symbol.type_text == type_text)
    return next((one for one in of_type if one.symbol and one.symbol.dimensions), None)
