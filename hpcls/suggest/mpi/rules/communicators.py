"""Communicators that a program declares and does not set: how they are made (MPI-4.0 §7.4.2, §8.5).  Only for answers
that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.grids import grid_of
from hpcls.suggest.mpi.rules.idle import arrays_named, idle_handles, line_behind, numbers_named, unset_handles
from hpcls.suggest.mpi.rules.skeleton import end_calls

_WORLD = "MPI_COMM_WORLD"
_LIKELY = 0.4
_COLOUR = re.compile(r"colou?r", re.IGNORECASE)
_RANKS = re.compile(r"rank|proc", re.IGNORECASE)
_RANK = re.compile(r"rank|_id$|id$", re.IGNORECASE)
_SIZE = re.compile(r"size$|procs$", re.IGNORECASE)


def communicator_calls(draft: Draft) -> Iterator[PlacedCall]:
    """What makes the first of them, and what asks for the rank and size in it."""
    for communicator in unset_handles(draft, "MPI_Comm")[:1]:
        grid, colours = grid_of(draft, communicator), numbers_named(draft, _COLOUR)
        groups, ranks = [*idle_handles(draft, "MPI_Group")], arrays_named(draft, _RANKS)
        if grid:
            yield from grid.made()
            yield from _asked(draft, communicator, grid.line)
            yield from grid.asked()
        elif colours:
            yield from _part(draft, communicator, colours[0])
        elif len(groups) > 1 and ranks:
            yield from _of_group(draft, communicator, groups, ranks)


def _part(draft: Draft, communicator: Variable, colour: Variable) -> Iterator[PlacedCall]:
    line = line_behind(draft, (communicator, colour))
    arguments = (_WORLD, colour.name, draft.flow.rank or "0", f"&{communicator.name}")
    yield PlacedCall(line, "MPI_Comm_split", arguments, _LIKELY)
    yield from _asked(draft, communicator, line)
    ends = [call.line for call in end_calls(draft)]
    if ends:
        yield PlacedCall(max(ends), "MPI_Comm_free", (f"&{communicator.name}",), _LIKELY)


def _of_group(
    draft: Draft, communicator: Variable, groups: list[Variable], ranks: list[Variable]
) -> Iterator[PlacedCall]:
    line = line_behind(draft, (communicator, *groups, *ranks))
    whole, part = groups[0].name, groups[1].name
    yield PlacedCall(line, "MPI_Comm_group", (_WORLD, f"&{whole}"), _LIKELY)
    count = draft.values.extent(ranks[0]) or "1"
    for listed in ranks:
        yield PlacedCall(line, "MPI_Group_incl", (whole, count, listed.name, f"&{part}"), _LIKELY)
    yield PlacedCall(line, "MPI_Comm_create", (_WORLD, part, f"&{communicator.name}"), _LIKELY)


def _asked(draft: Draft, communicator: Variable, line: int) -> Iterator[PlacedCall]:
    """The rank and the size in the communicator, where numbers that nothing sets are called so."""
    for function, pattern in (("MPI_Comm_rank", _RANK), ("MPI_Comm_size", _SIZE)):
        unset = [one for one in numbers_named(draft, pattern) if one.is_never_set]
        for one in unset[:1]:
            yield PlacedCall(line, function, (communicator.name, f"&{one.name}"), _LIKELY)
