"""Groups of processes that a program declares and does not use: how they are made (MPI-4.0 §7.3).  Only for answers
that are forced.

MPI_Comm_group(MPI_COMM_WORLD, &all);
MPI_Group_incl(all, 2, ranks, &part);
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import arrays_named, idle_handles, line_behind

_RANKS = re.compile(r"rank|proc", re.IGNORECASE)
_PARTS = 2
"""More of them are compared and joined, too, and made in many ways."""
_LIKELY = 0.4


def groups_of(draft: Draft) -> list[Variable]:
    """Those of the function: the first is that of all processes, the others are parts of it."""
    return [*idle_handles(draft, "MPI_Group")]


def listed_ranks(draft: Draft) -> list[Variable]:
    """The arrays of the ranks that make parts."""
    return arrays_named(draft, _RANKS)


def group_calls(draft: Draft) -> Iterator[PlacedCall]:
    """What makes each of them."""
    groups, ranks = groups_of(draft), listed_ranks(draft)
    if not groups:
        return
    whole, parts = groups[0], groups[1:]
    line = line_behind(draft, (*groups, *ranks))
    yield PlacedCall(line, "MPI_Comm_group", ("MPI_COMM_WORLD", f"&{whole.name}"), _LIKELY)
    for at in range(max(len(parts), len(ranks)) if 0 < len(parts) <= _PARTS else 0):
        listed = ranks[min(at, len(ranks) - 1)] if ranks else None
        count = (draft.values.extent(listed) if listed else None) or "1"
        part = parts[min(at, len(parts) - 1)]
        given = (whole.name, count, listed.name if listed else "ranks", f"&{part.name}")
        yield PlacedCall(line, "MPI_Group_incl", given, _LIKELY)
