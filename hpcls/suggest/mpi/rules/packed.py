"""Messages that are packed: a position in a buffer, which nothing reads, is there for that (MPI-4.0 §5.2).  Only for
answers that are forced.

position = 0;
MPI_Pack(&n, 1, MPI_INT, buffer, 100, &position, MPI_COMM_WORLD);
MPI_Send(buffer, position, MPI_PACKED, 1, 0, MPI_COMM_WORLD);
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hpcls.suggest.mpi.facts.draft import END, Draft
from hpcls.suggest.mpi.facts.sides import sides_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import numbers_named

_POSITION = re.compile(r"^(?:out_?|in_?)?pos(?:ition)?$", re.IGNORECASE)
_BYTES = ("char", "void", "unsigned char")


@dataclass(frozen=True)
class _Buffer:
    """What messages are packed into."""

    name: str
    size: str
    position: str


def with_packed(draft: Draft, calls: Iterable[PlacedCall]) -> list[PlacedCall]:
    """`calls`, where there is such a position what they send and receive packed, with one message for all of it."""
    listed, buffer = list(calls), _buffer(draft)
    sends = [call for call in listed if call.function == "MPI_Send"]
    receives = [call for call in listed if call.function == "MPI_Recv"]
    if buffer is None or not sends or not receives:
        return listed
    kept = [call for call in listed if call not in (*sends, *receives)]
    packed = [*_packed(draft, buffer, sends), *_unpacked(draft, buffer, receives)]
    return sorted([*kept, *packed], key=lambda call: call.function == END)


def _buffer(draft: Draft) -> _Buffer | None:
    positions = [one for one in numbers_named(draft, _POSITION) if not one.is_read]
    arrays = (one for one in draft.function.variables if not one.is_number and one.symbol)
    found = next((one for one in arrays if one.symbol and one.symbol.type_text in _BYTES), None)
    if not positions or found is None:
        return None
    return _Buffer(found.name, draft.values.extent(found) or f"sizeof({found.name})", positions[0].name)


def _packed(draft: Draft, buffer: _Buffer, sends: list[PlacedCall]) -> Iterator[PlacedCall]:
    """What is sent, behind where the position is set to the beginning; then the message."""
    last = sends[-1]
    for call in sends:
        last = replace(last, line=_line(draft, buffer, call))
        if not _is_whole(call, buffer):
            given = (*call.arguments[:3], buffer.name, buffer.size, f"&{buffer.position}", "MPI_COMM_WORLD")
            yield replace(call, line=last.line, function="MPI_Pack", arguments=given)
    yield replace(last, arguments=(buffer.name, buffer.position, "MPI_PACKED", *last.arguments[3:]))


def _unpacked(draft: Draft, buffer: _Buffer, receives: list[PlacedCall]) -> Iterator[PlacedCall]:
    """The message; then what is in it."""
    first = receives[0]
    line = min([first.line, *(at - 1 for at in _settings(draft, buffer, first))])
    yield replace(first, line=line, arguments=(buffer.name, buffer.size, "MPI_PACKED", *first.arguments[3:]))
    for call in receives:
        if not _is_whole(call, buffer):
            given = (buffer.name, buffer.size, f"&{buffer.position}", *call.arguments[:3], "MPI_COMM_WORLD")
            yield replace(call, line=_line(draft, buffer, call), function="MPI_Unpack", arguments=given)


def _is_whole(call: PlacedCall, buffer: _Buffer) -> bool:
    """Whether it is the buffer, or the position, that goes."""
    return call.arguments[0].lstrip("&") in (buffer.name, buffer.position)


def _line(draft: Draft, buffer: _Buffer, call: PlacedCall) -> int:
    """That of the call, or of what sets the position later in the same branch."""
    return max([call.line, *_settings(draft, buffer, call)[:1]])


def _settings(draft: Draft, buffer: _Buffer, call: PlacedCall) -> list[int]:
    """The lines that set the position in the same branch on the rank."""
    source, position = draft.function.source, draft.function.variable(buffer.position)
    set_at = [source.line(use.offset) for use in position.uses] if position else []
    branches = [range(source.line(side.block.start), source.line(side.block.end)) for side in sides_of(draft)]
    around = next((lines for lines in branches if call.line in lines), range(0))
    return [line for line in set_at if line in around]
