"""Communicators that a program declares and does not set: how they are made (MPI-4.0 §7.4.2, §8.5).  Only for answers
that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.frees import freed
from hpcls.suggest.mpi.rules.grids import grid_of
from hpcls.suggest.mpi.rules.groups import groups_of, listed_ranks
from hpcls.suggest.mpi.rules.idle import line_behind, numbers_named, unset_handles
from hpcls.suggest.mpi.rules.spawned import is_of_spawned

_WORLD = "MPI_COMM_WORLD"
_LIKELY = 0.4
_COLOUR = re.compile(r"colou?r", re.IGNORECASE)
_RANK = re.compile(r"rank|_id$|id$", re.IGNORECASE)
_NODE = re.compile(r"node|shm|shared|^sm_", re.IGNORECASE)
_COPY = re.compile(r"dup", re.IGNORECASE)
_SIZE = re.compile(r"size$|procs$", re.IGNORECASE)


def communicator_calls(draft: Draft) -> Iterator[PlacedCall]:
    """Copies, and those of a node; what makes the first of the others, and what asks for the rank and size in it."""
    unset = unset_handles(draft, "MPI_Comm")
    copies = [one for one in unset if _COPY.search(one.name)]
    for copy in copies:
        yield PlacedCall(line_behind(draft, (copy,)), "MPI_Comm_dup", (_WORLD, f"&{copy.name}"), _LIKELY)
        yield from freed(draft, copy)
    nodes = [one for one in unset if _NODE.search(one.name)]
    for node in nodes:
        arguments = (_WORLD, "MPI_COMM_TYPE_SHARED", "0", "MPI_INFO_NULL", f"&{node.name}")
        yield PlacedCall(line_behind(draft, (node,)), "MPI_Comm_split_type", arguments, _LIKELY)
    others = [one for one in unset if one not in (*copies, *nodes) and not is_of_spawned(one)]
    for communicator in others[:1]:
        grid, colours = grid_of(draft, communicator), numbers_named(draft, _COLOUR)
        parts = groups_of(draft)[1:]
        if grid:
            yield from grid.made()
            yield from _asked(draft, communicator, grid.line)
            yield from grid.asked()
        elif colours:
            yield from _part(draft, communicator, colours[0])
        elif parts:
            line = line_behind(draft, (communicator, *parts, *listed_ranks(draft)))
            yield PlacedCall(line, "MPI_Comm_create", (_WORLD, parts[0].name, f"&{communicator.name}"), _LIKELY)


def _part(draft: Draft, communicator: Variable, colour: Variable) -> Iterator[PlacedCall]:
    line = line_behind(draft, (communicator, colour))
    arguments = (_WORLD, colour.name, draft.flow.rank or "0", f"&{communicator.name}")
    yield PlacedCall(line, "MPI_Comm_split", arguments, _LIKELY)
    yield from _asked(draft, communicator, line)
    yield from freed(draft, communicator)


def _asked(draft: Draft, communicator: Variable, line: int) -> Iterator[PlacedCall]:
    """The rank and the size in the communicator, where numbers that nothing sets are called so."""
    for function, pattern in (("MPI_Comm_rank", _RANK), ("MPI_Comm_size", _SIZE)):
        unset = [one for one in numbers_named(draft, pattern) if one.is_never_set]
        for one in unset[:1]:
            yield PlacedCall(line, function, (communicator.name, f"&{one.name}"), _LIKELY)
