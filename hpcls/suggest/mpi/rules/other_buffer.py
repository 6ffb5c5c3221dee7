"""What the other end of a message is about: mostly the variable that is named at this end, too."""

from __future__ import annotations

import re

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.exchanges import Message
from hpcls.suggest.mpi.facts.sides import Side
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.mpi_names import part_of

_NAME = re.compile(r"[A-Za-z_]\w*")


def other_buffer(draft: Draft, message: Message, side: Side) -> str | None:
    """The buffer of the processes of `side`: as at the end of `message`, or the only variable that waits for a value,
    or has one that nobody reads.  None for one that would be sent without a value.
    """
    given = message.given("buf")
    name = next(iter(_NAME.findall(given)), "")
    one = draft.function.variable(name)
    if one is None or given.lstrip("&") != name:
        return given
    alike = [other for other in draft.function.variables if _is_alike(draft, other, one)]
    if message.is_sent:
        found = [other for other in alike if _waits(draft, other, side)]
        return given if one in found or len(found) != 1 else given.replace(name, found[0].name)
    if any(not message.side.holds(at) for at in draft.values.definitions(one)):
        return given
    found = [other for other in alike if _is_left(draft, other, side)]
    return given.replace(name, found[0].name) if len(found) == 1 else None


def _is_alike(draft: Draft, one: Variable, other: Variable) -> bool:
    is_data = part_of(one.name) is None and one.name not in (draft.flow.rank, draft.flow.size)
    is_same = datatype_of(one.symbol) == datatype_of(other.symbol) and one.is_number == other.is_number
    return is_same and is_data and one.name not in draft.function.counters


def _waits(draft: Draft, one: Variable, side: Side) -> bool:
    """Whether the side uses it, and nothing gave it a value."""
    return not draft.values.definitions(one) and any(side.holds(use.offset) for use in one.uses)


def _is_left(draft: Draft, one: Variable, side: Side) -> bool:
    """Whether it has a value there, which nothing but prints reads later."""
    written = [at for at in draft.values.definitions(one) if at < side.block.end]
    later = (use.offset for use in one.uses if use.access == "read" and use.offset > max(written, default=0))
    return bool(written) and all(at in draft.values.shown for at in later)
