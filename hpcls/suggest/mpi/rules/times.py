"""Readings of the clock: assignments to floating-point variables whose value is still to be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.gaps import Gap
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.expressions import Binary, Name, walk
from hpcls.syntax.mpi_names import part_of
from hpcls.syntax.statements import expressions_of
from hpcls.syntax.statements import walk as walk_statements

_TIMELIKE = re.compile(r"time|clock|start|stop|begin|end|elapsed|tic$|toc$|^t_?\w?\d?$", re.I)
_TICK = re.compile(r"resolution|tick", re.I)
_READING = 0.97


def times(draft: Draft) -> Iterator[PlacedCall]:
    """MPI_Wtime for each (MPI-4.0 §9.6.1), in the line that lacks it; where an answer is forced, MPI_Wtick for what is
    called the clock's resolution.
    """
    gaps = [gap for gap in draft.gaps if gap.line in draft.function.lines and _is_floating(draft, gap)]
    if not gaps:
        return
    meant = {gap.variable for gap in gaps if draft.forced or _is_timelike(gap)} | _compared(draft, gaps)
    for gap in (gap for gap in gaps if gap.variable in meant):
        is_tick = draft.forced and _TICK.search(gap.variable) is not None
        yield PlacedCall(gap.line, "MPI_Wtick" if is_tick else "MPI_Wtime", (), _READING)


def _is_floating(draft: Draft, gap: Gap) -> bool:
    found = draft.function.variable(gap.variable)
    declared = found.symbol.type_text if found and found.symbol else "double" if draft.forced else ""
    words = (gap.type_text or declared).split()
    return ("double" in words or "float" in words) and "*" not in words


def _is_timelike(gap: Gap) -> bool:
    return part_of(gap.variable) == "time" or _TIMELIKE.search(gap.variable) is not None


def _compared(draft: Draft, gaps: list[Gap]) -> set[str]:
    """The variables of which one is subtracted from another, or that count down and up: what is left is a duration."""
    names = {gap.variable for gap in gaps}
    both_ways = {one.variable for one in gaps if one.operator == "-="} & {
        one.variable for one in gaps if one.operator == "+="
    }
    found: set[str] = set(both_ways)
    for statement in walk_statements(draft.function.body):
        for part in (part for expression in expressions_of(statement) for part in walk(expression)):
            if isinstance(part, Binary) and part.operator == "-":
                sides = {side.name for side in (part.left, part.right) if isinstance(side, Name)}
                found |= sides if len(sides) == 2 and sides <= names else set()
    return found
