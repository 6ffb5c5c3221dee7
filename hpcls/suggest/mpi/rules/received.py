"""Values that a process reads though it never got them: another one sends them.  Only for answers that are forced.

if (rank != 0)
    { part = …; MPI_Send(&part … 0 …); }
if (rank == 0)
    for (i = 1; i < size; i++) { MPI_Recv(&part … i …); sum += part; }
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.left_over import LeftOver
from hpcls.suggest.mpi.facts.process_loops import ProcessLoops
from hpcls.suggest.mpi.facts.program import Function, items_of, line_before
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import Messages
from hpcls.suggest.mpi.rules.sums import is_alike
from hpcls.syntax.expressions import Assign, Name, Step, names_in
from hpcls.syntax.statements import Block, Evaluate, Loop, Statement, walk


@dataclass(frozen=True)
class _Place:
    """Where a side needs a value: before the statement at `index` of `block`."""

    block: Block
    index: int
    counter: str | None
    """Of the loop over the other processes around it."""


@dataclass(frozen=True, eq=False)
class Received:
    """The messages of one function."""

    draft: Draft
    served: frozenset[str]
    """The variables that other calls fill."""

    @property
    def _function(self) -> Function:
        return self.draft.function

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The branches of the function."""
        return sides_of(self.draft)

    def calls(self) -> Iterator[tuple[Side, PlacedCall]]:
        """Each receive, and the send that it needs, with the side that it stands in."""
        for side in self.sides:
            for variable in self._needed(side):
                if self._is_shared(side, variable):
                    continue
                yield from self._message(side, variable)

    def _message(self, side: Side, variable: Variable) -> Iterator[tuple[Side, PlacedCall]]:
        place = self._place(side, variable)
        sender = self._sender(side, variable)
        if place is None or sender is None:
            return
        source = place.counter or sender.only or (side.spared if side.spared is not None else "0")
        sent = self._sent(sender, variable)
        if source == side.only or sent is None:
            return
        messages = Messages(self.draft)
        line = line_before(place.block, place.index, self._function.source)
        for call in messages.received(line, variable, source, place.block):
            yield side, call
        at, counter = self._sending(sender, sent, place.counter is None)
        to = counter or (side.only if side.only is not None else "0" if place.counter else "1")
        for call in messages.sent(at, sent, to, sender.block):
            yield sender, call

    def _is_shared(self, side: Side, variable: Variable) -> bool:
        """Whether one process set it in an earlier test on the rank: more likely everybody gets it, by a broadcast."""
        places = self.draft.values.definitions(variable)
        setting = [other for other in self.sides if any(map(other.holds, places))]
        return bool(setting) and all(
            other.only is not None and other.chain.end <= side.chain.start for other in setting
        )

    def _needed(self, side: Side) -> list[Variable]:
        """The variables that it reads first without a value, by the first reading."""
        found = [
            (at, one)
            for one in self._function.variables
            if self._may_come(one) and (at := self._reading(side, one)) is not None
        ]
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def _may_come(self, one: Variable) -> bool:
        names = (self.draft.flow.rank, self.draft.flow.size, *self.draft.gap_targets, *self.served)
        symbol = one.symbol
        if one.name in names or symbol is None or datatype_of(symbol) is None or "const" in symbol.storage:
            return False
        return self._function.body.start <= symbol.start < self._function.body.end

    def _reading(self, side: Side, one: Variable) -> int | None:
        """Where `side` reads the variable first; None where it has been given a value on the way there."""
        writes = {use.offset for use in one.uses if use.access == "write"}
        reads = [
            use.offset
            for use in one.uses
            if use.access == "read" and side.holds(use.offset) and use.offset not in self.draft.values.ignored | writes
        ]
        if not reads or any(self._runs_before(side, at, min(reads)) for at in self.draft.values.definitions(one)):
            return None
        return None if min(reads) in self.draft.values.given else min(reads)

    def _runs_before(self, side: Side, at: int, reading: int) -> bool:
        return at < reading and not any(other.holds(at) and other.excludes(side) for other in self.sides)

    def _place(self, side: Side, variable: Variable) -> _Place | None:
        reading = self._reading(side, variable)
        if reading is None:
            return None
        block, counter = side.block, None
        while True:
            items = items_of(block, self._function.source)
            index = next((i for i, item in enumerate(items) if item.holds(reading)), None)
            if index is None:
                return None
            inner = items[index].statement
            over = self._process_loops.counter(inner)
            if (
                isinstance(inner, Loop)
                and isinstance(inner.body, Block)
                and reading >= inner.body.start
                and (over or inner.form == "while")
            ):
                block, counter = inner.body, over or counter
                continue
            return _Place(block, index, counter)

    @cached_property
    def _process_loops(self) -> ProcessLoops:
        return ProcessLoops(self.draft)

    def _sender(self, side: Side, variable: Variable) -> Side | None:
        """The likeliest side that has the value: one that sets it, in the same test, or the nearest."""
        others = [other for other in self.sides if other.excludes(side) and not side.holds(other.block.start)]
        return min(
            others,
            key=lambda other: (
                not any(other.holds(at) for at in self.draft.values.definitions(variable)),
                other.chain is not side.chain,
                abs(other.block.start - side.block.start),
            ),
            default=None,
        )

    def _sent(self, sender: Side, variable: Variable) -> Variable | None:
        """What the sender hands over: the variable itself, its namesake, or what it sets last of the same type."""
        if any(self._runs_before(sender, at, sender.block.end) for at in self.draft.values.definitions(variable)):
            return variable
        fitting = [
            (one.name == variable.name, max(at for at in self.draft.values.definitions(one) if sender.holds(at)), one)
            for one in self._function.variables
            if self._may_come(one)
            and one.name not in self._function.counters
            and datatype_of(one.symbol) == datatype_of(variable.symbol)
            and one.is_number == variable.is_number
            and any(sender.holds(at) for at in self.draft.values.definitions(one))
        ]
        return max(fitting, key=lambda found: found[:2])[2] if fitting else self._of_all(sender, variable)

    def _of_all(self, sender: Side, variable: Variable) -> Variable | None:
        """What every process sets last before that, of the same type; first what the sender does not use itself."""
        left, end = LeftOver(self.draft, sender.block), self._function.source.line(sender.block.end - 1)
        fitting = [
            (left.is_left(one, end), is_alike(one.name, variable.name), max(places), one)
            for one in self._function.variables
            if self._may_come(one)
            and one.name not in self._function.counters
            and datatype_of(one.symbol) == datatype_of(variable.symbol)
            and one.is_number == variable.is_number
            and (places := [at for at in self.draft.values.definitions(one) if self._is_common_before(sender, at)])
        ]
        return max(fitting, key=lambda found: found[:3])[3] if fitting else None

    def _is_common_before(self, sender: Side, at: int) -> bool:
        return at < sender.block.start and not any(side.holds(at) for side in self.sides)

    def _sending(self, sender: Side, sent: Variable, distributes: bool) -> tuple[int, str | None]:
        """The line, and the counter of the loop over those that it goes to."""
        if distributes:
            found = self._process_loops.first_in(sender.block)
            if found:
                return self._behind(found[0], sent), found[1]
        for part in walk(sender.block):
            if isinstance(part, Loop) and part.form == "while" and isinstance(part.body, Block):
                body = range(part.body.start, part.body.end)
                if any(at in body for at in self.draft.values.definitions(sent)):
                    return self._behind(part.body, sent), None
        return self._behind(sender.block, sent), None

    def _behind(self, block: Block, sent: Variable) -> int:
        """The line behind the last statement of `block` that gives the variable its value, else at its end.

        One that only moves it on to what is sent next comes after the call.
        """
        items = items_of(block, self._function.source)
        places = self.draft.values.definitions(sent)
        setting = [i for i, item in enumerate(items) if any(map(item.holds, places))]
        moving = [i for i in setting if _moves_on(items[i].statement, sent.name)]
        index = moving[0] if moving and moving[0] == setting[0] else setting[-1] + 1 if setting else len(items)
        return line_before(block, index, self._function.source)


def _moves_on(statement: Statement, name: str) -> bool:
    """Whether it is `name += …` or the like."""
    match statement:
        case Evaluate(expression=Assign(operator=operator, target=Name(name=target), value=value)):
            return target == name and (operator != "=" or name in names_in(value))
        case Evaluate(expression=Step(target=Name(name=target))):
            return target == name
        case _:
            return False
