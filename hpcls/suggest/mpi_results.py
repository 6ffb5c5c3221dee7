"""Assignments that lack a call whose code of success they keep: `ierr =`.  For answers that are forced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hpcls.suggest.mpi_draft import Draft
from hpcls.suggest.mpi_gaps import Gap
from hpcls.suggest.mpi_placed import PlacedCall

_CODE = "int"


def into_results(draft: Draft, calls: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`calls`, by line, those right before such assignments moved into them, one into each (MPI-4.0 §2.8)."""
    free = {gap.line for gap in draft.gaps if gap.operator == "=" and _is_code(draft, gap)}
    last = 0
    for call in calls:
        line = max(call.line, last) if last + 1 in free and call.line < last else call.line
        if line in free and line == call.line:
            free.discard(line)
        elif (following := _following(draft, line)) in free:
            free.discard(following)
            line = last = following
        yield replace(call, line=line)


def _following(draft: Draft, line: int) -> int:
    lines = draft.program.source.text.split("\n")
    while line < len(lines) and not lines[line].strip():
        line += 1
    return line + 1


def _is_code(draft: Draft, gap: Gap) -> bool:
    if gap.type_text:
        return gap.type_text == _CODE
    found = draft.function.variable(gap.variable)
    return found is not None and found.symbol is not None and found.is_number and found.symbol.type_text == _CODE
