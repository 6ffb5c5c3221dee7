"""A row goes up, and the neighbours' rows below are read, too: the shift the other way (MPI-4.1 §3.11).

MPI_Sendrecv(u[1], n, MPI_DOUBLE, up, 0, u[rows + 1], n, MPI_DOUBLE, down, 0, comm, &status);
// MPI_Sendrecv(u[rows], n, MPI_DOUBLE, down, 0, u[0], n, MPI_DOUBLE, up, 0, comm, &status);
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.directions import mirrored
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.ghosts import swapped
from hpcls.suggest.mpi.facts.halves import BOTH, Half, Halves
from hpcls.suggest.mpi.facts.program import line_before, way_to
from hpcls.suggest.mpi.placed import PlacedCall

_LIKELY = 0.7


def reverse_shifts(draft: Draft) -> Iterator[PlacedCall]:
    """For each shift of a row to one side that is the only one along its direction, that to the other side."""
    halves = Halves(draft).all
    for sent in halves:
        along = [one for one in halves if one.partner.axis == sent.partner.axis]
        received = [one for one in along if one.call is sent.call and not one.is_sent]
        is_only = sent.is_sent and sent.call.name == BOTH and all(one.call is sent.call for one in along)
        if is_only and received and received[0].partner == sent.partner.opposite:
            yield from _reverse(draft, sent, received[0])


def _reverse(draft: Draft, sent: Half, received: Half) -> Iterator[PlacedCall]:
    buffers = swapped(sent.buffer, received.buffer, sent.count)
    comm, status = sent.call.argument("comm"), sent.call.argument("status")
    way = way_to(draft.function.body, sent.call.start, draft.function.source)
    if buffers is None or comm is None or status is None or not way:
        return
    there = (buffers[0], sent.count, sent.datatype, received.rank, _mirrored(draft, sent.tag))
    back = (buffers[1], received.count, received.datatype, sent.rank, _mirrored(draft, received.tag))
    is_behind = sent.partner.sign == -1  # what goes up stands first
    line = line_before(way[-1].block, way[-1].index + is_behind, draft.function.source)
    yield PlacedCall(line, BOTH, (*there, *back, comm.text, status.text), _LIKELY)


def _mirrored(draft: Draft, tag: str) -> str:
    """The tag of the other side, where there are two: `lefttag` and `righttag`."""
    known = {one.name for one in draft.function.variables}
    return next((other for other in mirrored(tag) if other in known), tag)
