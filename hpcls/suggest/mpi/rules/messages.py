"""Messages between two processes, as authors write them by habit: only for answers that are forced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.partials import number
from hpcls.suggest.mpi.facts.program import Function, items_of, line_before
from hpcls.suggest.mpi.facts.uses import Variable, names_in_statement
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import counted
from hpcls.syntax.expressions import Member, Name
from hpcls.syntax.mpi_names import Part, part_of
from hpcls.syntax.statements import Block

FAILURE = re.compile(r"i?err\w*|\w*_err|rc|ret|retval|result", re.IGNORECASE)
_NOT_DATA = re.compile(
    r"tag|dest|source|src$|sorgente|^(?:next|nxt|prev|left|right)(?:_?rank)?$|provided|processor_?name|hostname",
    re.IGNORECASE,
)
_TIME = re.compile(r"time|tempo|temps|elapsed|avg|mean|(?:^|_)t[0-9_]", re.IGNORECASE)
_NO_PARTS = ("root", "left", "right", "tag")
"""What arguments beside the data are called."""

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
    def _candidates(self) -> tuple[Variable, ...]:
        """What may be sent."""
        return tuple(one for one in self._function.variables if self._may_be_sent(one))

    @cached_property
    def _counted(self) -> tuple[Variable, ...]:
        return counted(self.draft)

    def send(self, block: Block, to: str) -> Iterator[PlacedCall]:
        """A send at the end of `block`."""
        line = line_before(block, len(items_of(block, self._function.source)), self._function.source)
        yield from self._sent(line, self._message(block, _is_set_in), to, block)

    def sent_from(self, block: Block, line: int, to: str) -> Iterator[PlacedCall]:
        """A send of what `block` sets behind `line`."""
        yield from self._sent(line, self._message(block, _is_set_in), to, block)

    def received_in(self, block: Block, line: int, source: str) -> Iterator[PlacedCall]:
        """A receive of what `block` reads behind `line`."""
        yield from self._received(line, self._message(block, _is_only_read_in), source, block)

    def sent(self, line: int, variable: Variable, to: str, block: Block) -> Iterator[PlacedCall]:
        """A send of `variable` behind `line` of `block`."""
        yield from self._sent(line, self._whole(variable, is_sent=True), to, block)

    def received(self, line: int, variable: Variable, source: str, block: Block) -> Iterator[PlacedCall]:
        """A receive of `variable` behind `line` of `block`."""
        yield from self._received(line, self._whole(variable, is_sent=False), source, block)

    def _sent(self, line: int, message: _Message, to: str, block: Block) -> Iterator[PlacedCall]:
        given = (*message, self._rank_in("right", block) or to, self._tag, "MPI_COMM_WORLD")
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
        yield from self._received(line, self._message(block, _is_only_read_in), source, block)

    def _received(self, line: int, message: _Message, source: str, block: Block) -> Iterator[PlacedCall]:
        status = self._visible("MPI_Status", block) or "MPI_STATUS_IGNORE"
        wild = wildcards(self.draft, status.lstrip("&"), block)
        source = self._rank_in("left", block) or wild.get("MPI_SOURCE", source)
        given = (*message, source, wild.get("MPI_TAG", self._tag), "MPI_COMM_WORLD")
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

    def _rank_in(self, part: Part, block: Block) -> str | None:
        """The variable for the rank of the other process that is set on the way to the end of `block`, and that
        nothing but prints reads.
        """
        shown = self.draft.values.shown
        for one in self._function.variables:
            reads = {use.offset for use in one.uses if use.access == "read"}
            is_set = any(use.access == "write" and use.offset < block.end for use in one.uses)
            if one.is_number and is_set and part_of(one.name) == part and reads <= shown:
                return one.name
        return None

    @property
    def _tag(self) -> str:
        """A variable that is called so and that nothing else uses."""
        named = (one for one in self._function.variables if "tag" in one.name.lower() and one.is_number)
        return next((one.name for one in named if not one.is_read), "0")

    def _message(self, block: Block, suits: Callable[[Variable, Block], bool]) -> _Message:
        """Buffer, count and datatype: a variable that the block uses so that it `suits`, else an array, else any."""
        used = names_in_statement(block)
        ranked = sorted(
            self._candidates,
            key=lambda one: (not self._is_idle(one), one.name not in used, not _is_array(one), not suits(one, block)),
        )
        if not ranked:
            return ("buffer", "1", "MPI_INT")
        return self._whole(ranked[0], is_sent=suits is _is_set_in)

    def _is_idle(self, one: Variable) -> bool:
        """Whether nothing but prints reads it, and it is no code of failure: what else is it there for?"""
        harmless = self.draft.values.shown | self.draft.values.ignored
        is_read = any(use.access == "read" and use.offset not in harmless for use in one.uses)
        is_told = FAILURE.fullmatch(one.name) or _TIME.search(one.name) or self._is_constant(one)
        return not is_read and not is_told and part_of(one.name) not in ("time", "size")

    def _is_constant(self, one: Variable) -> bool:
        """Whether it is spelled like one and keeps the number that its declaration gives it."""
        return one.is_number and one.name.isupper() and one.is_set_by_declaration_only

    def _whole(self, chosen: Variable, *, is_sent: bool) -> _Message:
        symbol = chosen.symbol
        buffer = chosen.name if _is_array(chosen) else f"&{chosen.name}"
        derived = self._derived
        if derived:
            return (buffer, "1", derived)
        count = (_is_array(chosen) and self.draft.values.extent(chosen)) or "1"
        datatype = datatype_of(symbol) or "MPI_INT"
        if datatype == "MPI_CHAR" and _is_array(chosen) and is_sent:
            count = f"strlen({buffer}) + 1"
        return (buffer, count, datatype)

    @property
    def _derived(self) -> str | None:
        """A datatype that is declared and not used otherwise."""
        of_type = (one for one in self._function.variables if one.symbol and one.symbol.type_text == "MPI_Datatype")
        return next((one.name for one in of_type if not one.uses and one.is_number), None)

    def _may_be_sent(self, variable: Variable) -> bool:
        is_known = variable.name in (self.draft.flow.rank, self.draft.flow.size, "argc", "argv")
        is_told = _NOT_DATA.search(variable.name) is not None or variable.name in self._function.counters
        is_told = is_told or part_of(variable.name) in _NO_PARTS or self._is_fixed(variable)
        is_told = is_told or variable in self._counted
        return not is_known and not is_told and bool(datatype_of(variable.symbol))

    def _is_fixed(self, one: Variable) -> bool:
        """Whether it is read, and keeps the number that its declaration gives it."""
        value = self.draft.values.initial.get(one.symbol.start) if one.symbol else None
        is_constant = one.is_set_by_declaration_only and value is not None and number(value) is not None
        return is_constant and not self._is_idle(one)


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


def _is_set_in(variable: Variable, block: Block) -> bool:
    """Whether the block gives it a value: something to send."""
    return any(use.access != "read" and block.start <= use.offset < block.end for use in variable.uses)


def _is_only_read_in(variable: Variable, block: Block) -> bool:
    """Whether the block reads it and gives it no value: something to receive."""
    inside = [use.access for use in variable.uses if block.start <= use.offset < block.end]
    return "read" in inside and set(inside) == {"read"}


def _is_array(variable: Variable) -> bool:
    return variable.symbol is not None and bool(variable.symbol.dimensions or variable.symbol.pointers)
