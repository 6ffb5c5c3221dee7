"""Ranks and sizes that are called after a communicator: they are asked of it (MPI-4.0 §7.4.1).  Only for answers that
are forced.

MPI_Comm_rank(node_comm, &node_rank);
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.groups import groups_of
from hpcls.suggest.mpi.rules.idle import line_behind, numbers_named

_COMMUNICATOR = re.compile(r"_?comm(?:unicator)?_?", re.IGNORECASE)
_GROUP = re.compile(r"_?gro?u?p_?", re.IGNORECASE)
_NUMBERS = (
    ("MPI_Comm_rank", re.compile(r"rank|id$", re.IGNORECASE)),
    ("MPI_Comm_size", re.compile(r"size|n_?procs?|procs$|n?tasks$", re.IGNORECASE)),
)
_LIKELY = 0.4


def asked_by_name(draft: Draft, others: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """For each number of such a name that nothing sets, and that `others` do not ask for; none where a group is called
    so, too, which may be asked.
    """
    calls = list(others)
    groups = {_GROUP.sub("", one.name).lower() for one in groups_of(draft)}
    told = {name for call in calls for name in call.names}
    for communicator in (one for one in draft.function.variables if _is_communicator(one)):
        stem = _COMMUNICATOR.sub("", communicator.name).lower()
        made = [call.line for call in calls if f"&{communicator.name}" in call.arguments]
        for function, pattern in _NUMBERS if len(stem) > 1 and stem not in groups else ():
            for one in numbers_named(draft, pattern):
                if one.is_never_set and one.name not in told and stem in one.name.lower():
                    line = max([line_behind(draft, (communicator, one)), *made])
                    yield PlacedCall(line, function, (communicator.name, f"&{one.name}"), _LIKELY)


def _is_communicator(one: Variable) -> bool:
    return one.symbol is not None and one.symbol.type_text == "MPI_Comm" and one.is_number
