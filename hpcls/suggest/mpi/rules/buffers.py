"""Which variable a message is about.  Only for answers that are forced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype, datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.failures import FAILURE
from hpcls.suggest.mpi.facts.last_rank import last_ranks
from hpcls.suggest.mpi.facts.left_over import LeftOver
from hpcls.suggest.mpi.facts.partials import number
from hpcls.suggest.mpi.facts.uses import Variable, names_in_statement
from hpcls.suggest.mpi.rules.idle import counted, idle_handles
from hpcls.suggest.mpi.rules.skeleton import processor_name
from hpcls.syntax.mpi_names import part_of
from hpcls.syntax.statements import Block

_NOT_DATA = re.compile(
    r"tag|dest|source|src$|sorgente|^(?:next|nxt|prev|left|right)(?:_?rank)?$|provided|processor_?name|hostname",
    re.IGNORECASE,
)
_TIME = re.compile(r"time|tempo|temps|elapsed|avg|mean|(?:^|_)t[0-9_]", re.IGNORECASE)
_LAYOUT = re.compile(r"block|disp|offset|len")
_NO_RECORD = re.compile(r"MPI_|FILE\b|size_t\b|.*\bvoid\b")
_NO_PARTS = ("root", "left", "right", "tag")
"""What arguments beside the data are called."""


@dataclass(frozen=True, eq=False)
class Buffers:
    """Those of one function."""

    draft: Draft

    def to_send(self, block: Block, line: int, without: Iterable[str]) -> Variable | None:
        """What a send behind `line` of `block` most likely hands over; None where nobody has given a number its value.

        First what is computed and not read, then what the block uses, then what it sets, then what was set last.
        """
        left = LeftOver(self.draft, block)
        places = {one: left.set_before(one, line) for one in self._visible(line, without)}
        used = names_in_statement(block)
        ranked = sorted(
            places,
            key=lambda one: (
                not self._is_spare(one, left, line),
                one.name not in used,
                not _is_set_in(one, block),
                -max(places[one], default=0),
                not is_array(one),
            ),
        )
        return next((one for one in ranked[:1] if places[one] or not (one.is_number and one.uses)), None)

    def to_receive(self, block: Block, line: int, without: Iterable[str]) -> Variable | None:
        """What a receive behind `line` of `block` most likely fills.

        First what nothing sets or reads, then what the block uses, then what it only reads, then what is read next.
        """
        source, used = self.draft.function.source, names_in_statement(block)
        ranked = sorted(
            self._visible(line, without),
            key=lambda one: (
                not (self._is_idle(one) and not (one.is_number and self.draft.values.definitions(one))),
                one.name not in used,
                not _is_only_read_in(one, block),
                min((at for at in _readings(one) if source.line(at) > line), default=len(source.data)),
                not is_array(one),
            ),
        )
        return next(iter(ranked), None)

    def _is_spare(self, one: Variable, left: LeftOver, line: int) -> bool:
        """Whether a process has it there for no other use."""
        is_left = not _is_told(one) and left.is_left(one, line)
        return is_left or (is_array(one) and self._is_idle(one))

    def _visible(self, line: int, without: Iterable[str]) -> list[Variable]:
        names = frozenset(without)
        found = (one for one in self._candidates if one.name not in names)
        return [one for one in found if self.draft.function.is_visible(one, line)]

    @cached_property
    def _candidates(self) -> tuple[Variable, ...]:
        """What may be sent."""
        return tuple(one for one in self.draft.function.variables if self._may_be_sent(one))

    @cached_property
    def _known(self) -> frozenset[str]:
        """The names of what other calls fill, or `main` is given."""
        flow = self.draft.flow
        named = (name for call in processor_name(self.draft) for name in call.names)
        counts = (one.name for one in counted(self.draft))
        given = (name for name in (flow.rank, flow.size) if name)
        return frozenset(("argc", "argv", *given, *named, *counts, *last_ranks(self.draft), *self.draft.gap_targets))

    def _is_idle(self, one: Variable) -> bool:
        """Whether nothing but prints reads it, and it is no code of failure: what else is it there for?"""
        harmless = self.draft.values.shown | self.draft.values.ignored
        return not (_readings(one) - harmless) and not _is_told(one) and not _is_constant(one)

    def _may_be_sent(self, one: Variable) -> bool:
        is_told = _NOT_DATA.search(one.name) is not None or one.name in self.draft.function.counters
        is_told = is_told or part_of(one.name) in _NO_PARTS or self._is_fixed(one)
        has_type = bool(datatype_of(one.symbol))
        if self._has_derived:
            has_type = (has_type and not (is_array(one) and _LAYOUT.search(one.name))) or _is_record(one)
        return one.name not in self._known and not is_told and has_type

    @cached_property
    def _has_derived(self) -> bool:
        return any(idle_handles(self.draft, "MPI_Datatype"))

    def _is_fixed(self, one: Variable) -> bool:
        """Whether it is read, and keeps the number that its declaration gives it."""
        value = self.draft.values.initial.get(one.symbol.start) if one.symbol else None
        is_constant = one.is_set_by_declaration_only and value is not None and number(value) is not None
        return is_constant and not self._is_idle(one)


def is_array(variable: Variable) -> bool:
    """Whether it is an array, or a pointer to one."""
    return variable.symbol is not None and bool(variable.symbol.dimensions or variable.symbol.pointers)


def _is_record(one: Variable) -> bool:
    """Whether it is of a type that MPI does not know, such as a struct, or an array of that."""
    symbol = one.symbol
    is_known = symbol is None or symbol.pointers > 1 or datatype(symbol.type_text) is not None
    return symbol is not None and not is_known and not _NO_RECORD.match(symbol.type_text)


def _readings(one: Variable) -> set[int]:
    return {use.offset for use in one.uses if use.access == "read"}


def _is_told(one: Variable) -> bool:
    """Whether its name tells that it is for something else."""
    is_measured = _TIME.search(one.name) or part_of(one.name) in ("time", "size")
    return bool(FAILURE.fullmatch(one.name) or is_measured)


def _is_constant(one: Variable) -> bool:
    """Whether it is spelled like one and keeps the number that its declaration gives it."""
    return one.is_number and one.name.isupper() and one.is_set_by_declaration_only


def _is_set_in(variable: Variable, block: Block) -> bool:
    """Whether the block gives it a value: something to send."""
    return any(use.access != "read" and block.start <= use.offset < block.end for use in variable.uses)


def _is_only_read_in(variable: Variable, block: Block) -> bool:
    """Whether the block reads it and gives it no value: something to receive."""
    inside = [use.access for use in variable.uses if block.start <= use.offset < block.end]
    return "read" in inside and set(inside) == {"read"}
