"""Ranks that a program computes and then does not use: somebody sends there, or receives from there.  Only for answers
that are forced.

next = (rank + 1) % size;
previous = (rank + size - 1) % size;
MPI_Send(… next …); MPI_Recv(… previous …);
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import Function, Step, items_of, line_before, way_to
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import Messages
from hpcls.suggest.mpi.rules.requests import all_at_once
from hpcls.suggest.mpi.rules.times import times
from hpcls.syntax.statements import Block, If, Loop

_TO = re.compile(
    r"(?:^|_)(?:right|next|nxt|dest\w*|down|suivant|destra|east|south)(?:_?(?:rank|proc|id))?$", re.IGNORECASE
)
_FROM = re.compile(
    r"(?:^|_)(?:left|prev\w*|source|src|sorgente|origen|sinistra|up|precedent|west|north)(?:_?(?:rank|proc|id))?$",
    re.IGNORECASE,
)
_BOTH = re.compile(r"partner|neigh?bou?r|peer", re.IGNORECASE)


@dataclass(frozen=True)
class _Place:
    """Behind the statement at `index` of `block`, the partners are known."""

    block: Block
    index: int
    side: Side | None
    partners: tuple[Variable, ...]


@dataclass(frozen=True, eq=False)
class Partners:
    """Those of one function."""

    draft: Draft

    @property
    def _function(self) -> Function:
        return self.draft.function

    @cached_property
    def _sides(self) -> tuple[Side, ...]:
        return sides_of(self.draft)

    def calls(self) -> Iterator[tuple[If | None, PlacedCall]]:
        """The messages, with the test on the rank that they stand in."""
        for place in self._places():
            for call in self._messages(place):
                yield (place.side.chain if place.side else None), call

    @cached_property
    def _partners(self) -> tuple[Variable, ...]:
        shown = self.draft.values.shown
        return tuple(
            one
            for one in self._function.variables
            if one.is_number
            and one.symbol
            and one.symbol.type_text == "int"
            and one.name not in (*self._function.counters, *self.draft.gap_targets)
            and (_is_sent_to(one.name) or _is_received_from(one.name))
            and self._is_computed(one)
            and all(use.access != "read" or use.offset in shown or self._is_own(one, use.offset) for use in one.uses)
        )

    def _is_computed(self, one: Variable) -> bool:
        """Whether only assignments give it values, from the rank or for some processes alone."""
        places = self.draft.values.definitions(one)
        is_simple = all(use.access in ("read", "write") for use in one.uses)
        is_own = one.name in self.draft.flow.local or (bool(places) and all(map(self._side, places)))
        return is_simple and bool(places) and is_own

    def _side(self, offset: int) -> Side | None:
        return next((side for side in reversed(self._sides) if side.holds(offset)), None)

    def _is_own(self, one: Variable, offset: int) -> bool:
        """Whether the reading is for the variable's own new value, or checks it before that."""
        way = way_to(self._function.body, offset, self._function.source)
        around = [step.item for step in way if step is way[-1] or isinstance(step.item.statement, If)]
        return any(item.holds(at) for item in around for at in self.draft.values.definitions(one))

    def _places(self) -> list[_Place]:
        """Each block that sets partners, or the one around all that set the same partner."""
        found: dict[int, _Place] = {}
        for one in self._partners:
            for step, side in self._settings(one):
                known = found.get(step.block.start)
                partners = (*(known.partners if known else ()), one)
                index = max(step.index, known.index if known else 0)
                found[step.block.start] = _Place(step.block, index, side, tuple(dict.fromkeys(partners)))
        return list(found.values())

    def _settings(self, one: Variable) -> Iterator[tuple[Step, Side | None]]:
        """The last statement that sets the variable on every process; else the last of each branch on the rank."""
        places = self.draft.values.definitions(one)
        sides = [self._side(at) for at in places]
        last: dict[int, tuple[Step, Side | None]] = {}
        for at, side in zip(places, sides, strict=True):
            around = side if all(sides) else None
            block = around.block if around else self._function.body
            way = way_to(block, at, self._function.source)
            if way:
                last[block.start] = (self._step(way), around)
        yield from last.values()

    def _step(self, way: tuple[Step, ...]) -> Step:
        """The outermost statement that is no loop."""
        for step in way:
            if not isinstance(step.item.statement, Loop | Block):
                return step
        return way[-1]

    def _messages(self, place: _Place) -> Iterator[PlacedCall]:
        to = [one.name for one in place.partners if _is_sent_to(one.name)]
        source = [one.name for one in place.partners if _is_received_from(one.name)]
        messages = Messages(self.draft)
        line = self._line(place)
        sending = [call for name in to for call in messages.sent_from(place.block, line, name)]
        receiving = [call for name in source for call in messages.received_in(place.block, line, name)]
        if len(to) + len(source) > 1 and (together := all_at_once(self.draft, [*receiving, *sending])):
            yield from together
            return
        is_second = place.side is not None and place.side.block is not place.side.chain.then
        yield from (*receiving, *sending) if is_second else (*sending, *receiving)

    def _line(self, place: _Place) -> int:
        """Where what is received is read; else behind the clock that is read first, or in the loop that follows on a
        branch; else right behind what sets the partners.
        """
        source = self._function.source
        line = line_before(place.block, place.index + 1, source)
        if place.side is None and (reading := self._reading(line)):
            return reading
        clocks = [call.line for call in times(self.draft) if line <= call.line <= source.line(place.block.end - 1)]
        if clocks:
            return min(clocks)
        items = items_of(place.block, source)
        for item in items[place.index + 1 :] if place.side else ():
            if isinstance(item.statement, Loop) and isinstance(item.statement.body, Block):
                return line_before(item.statement.body, 0, source)
        return line

    def _reading(self, after: int) -> int | None:
        """The line before the first statement behind a line that reads what nothing sets."""
        source, flow = self._function.source, self.draft.flow
        known = (flow.rank, flow.size, *self.draft.gap_targets)
        unset = (one for one in self._function.variables if one.is_number and one.is_never_set and one.is_read)
        readings = [
            one.first_read
            for one in unset
            if one.name not in known and one.symbol and datatype_of(one.symbol) and source.line(one.first_read) > after
        ]
        step = self._common(min(readings)) if readings else None
        return line_before(step.block, step.index, source) if step else None

    def _common(self, offset: int) -> Step | None:
        """The innermost statement around `offset` that every process gets to."""
        found: Step | None = None
        for step in way_to(self._function.body, offset, self._function.source):
            found = step
            if self.draft.flow.is_guard(step.item.statement):
                break
        return found


def _is_sent_to(name: str) -> bool:
    return bool(_TO.search(name) or _BOTH.search(name))


def _is_received_from(name: str) -> bool:
    return bool(_FROM.search(name) or _BOTH.search(name))
