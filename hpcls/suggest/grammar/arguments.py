"""The rule for each argument of a call, in one scope."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from hpcls.inference.grammar_rules import NOTHING, Rule, either, one_of, optional, word
from hpcls.suggest.grammar.expressions import Expressions
from hpcls.suggest.grammar.names import Scope
from hpcls.suggest.grammar.slots import Slot, offered_functions, users_of_slots
from hpcls.suggest.grammar.types import INTEGERS, types_for
from hpcls.suggest.grammar.wants import Want

_INTEGERS = frozenset({"int", "MPI_Count", "MPI_Aint", "MPI_Offset", "MPI_Fint"})
_MODES = 4
"""Constants joined by `|`."""
_TAGS = frozenset(map(str, range(1000)))
"""Tags are arbitrary numbers more often than any other argument is."""


class Arguments:
    """The rules of one scope; each is built when it is first asked for."""

    def __init__(self, scope: Scope, literals: Iterable[str]) -> None:
        """`literals` are integers that may always be written."""
        self._scope = scope
        self._literals = tuple(literals)
        self._expressions = Expressions(scope, self._literals)
        self._rules: dict[Slot, Rule] = {}
        self._of_type: dict[Slot | tuple[str, str, int, bool, bool], Rule] = {}

    def argument(self, slot: Slot) -> Rule:
        """What may stand at `slot`; an impossible rule where nothing in scope fits."""
        found = self._rules.get(slot)
        if found is None:
            others = slot.constants | _TAGS if slot.kind == "tag" else slot.constants
            found = self._rules[slot] = _with_others(self._shared(slot), others)
        return found

    @cached_property
    def functions(self) -> frozenset[str]:
        """The functions for each of whose parameters there is an argument."""
        impossible = (names for slot, names in users_of_slots().items() if not self._is_possible(slot))
        return offered_functions().difference(*impossible)

    def _is_possible(self, slot: Slot) -> bool:
        return bool(slot.constants) or self._shared(slot).is_possible

    def _shared(self, slot: Slot) -> Rule:
        """What stands at all slots of one type, constants aside."""
        kind = slot.kind if slot.kind in ("argument", "function") else ""
        key = slot if slot.kind == "state" else (kind, slot.base, slot.levels, slot.holds_pointer, _is_written(slot))
        found = self._of_type.get(key)
        if found is None:
            found = self._of_type[key] = self._argument(slot)
        return found

    def _argument(self, slot: Slot) -> Rule:
        match slot.kind:
            case "argument":
                return self._main_argument(slot)
            case "function":
                unknown = (name.symbol for name in self._scope.names if not name.is_known)
                return one_of((*self._scope.functions, *unknown))
            case "state" if slot.levels == 0:
                return self._modes(slot)
            case _:
                return self._value(slot) if slot.levels == 0 else self._address(slot)

    def _value(self, slot: Slot) -> Rule:
        """An integer or a handle."""
        if slot.base not in _INTEGERS:
            return self._expressions.names(Want("value", types_for(slot.base)))
        return self._expressions.expression()

    def _address(self, slot: Slot) -> Rule:
        """A buffer, a string, an array, something to write to."""
        if slot.base == "void":
            return self._buffer(slot)
        types, written = types_for(slot.base), _is_written(slot)
        if slot.levels > 1:
            return self._expressions.names(Want("rows" if slot.base == "int" else "strings", types))
        address = self._expressions.address(Want("value", types, is_written=written))
        return either(address, self._expressions.addresses(Want("pointer", types, is_written=written)))

    def _modes(self, slot: Slot) -> Rule:
        """`MPI_MODE_CREATE | MPI_MODE_WRONLY`, a variable, a small number."""
        one = either(self._expressions.names(Want("value", INTEGERS)), one_of(slot.constants), one_of(self._numbers()))
        rest = NOTHING
        for _ in range(_MODES - 1):
            rest = optional(word("|", one, rest))
        return Rule({first: (*stack, rest) for first, stack in one.ways.items()})

    def _numbers(self) -> Iterable[str]:
        named = {name.symbol for name in self._scope.names}
        return (literal for literal in self._literals if literal not in named)

    def _buffer(self, slot: Slot) -> Rule:
        if slot.holds_pointer:
            return self._expressions.address(Want("pointer variable"))
        written = _is_written(slot)
        address = self._expressions.address(Want("storage", is_written=written))
        return either(address, self._expressions.addresses(Want("buffer", is_written=written)))

    def _main_argument(self, slot: Slot) -> Rule:
        """`& argc` or `& argv`, the parameters of main."""
        levels = 0 if slot.base == "int" else 2
        names = (name for name in self._scope.names if name.is_parameter or not name.is_known)
        fitting = (
            name.symbol
            for name in names
            if name.is_object and (not name.is_known or (name.c_type == slot.base and name.place.levels == levels))
        )
        return word("&", one_of(fitting))


def _is_written(slot: Slot) -> bool:
    return slot.levels > 0 and slot.direction != "in"


def _with_others(rule: Rule, words: frozenset[str]) -> Rule:
    """`rule` or one of `words`, unless it begins with them already."""
    return either(rule, one_of(words - rule.words)) if words else rule
