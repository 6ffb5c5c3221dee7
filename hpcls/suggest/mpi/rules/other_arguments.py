"""What else the other end of a message says: how many elements there are, their tag, and who has the message."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hpcls.suggest.mpi.facts.exchanges import Exchanges, Message
from hpcls.suggest.mpi.facts.numbers import number_at
from hpcls.suggest.mpi.facts.process_loops import ProcessLoops
from hpcls.suggest.mpi.facts.program import way_to
from hpcls.suggest.mpi.facts.sides import Side
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.rules.messages import wildcards
from hpcls.suggest.mpi.rules.other_place import Place
from hpcls.syntax.mpi_names import part_of

_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, eq=False)
class OtherArguments:
    """Those of a process of `side` that gets to `place`."""

    exchanges: Exchanges
    message: Message
    side: Side
    place: Place
    buffer: str

    def count(self, variable: Variable | None) -> str | None:
        """As at this end, where those names mean something there; else the length of the array."""
        given = self.message.given("count")
        if all(self._is_known(name) for name in _NAME.findall(given)):
            return given
        is_plain = variable is not None and self.buffer.lstrip("& ") == variable.name
        return self.exchanges.draft.values.extent(variable) if variable and is_plain else None

    def _is_known(self, name: str) -> bool:
        """Whether the variable is visible there and has a value, as far as it is one."""
        draft = self.exchanges.draft
        found = [one for one in draft.function.variables if one.name == name]
        seen = [one for one in found if draft.function.is_visible(one, self.place.line)]
        places = draft.values.definitions(seen[0]) if seen else []
        line_of = draft.function.source.line
        before = [at for at in places if line_of(at) <= self.place.line and not self.message.side.holds(at)]
        is_given = not places or bool(before)
        return not found or (bool(seen) and is_given)

    def tag(self, rank: str) -> str | None:
        """The tag; one that comes from a rank comes from that of the same process at both ends."""
        given = "0" if self.message.given("tag") == "MPI_ANY_TAG" else self.message.given("tag")
        own, other = self.exchanges.draft.flow.rank or "", self.message.other
        if own in _NAME.findall(given):
            return re.sub(rf"\b{re.escape(own)}\b", rank, given) if rank.isidentifier() else None
        if not other.isdigit() and given == other:
            return own
        if other.isidentifier() and other in _NAME.findall(given):
            return re.sub(rf"\b{re.escape(other)}\b", own, given)
        return given if all(self._is_known(name) for name in _NAME.findall(given)) else None

    def rank(self) -> str | None:
        """The process that has the message, as it is spelled there; None where that is not clear."""
        if self.message.side.only is not None:
            return None if self._is_ring() else self._named() or self.message.side.only
        only = self.side.only and number_at(self.exchanges.draft, self.side.only, self.side.chain.start)
        is_known = only is not None and self.exchanges.other(self.message) in (only, self.side.only)
        return (self._counted() or ("1" if self._is_for_two() else None)) if is_known else None

    def _named(self) -> str | None:
        """The variable for it that the side sets, and does not use."""
        draft, part = self.exchanges.draft, "left" if self.message.is_sent else "right"
        for one in draft.function.variables:
            places = [at for at in draft.values.definitions(one) if at < self.side.block.end]
            inside = [at for at in places if self.side.holds(at)]
            later = [use.offset for use in one.uses if use.access == "read" and use.offset > max(places, default=0)]
            unused = not any(self.side.holds(at) for at in later if at not in draft.values.shown)
            is_set = bool(inside) or (bool(places) and not any(at for at in later if at not in draft.values.shown))
            if one.is_number and part_of(one.name) == part and is_set and unused:
                return one.name
        return None

    def _counted(self) -> str | None:
        """What a loop around the place counts; anybody where the status, or the rest of the program, says so."""
        draft = self.exchanges.draft
        way = way_to(draft.function.body, self.place.block.start + 1, draft.function.source)
        counters = (ProcessLoops(draft).counter(step.item.statement) for step in way)
        return next((one for one in counters if one), None)

    def source(self, rank: str, status: str) -> str:
        """The source of a receive: any where the status is asked who it was, or where the program always says so."""
        asked = wildcards(self.exchanges.draft, status.lstrip("&"), self.place.block)
        named = [one.given("source") for one in self.exchanges.messages if not one.is_sent and one.side is self.side]
        is_any = bool(named) and all(one == "MPI_ANY_SOURCE" for one in named)
        is_asked = "MPI_SOURCE" in asked and self.message.side.only is None
        return "MPI_ANY_SOURCE" if is_any or is_asked else rank

    def is_part(self, variable: Variable | None, rank: str, count: str) -> bool:
        """Whether each process gets, or has, another part of the array, so that it is not clear which."""
        values = self.exchanges.draft.values
        extent = values.extent(variable) if variable and not variable.is_number else None
        is_counted = self.message.side.only is None and rank != "1"
        return is_counted and extent is not None and "".join(extent.split()) != "".join(count.split())

    def _is_for_two(self) -> bool:
        """Whether all messages are between the first process and one other: none comes from a rank, nothing counts."""
        draft = self.exchanges.draft
        named = {name for one in self.exchanges.messages for name in _NAME.findall(one.other)}
        is_counted = ProcessLoops(draft).first_in(draft.function.body) is not None
        return self.exchanges.other(self.message) == "0" and not is_counted and named.isdisjoint(draft.flow.local)

    def _is_ring(self) -> bool:
        """Whether processes have different ones at the other end: `rank - 1`, `rank + 1`."""
        local = self.exchanges.draft.flow.local
        sides = (self.side, self.message.side)
        return any(
            one.side in sides and not local.isdisjoint(_NAME.findall(one.other)) for one in self.exchanges.messages
        )
