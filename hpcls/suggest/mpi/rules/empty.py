"""Branches and loops with nothing in them: a call must have stood there.  Only for answers that are forced.

if (buffer == NULL) { MPI_Abort(…); }
if (rank == 0) { MPI_Send(… 1 …); } else { MPI_Recv(… 0 …); }
for (i = 1; i < size; i++) { MPI_Send(… i …); }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.failures import is_failure
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import Messages, may_send
from hpcls.syntax.expressions import Binary, Expression, Literal, Name, names_in
from hpcls.syntax.loops import induction_of
from hpcls.syntax.mpi_names import part_of
from hpcls.syntax.statements import Block, If, Loop, Statement
from hpcls.syntax.statements import walk as walk_statements

_WORLD = "MPI_COMM_WORLD"
_LIKELY = 0.4
_SENDS = ("MPI_Send", "MPI_Isend")


@dataclass(frozen=True, eq=False)
class Empty:
    """Those of one function."""

    draft: Draft
    others: tuple[PlacedCall, ...]
    """The calls that other rules write."""

    @cached_property
    def _sides(self) -> tuple[Side, ...]:
        return sides_of(self.draft)

    @cached_property
    def _messages(self) -> Messages:
        return Messages(self.draft)

    def calls(self) -> Iterator[PlacedCall]:
        """What most likely stood in each that no other rule fills."""
        written = list(self.others)
        for statement, block in _empty(self.draft.function.body):
            if not any(self._is_in(block, call) for call in written):
                found = list(self._filled(statement, block, written))
                written += found
                yield from found

    def _is_in(self, block: Block, call: PlacedCall) -> bool:
        source = self.draft.function.source
        first, last = source.line(block.start), source.line(block.end - 1)
        return first <= call.line < max(last, first + 1)

    def _filled(self, statement: Statement, block: Block, written: list[PlacedCall]) -> Iterator[PlacedCall]:
        line = self.draft.function.source.line(block.start)
        side = next((one for one in self._sides if one.block is block), None)
        if isinstance(statement, If) and statement.otherwise is None and self._is_wrong(statement.test):
            yield PlacedCall(line, "MPI_Abort", (_WORLD, "1"), _LIKELY)
        elif not may_send(self.draft):
            return
        elif isinstance(statement, Loop):
            yield from self._repeated(statement, line)
        elif side is not None and (side.only or side.spared):
            yield from self._sided(side, line, written)

    def _is_wrong(self, test: Expression) -> bool:
        """Whether something failed, there are fewer processes than wanted or another number of them, or a number is
        negative.
        """
        if is_failure(self.draft.function, test):
            return True
        match test:
            case Binary(operator="<" | "<=", left=Name(), right=Literal(text="0")):
                return True
            case Binary(operator="<" | "!=", left=Name(name=name), right=Literal() | Name()):
                return name == self.draft.flow.size
            case _:
                return False

    def _sided(self, side: Side, line: int, written: list[PlacedCall]) -> Iterator[PlacedCall]:
        """A receive where another side of the test sends; a send to it otherwise."""
        others = [one for one in self._sides if one.chain is side.chain and one is not side]
        partner = next((one.only for one in others if one.only), None) or side.spared or _partner_of(side)
        sent = [call for call in written if call.function in _SENDS]
        if any(self._is_in(one.block, call) for one in others for call in sent):
            yield from self._messages.received_in(side.block, line, partner)
        else:
            yield from self._messages.sent_from(side.block, line, partner)

    def _repeated(self, loop: Loop, line: int) -> Iterator[PlacedCall]:
        """A message to or from each process, or one side's messages to the other."""
        counter = induction_of(loop)
        side = next((one for one in reversed(self._sides) if one.holds(loop.start)), None)
        if counter is None:
            return
        block = side.block if side else self.draft.function.body
        if self.draft.flow.size in names_in(counter.upper):
            partner, is_received = counter.name, part_of(counter.name) == "left"
        elif side is not None:
            partner, is_received = _partner_of(side), side.only != "0"
        else:
            return
        write = self._messages.received_in if is_received else self._messages.sent_from
        yield from write(block, line, partner)


def _partner_of(side: Side) -> str:
    return "1" if side.only == "0" else "0"


def _empty(body: Block) -> Iterator[tuple[Statement, Block]]:
    """(branch or loop, its empty block), in source order."""
    found: list[tuple[Statement, Block]] = []
    for part in walk_statements(body):
        inside: Iterable[Statement | None] = ()
        if isinstance(part, If):
            inside = (part.then, part.otherwise)
        elif isinstance(part, Loop):
            inside = (part.body,)
        found += [(part, one) for one in inside if isinstance(one, Block) and not one.statements]
    yield from sorted(found, key=lambda pair: pair[1].start)
