"""Where the other end of a message stands: in the order of the messages around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hpcls.suggest.mpi.facts.exchanges import Exchanges, Message
from hpcls.suggest.mpi.facts.process_loops import ProcessLoops
from hpcls.suggest.mpi.facts.program import items_of, line_before, way_to
from hpcls.suggest.mpi.facts.sides import Side
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Block, Jump, Loop, walk

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
            return self._alone(message, free or side.block)
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

    def _alone(self, message: Message, block: Block) -> Place:
        """Where no other message tells: a receive at the start, a send at the end."""
        items = items_of(block, self._source)
        if message.is_sent:
            index = next((i for i, item in enumerate(items) if not item.is_declaration), len(items))
        else:
            index = next((i for i, item in enumerate(items) if isinstance(item.statement, Jump)), len(items))
        return Place(block, line_before(block, index, self._source), _ALONE)
