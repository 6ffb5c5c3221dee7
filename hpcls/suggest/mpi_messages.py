"""Messages between two processes, as authors write them by habit: only for answers that are forced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.suggest.mpi_datatypes import datatype_of
from hpcls.suggest.mpi_draft import Draft
from hpcls.suggest.mpi_placed import PlacedCall
from hpcls.suggest.mpi_program import Function, items_of, line_before
from hpcls.suggest.mpi_uses import Variable, names_in_statement
from hpcls.syntax.statements import Block

_TAG = "0"


@dataclass(frozen=True, eq=False)
class Messages:
    """Those of one function."""

    draft: Draft

    @property
    def _function(self) -> Function:
        return self.draft.function

    def send(self, block: Block, to: str) -> Iterator[PlacedCall]:
        """A send at the end of `block`."""
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

    def receive(self, block: Block, source: str) -> Iterator[PlacedCall]:
        """A receive at the start of `block`, behind its declarations."""
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
        return variable.name not in (self.draft.flow.rank, self.draft.flow.size, "argc", "argv") and bool(
            datatype_of(variable.symbol)
        )


def _is_array(variable: Variable) -> bool:
    return variable.symbol is not None and bool(variable.symbol.dimensions or variable.symbol.pointers)
