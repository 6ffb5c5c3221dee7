"""Assignments that lack a call whose code of success they keep: `ierr =`.  For answers that are forced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hpcls.suggest.mpi.facts.draft import END, Draft
from hpcls.suggest.mpi.facts.gaps import Gap
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.expressions import names_in
from hpcls.syntax.statements import If


def into_results(draft: Draft, calls: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`calls`, by line, those right before such assignments moved into them, one into each (MPI-4.0 §2.8).

    What follows such a call there goes behind the test of its code of success.
    """
    free = dict(draft.codes)
    before = last = 0
    for call in calls:
        if call.line in draft.clocks:
            yield call
            continue
        line = call.line if call.line > before else last
        gap = free.pop(_place(draft, call, line, free), None)
        if gap is not None:
            line = before = gap.line
            last = _checked(draft, gap)
        yield replace(call, line=line)


def _place(draft: Draft, call: PlacedCall, line: int, free: Mapping[int, Gap]) -> int:
    """The line of the assignment that the call may belong into: its own, the next one, or one that only a test of its
    code parts from the end.
    """
    if line == call.line and line in free:
        return line
    tested = (gap.line for gap in free.values() if call.function == END and _checked(draft, gap) == line)
    return next(tested, _following(draft, line))


def _checked(draft: Draft, gap: Gap) -> int:
    """The last line of the statement that lacks the call, or of the test of its code of success right behind that."""
    items = draft.function.items
    at = next((i for i, item in enumerate(items) if item.first <= gap.line <= item.last), len(items))
    following = items[at + 1].statement if at + 1 < len(items) else None
    if isinstance(following, If) and gap.variable in names_in(following.test):
        return items[at + 1].last
    return gap.line


def _following(draft: Draft, line: int) -> int:
    lines = draft.program.source.text.split("\n")
    while line < len(lines) and not lines[line].strip():
        line += 1
    return line + 1
