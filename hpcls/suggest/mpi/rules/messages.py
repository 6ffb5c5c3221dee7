"""Messages between two processes, as authors write them by habit: only for answers that are forced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.halos import end_element
from hpcls.suggest.mpi.facts.program import Function, items_of, line_before
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.buffers import Buffers, is_array
from hpcls.suggest.mpi.rules.idle import idle_handles
from hpcls.suggest.mpi.rules.other_end import counters_at, rank_counted, rank_named
from hpcls.suggest.mpi.rules.tags import tag_of
from hpcls.syntax.expressions import Member, Name
from hpcls.syntax.mpi_names import Part
from hpcls.syntax.statements import Block, Loop

_NAME = re.compile(r"[A-Za-z_]\w*")
_SIZE = re.compile(r"size|len|count|bytes|elem|tam|^n$", re.IGNORECASE)

SENDS = frozenset({"MPI_Send", "MPI_Isend"})
RECEIVES = frozenset({"MPI_Recv", "MPI_Irecv"})

_Message = tuple[str, str, str]
"""Buffer, count and datatype."""


@dataclass(frozen=True, eq=False)
class Messages:
    """Those of one function."""

    draft: Draft

    @property
    def _function(self) -> Function:
        return self.draft.function

    @cached_property
    def _buffers(self) -> Buffers:
        return Buffers(self.draft)

    def send(self, block: Block, to: str) -> Iterator[PlacedCall]:
        """A send at the end of `block`."""
        line = line_before(block, len(items_of(block, self._function.source)), self._function.source)
        yield from self.sent_from(block, line, to)

    def sent_from(self, block: Block, line: int, to: str) -> Iterator[PlacedCall]:
        """A send of what `block` sets behind `line`; the process' rank where there is nothing else to send."""
        other = self._other(line, "right", to, block)
        variable = self._buffers.to_send(block, line, without=_NAME.findall(other))
        rank = self.draft.flow.rank
        message = self._whole(variable, other, is_sent=True) if variable else (f"&{rank or 'buffer'}", "1", "MPI_INT")
        yield from self._sent(line, message, other, block)

    def received_in(self, block: Block, line: int, source: str) -> Iterator[PlacedCall]:
        """A receive of what `block` reads behind `line`."""
        other = self._other(line, "left", source, block)
        variable = self._buffers.to_receive(block, line, without=_NAME.findall(other))
        message = self._whole(variable, other, is_sent=False) if variable else ("&buffer", "1", "MPI_INT")
        yield from self._received(line, message, source, block)

    def sent(self, line: int, variable: Variable, to: str, block: Block) -> Iterator[PlacedCall]:
        """A send of `variable` behind `line` of `block`."""
        other = self._other(line, "right", to, block)
        behind = max(line, self._known_at(other, block))
        yield from self._sent(behind, self._whole(variable, other, is_sent=True), other, block)

    def received(self, line: int, variable: Variable, source: str, block: Block) -> Iterator[PlacedCall]:
        """A receive of `variable` behind `line` of `block`."""
        yield from self._received(line, self._whole(variable, source, is_sent=False), source, block)

    def _sent(self, line: int, message: _Message, to: str, block: Block) -> Iterator[PlacedCall]:
        given = (*self._counted(line, message), to, tag_of(self.draft), "MPI_COMM_WORLD")
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
        yield from self.received_in(block, line, source)

    def _received(self, line: int, message: _Message, source: str, block: Block) -> Iterator[PlacedCall]:
        status = self._visible("MPI_Status", block) or "MPI_STATUS_IGNORE"
        wild = wildcards(self.draft, status.lstrip("&"), block)
        other = self._other(line, "left", wild.get("MPI_SOURCE", source), block)
        given = (*self._counted(line, message), other, wild.get("MPI_TAG", tag_of(self.draft)), "MPI_COMM_WORLD")
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

    def _other(self, line: int, part: Part, given: str, block: Block) -> str:
        """The rank at the other end: what a loop around counts, a variable that is called so, or `given`."""
        return rank_counted(self.draft, line, given) or rank_named(self.draft, part, block) or given

    def _known_at(self, name: str, block: Block) -> int:
        """The line behind the statement of `block` that sets the variable last, loops apart; 0 where none does."""
        variable = self._function.variable(name)
        places = [use.offset for use in variable.uses if use.access == "write"] if variable else []
        items = [item for item in items_of(block, self._function.source) if not isinstance(item.statement, Loop)]
        return max((item.last for item in items if any(map(item.holds, places))), default=0)

    def _counted(self, line: int, message: _Message) -> _Message:
        """With the counter of a loop around it that tries one size after the other."""
        buffer, count, kind = message
        sizes = [one.variable for one in counters_at(self.draft, line) if _SIZE.search(one.variable)]
        return (buffer, sizes[-1], kind) if sizes and count != "1" else message

    def _whole(self, chosen: Variable, other: str, *, is_sent: bool) -> _Message:
        symbol, datatype = chosen.symbol, datatype_of(chosen.symbol) or self._derived or "MPI_INT"
        if not is_array(chosen):
            return (f"&{chosen.name}", "1", datatype)
        end = end_element(self.draft, chosen, other, is_sent=is_sent)
        if end:
            return (f"&{chosen.name}[{end}]", "1", datatype)
        if self._derived:
            return (chosen.name, "1", self._derived)
        count = self.draft.values.extent(chosen)
        is_text = datatype == "MPI_CHAR" and (count is None or bool(symbol and symbol.dimensions))
        if is_sent and is_text:
            count = f"strlen({chosen.name}) + 1"
        return (chosen.name, count or "1", datatype)

    @property
    def _derived(self) -> str | None:
        """A datatype that is declared and not used otherwise."""
        return next((one.name for one in idle_handles(self.draft, "MPI_Datatype")), None)


def may_send(draft: Draft) -> bool:
    """Whether there are no files and no windows for the data: few programs with these send messages, too."""
    types = {one.symbol.type_text for one in draft.function.variables if one.symbol}
    return types.isdisjoint(("MPI_File", "MPI_Win"))


def wildcards(draft: Draft, status: str, block: Block) -> Mapping[str, str]:
    """The wildcards that a receive takes whose `status` is asked in `block` for what they leave open, by the field
    (MPI-4.0 §3.2.4).
    """
    wild = {"MPI_SOURCE": "MPI_ANY_SOURCE", "MPI_TAG": "MPI_ANY_TAG"}
    members = (part for part in draft.values.expressions if isinstance(part, Member) and isinstance(part.base, Name))
    fields = {
        part.field
        for part in members
        if isinstance(part.base, Name) and part.base.name == status and block.start <= part.start < block.end
    }
    return {field: text for field, text in wild.items() if field in fields}
