"""What authors write by habit where nothing else tells: only for answers that are forced, never for users.

A branch for one process sends and a branch for another receives; a complaint about the number of processes aborts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.suggest.mpi_datatypes import datatype_of
from hpcls.suggest.mpi_draft import Draft
from hpcls.suggest.mpi_flow import Flow
from hpcls.suggest.mpi_placed import PlacedCall
from hpcls.suggest.mpi_program import Function, items_of, line_before
from hpcls.suggest.mpi_uses import Variable, names_in_statement
from hpcls.syntax.expressions import Call, Name, names_in
from hpcls.syntax.statements import Block, Evaluate, If, Statement, walk

_SHOWS = frozenset({"printf", "fprintf", "perror", "puts", "fflush"})
_TAG = "0"


@dataclass(frozen=True, eq=False)
class Habits:
    """One function."""

    draft: Draft

    @property
    def _function(self) -> Function:
        return self.draft.function

    @property
    def _flow(self) -> Flow:
        return self.draft.flow

    def calls(self) -> Iterator[PlacedCall]:
        """Messages and aborts."""
        branches = [part for part in walk(self._function.body) if isinstance(part, If)]
        second = {branch.otherwise for branch in branches}
        for branch in branches:
            if branch not in second:
                yield from self._messages(branch)
            yield from self._abort(branch)

    def _messages(self, branch: If) -> Iterator[PlacedCall]:
        """A send at the end of the branch for one process, a receive at the start of that for another."""
        root = self._flow.root_of(branch, branch.then.start)
        if root is None:
            return
        other = branch.otherwise
        to = self._flow.root_of(other, other.then.start) if isinstance(other, If) else None
        if isinstance(branch.then, Block) and (_is_empty(branch.then) or to is not None):
            if other is not None:
                yield from self._send(branch.then, to or "1")
            elif root != "0":
                yield from self._receive(branch.then, "0")
        if isinstance(other, If) and isinstance(other.then, Block) and to is not None:
            yield from self._receive(other.then, root)

    def _send(self, block: Block, to: str) -> Iterator[PlacedCall]:
        line = line_before(block, len(items_of(block, self._function.source)), self._function.source)
        given = (*self._message(block), to, _TAG, "MPI_COMM_WORLD")
        request = self._visible("MPI_Request", block)
        if request is None:
            yield PlacedCall(line, "MPI_Send", given, 0.4)
        else:
            yield PlacedCall(line, "MPI_Isend", (*given, request), 0.4)
            yield PlacedCall(
                line, "MPI_Wait", (request, self._visible("MPI_Status", block) or "MPI_STATUS_IGNORE"), 0.4
            )

    def _receive(self, block: Block, source: str) -> Iterator[PlacedCall]:
        items = items_of(block, self._function.source)
        declared = next((i for i, item in enumerate(items) if not item.is_declaration), len(items))
        line = line_before(block, declared, self._function.source)
        given = (*self._message(block), source, _TAG, "MPI_COMM_WORLD")
        status = self._visible("MPI_Status", block) or "MPI_STATUS_IGNORE"
        request = self._visible("MPI_Request", block, block.start)
        if request is None:
            yield PlacedCall(line, "MPI_Recv", (*given, status), 0.4)
        else:
            yield PlacedCall(line, "MPI_Irecv", (*given, request), 0.4)
            yield PlacedCall(line, "MPI_Wait", (request, status), 0.4)

    def _visible(self, type_text: str, block: Block, since: int = 0) -> str | None:
        """The address of the first variable of that type that is visible at the end of `block`, declared since."""
        for variable in self._function.variables:
            symbol = variable.symbol
            if symbol is None or symbol.type_text != type_text or symbol.start < since:
                continue
            if symbol.scope_start < block.end <= symbol.scope_end:
                return variable.name if symbol.pointers else f"&{variable.name}{'[0]' if symbol.dimensions else ''}"
        return None

    def _message(self, block: Block) -> tuple[str, str, str]:
        """Buffer, count and datatype: a variable that the branch uses, else an array, else any."""
        used = names_in_statement(block)
        fitting = [one for one in self._function.variables if self._may_be_sent(one)]
        ranked = sorted(fitting, key=lambda one: (one.name not in used, not _is_array(one)))
        if not ranked:
            return ("buffer", "1", "MPI_INT")
        chosen, symbol = ranked[0], ranked[0].symbol
        count = "*".join(symbol.dimensions) if symbol and symbol.dimensions else "1"
        return (chosen.name if _is_array(chosen) else f"&{chosen.name}", count, datatype_of(symbol) or "MPI_INT")

    def _may_be_sent(self, variable: Variable) -> bool:
        return variable.name not in (self._flow.rank, self._flow.size, "argc", "argv") and bool(
            datatype_of(variable.symbol)
        )

    def _abort(self, branch: If) -> Iterator[PlacedCall]:
        """Behind a complaint about the number of processes, where the program would go on."""
        size = self._flow.size
        then = branch.then
        if size is None or branch.otherwise is not None or not isinstance(then, Block) or not then.statements:
            return
        if size in names_in(branch.test) and all(_is_shown(part) for part in then.statements):
            line = line_before(then, len(items_of(then, self._function.source)), self._function.source)
            yield PlacedCall(line, "MPI_Abort", ("MPI_COMM_WORLD", "1"), 0.5)


def _is_empty(block: Block) -> bool:
    return not block.statements


def _is_array(variable: Variable) -> bool:
    return variable.symbol is not None and bool(variable.symbol.dimensions or variable.symbol.pointers)


def _is_shown(statement: Statement) -> bool:
    match statement:
        case Evaluate(expression=Call(function=Name(name=name))):
            return name in _SHOWS
        case If(then=then):
            return _is_shown(then) or (isinstance(then, Block) and all(_is_shown(part) for part in then.statements))
        case _:
            return False
