"""The other end of a message that stands in a program already: what one process sends, another has to receive.

if (rank == 0)
    MPI_Send(&n, 1, MPI_INT, 1, 7, MPI_COMM_WORLD);
else if (rank == 1) {
    // MPI_Recv(&n, 1, MPI_INT, 0, 7, MPI_COMM_WORLD, &status);
}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.exchanges import Exchanges, Message
from hpcls.suggest.mpi.facts.process_loops import ProcessLoops
from hpcls.suggest.mpi.facts.program import Step, items_of, line_before, way_to
from hpcls.suggest.mpi.facts.sides import Side
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.other_end import rank_named
from hpcls.syntax.mpi_names import part_of
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Block, Jump, Loop, walk

_NAME = re.compile(r"[A-Za-z_]\w*")
_Place = tuple[Block, int, float]


@dataclass(frozen=True, eq=False)
class Unanswered:
    """Those of one function."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """A receive for each message that is only sent, or a send for each that is only received, where it is clear
        which process has to and where.
        """
        for message in self._exchanges.unanswered:
            sides = [side for side in self._exchanges.sides if self._is_answering(side, message)]
            found = self._answer(message, sides[0]) if len(sides) == 1 else None
            if found:
                yield found

    @cached_property
    def _exchanges(self) -> Exchanges:
        return Exchanges(self.draft)

    def _is_answering(self, side: Side, message: Message) -> bool:
        return self._exchanges.may_be(side, message.side, message.other)

    def _answer(self, message: Message, side: Side) -> PlacedCall | None:
        function = self._exchanges.usual("MPI_Recv" if message.is_sent else "MPI_Send")
        block, line, likely = self._place(message, side)
        other = self._rank(message, side, block)
        buffer = self._buffer(message, side)
        if function is None or other is None or buffer is None:
            return None
        tag = "0" if message.given("tag") == "MPI_ANY_TAG" else message.given("tag")
        given = (buffer, message.given("count"), message.given("datatype"), other, tag, message.given("comm"))
        return PlacedCall(line, function, (*given, self._status(side)) if message.is_sent else given, likely)

    def _buffer(self, message: Message, side: Side) -> str | None:
        """The same as at the other end, unless there is only one variable that waits for a value, or has one."""
        given = message.given("buf")
        name = next(iter(_NAME.findall(given)), "")
        one = self.draft.function.variable(name)
        if one is None or given.lstrip("&") != name:
            return given
        fitting = [other for other in self.draft.function.variables if self._is_alike(other, one)]
        if message.is_sent:
            waiting = [other for other in fitting if self._waits(other, side)]
            return given if one in waiting or len(waiting) != 1 else given.replace(name, waiting[0].name)
        has_value = any(not message.side.holds(at) for at in self.draft.values.definitions(one))
        left = [other for other in fitting if self._is_left(other, side)]
        return given if has_value else given.replace(name, left[0].name) if len(left) == 1 else None

    def _is_alike(self, one: Variable, other: Variable) -> bool:
        is_named = part_of(one.name) is None and one.name not in self.draft.function.counters
        same = datatype_of(one.symbol) == datatype_of(other.symbol) and one.is_number == other.is_number
        return same and is_named and one.name not in (self.draft.flow.rank, self.draft.flow.size)

    def _waits(self, one: Variable, side: Side) -> bool:
        """Whether the side reads it, and nothing gave it a value."""
        return not self.draft.values.definitions(one) and any(side.holds(use.offset) for use in one.uses)

    def _is_left(self, one: Variable, side: Side) -> bool:
        """Whether it has a value there, which nobody reads later."""
        written = [at for at in self.draft.values.definitions(one) if at < side.block.end]
        later = (use.offset for use in one.uses if use.access == "read" and use.offset > max(written, default=0))
        return bool(written) and all(at in self.draft.values.shown for at in later)

    def _place(self, message: Message, side: Side) -> _Place:
        """The block of the other end, and the line behind which it stands: in the order of the messages around it."""
        same = [one for one in self._exchanges.messages if one.side is message.side]
        at = same.index(message)
        before = next((one for one in reversed(same[:at]) if self._end_in(one, side)), None)
        after = next((one for one in same[at + 1 :] if self._end_in(one, side)), None)
        free = self._free_loop(message, side, self._end_in(before, side), self._end_in(after, side))
        if free:
            return self._alone(message, free, 0.71)
        nest = self._exchanges.nest(message)
        for one, behind in ((before, 1), (after, 0)):
            end = self._end_in(one, side)
            if one and end and self._exchanges.nest(one) == nest:
                return self._beside(way_to(self.draft.function.body, end.call.start, self._source)[-1], behind, 0.73 + 0.01*behind)
        for one, behind in ((before, 1), (after, 0)):
            if end := self._end_in(one, side):
                way = way_to(self.draft.function.body, end.call.start, self._source)
                return self._beside(next(step for step in way if step.block is side.block), behind, 0.75+0.01*behind)
        return self._alone(message, side.block, 0.72)

    def _beside(self, step: Step, behind: int, likely: float) -> _Place:
        return step.block, line_before(step.block, step.index + behind, self._source), likely

    def _free_loop(self, message: Message, side: Side, before: Message | None, after: Message | None) -> Block | None:
        """A loop over the processes without messages between those two, where each of them has one."""
        if message.side.only is not None:
            return None
        first = before.call.end if before else side.block.start
        last = after.call.start if after else side.block.end
        places = [one.call.start for one in self._exchanges.messages]
        for part in walk(side.block):
            if isinstance(part, Loop) and first <= part.start < last and isinstance(part.body, Block):
                is_free = not any(part.start <= at < part.end for at in places)
                if is_free and self._loops.counter(part):
                    return part.body
        return None

    def _alone(self, message: Message, block: Block, likely: float) -> _Place:
        """Where no other message tells: a receive at the start, a send at the end."""
        items = items_of(block, self._source)
        if message.is_sent:
            index = next((i for i, item in enumerate(items) if not item.is_declaration), len(items))
        else:
            index = next((i for i, item in enumerate(items) if isinstance(item.statement, Jump)), len(items))
        return block, line_before(block, index, self._source), likely

    def _end_in(self, message: Message | None, side: Side) -> Message | None:
        end = self._exchanges.pairs.get(message) if message else None
        return end if end is not None and end.side is side else None

    @cached_property
    def _loops(self) -> ProcessLoops:
        return ProcessLoops(self.draft)

    def _rank(self, message: Message, side: Side, block: Block) -> str | None:
        """The rank of the process that has `message`, as it is spelled in `block`; None where that is not clear."""
        named = rank_named(self.draft, "left" if message.is_sent else "right", block)
        if message.side.only is not None:
            return None if self._is_ring(side) else named or message.side.only
        way = way_to(self.draft.function.body, block.start + 1, self._source)
        counters = (self._loops.counter(step.item.statement) for step in way)
        return next((one for one in counters if one), None)

    def _is_ring(self, side: Side) -> bool:
        """Whether its processes have different ones at the other end: `rank - 1`, `rank + 1`."""
        rank = self.draft.flow.rank or ""
        return any(one.side is side and rank in _NAME.findall(one.other) for one in self._exchanges.messages)

    def _status(self, side: Side) -> str:
        """A status that is visible there; else that nobody wants one."""
        for one in self.draft.function.variables:
            symbol = one.symbol
            if symbol and symbol.type_text == "MPI_Status" and not symbol.pointers and not symbol.dimensions:
                if symbol.scope_start < side.block.end <= symbol.scope_end:
                    return f"&{one.name}"
        return "MPI_STATUS_IGNORE"

    @property
    def _source(self) -> Source:
        return self.draft.function.source
