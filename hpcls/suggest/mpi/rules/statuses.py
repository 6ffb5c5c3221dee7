"""What is read of a status tells of the receive that filled it (MPI-4.0 §3.2.5).  Only for answers that are forced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import Step, line_before, way_to
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import counted, statuses
from hpcls.suggest.mpi.rules.messages import Messages
from hpcls.syntax.expressions import Member, Name

_COUNT = 0.5


def status_calls(draft: Draft, others: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """A receive for each side of tests on the rank that reads of a status which no call of `others` there fills, and
    MPI_Get_count for a count that nothing sets.
    """
    listed, sides, messages = list(others), sides_of(draft), Messages(draft)
    for name, offset in _readings(draft):
        side = next((one for one in reversed(sides) if one.holds(offset)), None)
        if not any(name in call.names and _stands_before(draft, call, side, offset) for call in listed):
            received = list(_received(messages, offset))
            listed += received
            yield from received
    yield from _counts(draft)


def _readings(draft: Draft) -> list[tuple[str, int]]:
    """(status, offset) of each field that is read, in source order."""
    names = {one.name for one in statuses(draft)}
    members = (part for part in draft.values.expressions if isinstance(part, Member))
    found = {(part.base.name, part.start) for part in members if isinstance(part.base, Name)}
    return sorted((one for one in found if one[0] in names), key=lambda one: one[1])


def _stands_before(draft: Draft, call: PlacedCall, side: Side | None, offset: int) -> bool:
    source = draft.function.source
    first = source.line(side.block.start) if side else 0
    return first <= call.line < source.line(offset)


def _received(messages: Messages, offset: int) -> Iterator[PlacedCall]:
    function = messages.draft.function
    way = way_to(function.body, offset, function.source)
    if way:
        line = line_before(way[-1].block, way[-1].index, function.source)
        yield from messages.received_in(way[-1].block, line, "0")


def _counts(draft: Draft) -> Iterator[PlacedCall]:
    """MPI_Get_count in front of what reads it first (MPI-4.0 §3.2.5)."""
    for one in counted(draft):
        way = way_to(draft.function.body, one.first_read, draft.function.source)
        if way:
            line = line_before(way[-1].block, way[-1].index, draft.function.source)
            arguments = (f"&{statuses(draft)[0].name}", _kind(draft, way[-1]), f"&{one.name}")
            yield PlacedCall(line, "MPI_Get_count", arguments, _COUNT)


def _kind(draft: Draft, step: Step) -> str:
    """The datatype of the last array that is declared in front of the statement."""
    arrays = (one for one in draft.function.variables if one.symbol and one.symbol.start < step.item.statement.start)
    kinds = [kind for one in arrays if not one.is_number and (kind := datatype_of(one.symbol))]
    return kinds[-1] if kinds else "MPI_INT"
