"""The process at the other end of a message.  Only for answers that are forced."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.last_rank import is_last_rank
from hpcls.syntax.loops import Induction, induction_of, integer
from hpcls.syntax.mpi_names import Part, part_of
from hpcls.syntax.statements import Block, Loop, walk


def counters_at(draft: Draft, line: int) -> Iterator[Induction]:
    """What counts the loops around the place behind `line`, outermost first."""
    source = draft.function.source
    for part in walk(draft.function.body):
        if isinstance(part, Loop):
            first, last = source.line(part.start), source.line(part.end - 1)
            counter = induction_of(part) if first <= line < max(last, first + 1) else None
            if counter:
                yield counter


def rank_counted(draft: Draft, line: int, rank: str) -> str | None:
    """What stands for the other process where a loop around the place counts the processes: its counter, or the next
    number where the loop is over all but the last process and begins with the first.
    """
    found = next((one for one in counters_at(draft, line) if one.variable == rank), None)
    if found is None:
        return None
    is_one_off = integer(found.lower) == 0 and found.relation == "<" and is_last_rank(found.upper, draft)
    return f"{rank} + 1" if is_one_off else rank


def rank_named(draft: Draft, part: Part, block: Block) -> str | None:
    """The variable for the rank of the other process that is set on the way to the end of `block`, and that nothing but
    prints reads.
    """
    shown = draft.values.shown
    for one in draft.function.variables:
        reads = {use.offset for use in one.uses if use.access == "read"}
        is_set = any(use.access == "write" and use.offset < block.end for use in one.uses)
        if one.is_number and is_set and part_of(one.name) == part and reads <= shown:
            return one.name
    return None
