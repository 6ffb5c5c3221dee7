"""Arrays that wait for their elements in a program that is half written: one process alone has them, whole or as parts,
and nothing gives them to the others, or puts the parts together (MPI-4.0 §6.4 to §6.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hpcls.suggest.mpi.facts.arrays import Arrays
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import may_send
from hpcls.suggest.mpi.rules.spread import Spread
from hpcls.syntax.expressions import Subscript

_NAME = re.compile(r"[A-Za-z_]\w*")
_LIKELY = 0.65
_FILLED = {"MPI_Bcast": 0, "MPI_Scatter": 3, "MPI_Gather": 3}
"""The argument that the processes receive."""


def waiting_arrays(draft: Draft) -> Iterator[PlacedCall]:
    """A call for each that no call of the function knows, and that nothing may fill but, for a broadcast, its root."""
    if not may_send(draft):
        return
    calls = [call for call in draft.program.calls if call.line in draft.function.lines]
    known = {name for call in calls for one in call.arguments for name in _NAME.findall(one.text)}
    for call in Spread(draft).calls():
        at = _FILLED.get(call.function, -1)
        if at < 0 or not known.isdisjoint(_NAME.findall(f"{call.arguments[0]} {call.arguments[at]}")):
            continue
        if _is_read_by_all(draft, call.arguments[at]) if at == 0 else _is_unset(draft, call.arguments[at]):
            yield replace(call, confidence=_LIKELY)


def _is_read_by_all(draft: Draft, name: str) -> bool:
    """Whether every process reads single elements of the array: what else is done with it may be for its memory."""
    side, bases = Arrays(draft).side, _bases(draft)
    variable = draft.function.variable(name)
    uses = variable.uses if variable else ()
    return any(use.access == "read" and use.offset in bases and side(use.offset) is None for use in uses)


def _bases(draft: Draft) -> frozenset[int]:
    return frozenset(part.base.start for part in draft.values.expressions if isinstance(part, Subscript))


def _is_unset(draft: Draft, buffer: str) -> bool:
    """Whether nothing gives it a value, or another name by which something might."""
    variable = draft.function.variable(buffer.lstrip("& "))
    if variable is None or draft.values.definitions(variable):
        return False
    known = _bases(draft) | draft.values.ignored | draft.values.allocated | draft.values.nulled
    return variable.is_number or all(use.offset in known for use in variable.uses)
