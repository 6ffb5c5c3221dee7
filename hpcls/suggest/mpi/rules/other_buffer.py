"""What the other end of a message is about: mostly the variable that is named at this end, too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.exchanges import Message
from hpcls.suggest.mpi.facts.partials import number
from hpcls.suggest.mpi.facts.sides import Side
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.expressions import Call, Name, Subscript
from hpcls.syntax.mpi_names import part_of

_NAME = re.compile(r"[A-Za-z_]\w*")
_FILLS = re.compile(
    r"MPI_|gen|init|read|fill|load|scan|get|input|rand|creat|make|build|set|alloc|cpy|copy", re.IGNORECASE
)


@dataclass(frozen=True, eq=False)
class OtherBuffer:
    """That of the processes of `side`, who receive or send `message`."""

    draft: Draft
    message: Message
    side: Side

    def text(self) -> str | None:
        """As at this end; else the only variable there that waits for a value, or has one that nobody reads.  None
        where that is not clear.
        """
        found = self._waiting if self.message.is_sent else self._left
        if self._is_plain and self._here and self._is_fit(self._here, found):
            return self._given
        others = [one for one in found if one is not self._here]
        return self._spelled(others[0]) if len(others) == 1 else None if self._is_plain else self._same()

    @property
    def variable(self) -> Variable | None:
        """The one that `text` names."""
        names = _NAME.findall(self.text() or "")
        return self._visible(names[0]) if names else None

    @cached_property
    def _given(self) -> str:
        return self.message.given("buf")

    @cached_property
    def _name(self) -> str:
        return next(iter(_NAME.findall(self._given)), "")

    @property
    def _is_plain(self) -> bool:
        return self._given.lstrip("& ") == self._name

    @cached_property
    def _here(self) -> Variable | None:
        """The variable of that name where the side can see it."""
        return self._visible(self._name)

    def _visible(self, name: str) -> Variable | None:
        return next((one for one in self._candidates if one.name == name), None)

    @cached_property
    def _candidates(self) -> tuple[Variable, ...]:
        """The variables that the end of the side can see, or that are declared in it, innermost first."""
        block = self.side.block
        seen = [
            one
            for one in self.draft.function.variables
            if one.symbol and (one.symbol.scope_start < block.end <= one.symbol.scope_end or self._is_within(one))
        ]
        return tuple(sorted(seen, key=lambda one: one.symbol.start if one.symbol else 0, reverse=True))

    def _is_within(self, one: Variable) -> bool:
        return one.symbol is not None and self.side.holds(one.symbol.start)

    def _is_fit(self, one: Variable, found: list[Variable]) -> bool:
        """Whether the variable of this end is the one at the other, too."""
        if one.name in (self.draft.flow.rank, self.draft.flow.size):
            return not self.message.is_sent
        if one in found or not found:
            return one in found or self.message.is_sent or self._is_set_elsewhere(one)
        return self._is_set_elsewhere(one) and not self.message.is_sent

    def _is_set_elsewhere(self, one: Variable) -> bool:
        return any(not self.message.side.holds(at) for at in self.draft.values.definitions(one))

    def _spelled(self, one: Variable) -> str:
        is_address = self._is_plain and self._given.startswith("&") and self._here is not None
        is_array = one.symbol is not None and bool(one.symbol.dimensions)
        return f"&{one.name}" if one.is_number or (is_address and is_array and not self._is_number()) else one.name

    def _is_number(self) -> bool:
        sent = self.draft.function.variable(self._name)
        return sent is not None and sent.is_number

    def has_value(self, line: int) -> bool:
        """Whether something gives the variable a value up to that line."""
        one, line_of = self.variable, self.draft.function.source.line
        if one is None or one.name in (self.draft.flow.rank, self.draft.flow.size):
            return True
        places = [at for at in self.draft.values.definitions(one) if not self.message.side.holds(at)]
        is_parameter = one.symbol is not None and one.symbol.kind == "parameter"
        return is_parameter or any(line_of(at) <= line for at in places)

    def _same(self) -> str | None:
        """The same element of the same array, where nothing else fits."""
        names = _NAME.findall(self._given)
        is_shared = self._here is not None and all(self._visible(name) for name in names)
        return self._given if is_shared and self._here and self._is_used(self._here) else None

    @cached_property
    def _alike(self) -> list[Variable]:
        """The variables that may hold such data."""
        sent = self.draft.function.variable(self._name)
        if sent is None:
            return []
        is_number = sent.is_number and self.message.given("count") == "1"
        is_element = not sent.is_number and self.message.given("count") == "1"
        return [
            one
            for one in self._candidates
            if datatype_of(one.symbol) == datatype_of(sent.symbol) is not None
            and (one.is_number == is_number or (is_element and not self._is_plain))
            and one.name not in (self.draft.flow.rank, self.draft.flow.size)
            and (part_of(one.name) is None or self._name in (self.draft.flow.rank, self.draft.flow.size))
            and one.name not in self.draft.function.counters
            and not (one.symbol and one.symbol.kind == "parameter" and one.is_number)
        ]

    @cached_property
    def _waiting(self) -> list[Variable]:
        """Those that the side uses, and that nothing gave a value but a number where they are declared."""
        return [one for one in self._alike if self._is_used(one) and not self._values_of(one)]

    def _values_of(self, one: Variable) -> list[int]:
        """Where it is given a value; what the side hands to a function of no telling name is for that to read."""
        preset = self.draft.values.initial.get(one.symbol.start) if one.symbol else None
        is_preset = preset is not None and number(preset) is not None and self._is_within(one)
        found = [at for at in self.draft.values.definitions(one) if at not in self._handed]
        return [at for at in found if not (is_preset and one.symbol and at == one.symbol.start)]

    @cached_property
    def _handed(self) -> frozenset[int]:
        """Where the side hands something to a function that does not fill it, going by its name."""
        return frozenset(
            argument.start
            for part in self.draft.values.expressions
            if isinstance(part, Call) and isinstance(part.function, Name) and self.side.holds(part.start)
            for argument in part.arguments
            if isinstance(argument, Name) and not _FILLS.search(part.function.name)
        )

    def _is_used(self, one: Variable) -> bool:
        """Whether the processes of the side look at it, there or behind it."""
        places = {use.offset for use in one.uses if use.access in ("read", "fill")} - self._idle
        return any(self.side.holds(at) or (at >= self.side.block.end and not self._is_elsewhere(at)) for at in places)

    @property
    def _idle(self) -> frozenset[int]:
        values = self.draft.values
        return values.ignored | values.allocated | values.nulled

    def _is_elsewhere(self, at: int) -> bool:
        return self.message.side.holds(at)

    @cached_property
    def _left(self) -> list[Variable]:
        """Those that have a value there, which nothing but prints reads later."""
        return [one for one in self._alike if self._is_left(one)]

    def _is_left(self, one: Variable) -> bool:
        end = self.side.block.end
        written = [at for at in self.draft.values.definitions(one) if at < end]
        later = {use.offset for use in one.uses if use.access == "read" and use.offset > max(written, default=0)}
        is_counted = {part.base.start for part in self.draft.values.expressions if isinstance(part, Subscript)}
        return bool(written) and all(at in self.draft.values.shown or at in is_counted for at in later - self._idle)
