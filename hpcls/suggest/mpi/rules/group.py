"""The processes that a function's calls are among, where they have another communicator than that of all processes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.world import WORLD, among

_ASKS = re.compile(r"MPI_(?:Comm|Cart|Graph|Topo|Abort)")


def among_the_same(draft: Draft, calls: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`calls` with the communicator that all calls of the function have from their first line on, if it is one."""
    return among(_group(draft), calls)


def _group(draft: Draft) -> tuple[str, int] | None:
    """(communicator, line of the first call with it); what only asks or ends may be of all processes.

    The one that the function is handed where there is no such call.
    """
    inside = [call for call in draft.program.calls if call.line in draft.function.lines]
    calls = [call for call in inside if not _ASKS.match(call.name)]
    given = [(one.text, call.line) for call in calls if (one := call.argument("comm"))]
    handed = [one.name for one in draft.function.variables if _is_handed(one)]
    if not given and len(handed) == 1:
        return handed[0], 0
    named = {text for text, _ in given}
    return given[0] if len(named) == 1 and WORLD not in named else None


def _is_handed(one: Variable) -> bool:
    symbol = one.symbol
    return symbol is not None and symbol.kind == "parameter" and symbol.type_text == "MPI_Comm" and not symbol.pointers
