"""Where the other end of a message stands: in the order of the messages around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.exchanges import Exchanges, Message
from hpcls.suggest.mpi.facts.process_loops import ProcessLoops
from hpcls.suggest.mpi.facts.program import Item, items_of, line_before, way_to
from hpcls.suggest.mpi.facts.sides import Side
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Block, If, Jump, Loop, walk

_ALONE = 0.8
_BESIDE = 0.7
"""Shares of such places that were within two lines of the author's, in programs with one message taken out."""


@dataclass(frozen=True)
class Place:
    """Behind a line of a block."""

    block: Block
    line: int
    confidence: float


@dataclass(frozen=True, eq=False)
class OtherPlaces:
    """Those for the messages of one function."""

    exchanges: Exchanges

    def place(self, message: Message, side: Side, buffer: str) -> Place | None:
        """Where a process of `side` would have the other end of `message`, with its `buffer`; None where the messages
        around it are in loops that it is not in.
        """
        same = [one for one in self.exchanges.messages if one.side is message.side]
        at = same.index(message)
        before = next((one for one in reversed(same[:at]) if self._end_in(one, side)), None)
        after = next((one for one in same[at + 1 :] if self._end_in(one, side)), None)
        free = self._free_loop(message, side, self._end_in(before, side), self._end_in(after, side))
        if free or not (before or after):
            return self._alone(message, free or side.block, buffer)
        found = self._beside(message, before, side, 1) or self._beside(message, after, side, 0)
        return found if message.is_sent or found is None else self._once_it_is_set(found, buffer)

    def _once_it_is_set(self, place: Place, buffer: str) -> Place:
        """Behind the statements up to the next message that give what is sent its value."""
        draft = self.exchanges.draft
        variable = draft.function.variable(buffer.lstrip("& "))
        places = draft.values.definitions(variable) if variable else []
        for item in items_of(place.block, self._source):
            if item.first > place.line and any(item.holds(one.call.start) for one in self.exchanges.messages):
                break
            if item.first > place.line and any(map(item.holds, places)):
                place = replace(place, line=item.last)
        return place

    @property
    def _source(self) -> Source:
        return self.exchanges.draft.function.source

    def _end_in(self, message: Message | None, side: Side) -> Message | None:
        end = self.exchanges.pairs.get(message) if message else None
        return end if end is not None and end.side is side else None

    def _beside(self, message: Message, other: Message | None, side: Side, behind: int) -> Place | None:
        """In front of the end of `other`, or `behind` it, where both messages are sent as often."""
        end = self._end_in(other, side)
        if other is None or end is None or self.exchanges.nest(other) != self.exchanges.nest(message):
            return None
        step = way_to(self.exchanges.draft.function.body, end.call.start, self._source)[-1]
        return Place(step.block, line_before(step.block, step.index + behind, self._source), _BESIDE)

    def _free_loop(self, message: Message, side: Side, before: Message | None, after: Message | None) -> Block | None:
        """A loop over the processes without messages between those two, where each of them has one."""
        first = before.call.end if before else side.block.start
        last = after.call.start if after else side.block.end
        loops = [part for part in walk(side.block) if isinstance(part, Loop) and first <= part.start < last]
        counter = ProcessLoops(self.exchanges.draft).counter
        places = [one.call.start for one in self.exchanges.messages]
        for loop in loops if message.side.only is None else ():
            is_free = not any(loop.start <= at < loop.end for at in places)
            if is_free and isinstance(loop.body, Block) and counter(loop):
                return loop.body
        return None

    def _alone(self, message: Message, block: Block, buffer: str) -> Place:
        """Where no other message tells: a receive in front of what uses the buffer, a send at the end."""
        items = items_of(block, self._source)
        if message.is_sent:
            first = next((i for i, item in enumerate(items) if not (item.is_declaration or _skips(item))), len(items))
            index = next((i for i, item in enumerate(items) if self._uses(item, buffer)), first)
        else:
            index = next((i for i, item in enumerate(items) if isinstance(item.statement, Jump)), len(items))
        return Place(block, line_before(block, index, self._source), _ALONE)

    def _uses(self, item: Item, buffer: str) -> bool:
        """Whether the statement uses the elements of the buffer, not its memory."""
        draft = self.exchanges.draft
        name = re.sub(r"\W", " ", buffer).split()
        found = [one for one in draft.function.variables if name and one.name == name[0]]
        idle = draft.values.ignored | draft.values.allocated | draft.values.nulled
        places = (use.offset for one in found for use in one.uses if use.offset not in idle)
        return any(map(item.holds, places))


def _skips(item: Item) -> bool:
    """Whether the statement only leaves one process out: `if (i == rank) continue;`."""
    branch = item.statement
    inside = branch.then.statements if isinstance(branch, If) and isinstance(branch.then, Block) else ()
    return len(inside) == 1 and isinstance(inside[0], Jump)


def waited_for(draft: Draft, block: Block) -> tuple[str, Place] | None:
    """The request that is waited for in `block` though nothing starts it, and the place in front of that."""
    inside = [call for call in draft.program.calls if call.line in draft.function.lines]
    for call in inside:
        given = call.argument("request") if call.name == "MPI_Wait" else None
        same = [one for one in inside if given and any(given.text == other.text for other in one.arguments)]
        way = way_to(block, call.start, draft.function.source) if given and same == [call] else ()
        if given and way:
            line = line_before(way[-1].block, way[-1].index, draft.function.source)
            return given.text, Place(way[-1].block, line, _BESIDE)
    return None
