"""Clocks that all processes read: they start together, behind MPI_Barrier (MPI-4.0 §6.3).  Only for answers that are
forced.

MPI_Barrier(MPI_COMM_WORLD);
start = MPI_Wtime();
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import line_before, way_to
from hpcls.suggest.mpi.facts.sides import sides_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.times import times

_COLLECTIVE = frozenset({"MPI_Bcast", "MPI_Scatter", "MPI_Gather", "MPI_Reduce", "MPI_Allreduce"})
_LIKELY = 0.5


def barriers(draft: Draft, others: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """In front of the first clock, where no process reads one alone and `others` has something that all do together."""
    source, places = draft.function.source, _clocks(draft)
    is_read_by_one = any(side.only and side.holds(at) for side in sides_of(draft) for at in places)
    way = way_to(draft.function.body, min(places), source) if places else ()
    if way and not is_read_by_one and any(call.function in _COLLECTIVE for call in others):
        line = line_before(way[-1].block, way[-1].index, source)
        yield PlacedCall(line, "MPI_Barrier", ("MPI_COMM_WORLD",), _LIKELY)


def _clocks(draft: Draft) -> list[int]:
    """Where the function reads the clock, or lacks a reading."""
    source, body = draft.function.source, draft.function.body
    lines = {call.line for call in times(draft) if call.function == "MPI_Wtime"}
    lacking = [source.offset(gap.line, gap.column - 1) for gap in draft.gaps if gap.line in lines]
    known = [call.start for call in draft.program.calls_of("MPI_Wtime")]
    return [*lacking, *(at for at in known if body.start <= at < body.end)]
