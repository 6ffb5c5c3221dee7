"""The rule for each argument of a call, in one scope."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from hpcls.inference.grammar_rules import NOTHING, Rule, either, one_of, optional, word
from hpcls.suggest.grammar.expressions import Expressions
from hpcls.suggest.grammar.names import INTEGERS, Scope, Want, types_for
from hpcls.suggest.grammar.slots import Slot, offered_functions, slots_of

_INTEGERS = frozenset({"int", "MPI_Count", "MPI_Aint", "MPI_Offset", "MPI_Fint"})
_MODES = 4
"""Constants joined by `|`."""
_CHARACTERS = frozenset({"char"})


class Arguments:
    """The rules of one scope; each is built when it is first asked for."""

    def __init__(self, scope: Scope, literals: Iterable[str]) -> None:
        """`literals` are integers that may always be written."""
        self._scope = scope
        self._expressions = Expressions(scope, literals)
        self._rules: dict[Slot, Rule] = {}

    def argument(self, slot: Slot) -> Rule:
        """What may stand at `slot`; an impossible rule where nothing in scope fits."""
        found = self._rules.get(slot)
        if found is None:
            found = self._rules[slot] = _with_constants(self._argument(slot), slot.constants)
        return found

    @cached_property
    def functions(self) -> frozenset[str]:
        """The functions for each of whose parameters there is an argument."""
        return frozenset(name for name in offered_functions() if self._is_possible(name))

    def _is_possible(self, name: str) -> bool:
        return all(self.argument(slot).is_possible for slot in slots_of(name))

    def _argument(self, slot: Slot) -> Rule:
        if slot.kind == "argument":
            return self._main_argument(slot)
        if slot.kind == "function":
            return one_of(self._scope.functions)
        if slot.levels == 0:
            return self._value(slot)
        if slot.base == "void":
            return self._buffer(slot)
        if slot.levels > 1:
            return self._expressions.names(Want("rows" if slot.base == "int" else "strings", types_for(slot.base)))
        return self._pointer(slot)

    def _value(self, slot: Slot) -> Rule:
        """An integer or a handle."""
        if slot.base not in _INTEGERS:
            return self._expressions.names(Want("value", types_for(slot.base)))
        return self._modes(slot) if slot.kind == "state" else self._expressions.expression()

    def _modes(self, slot: Slot) -> Rule:
        """`MPI_MODE_CREATE | MPI_MODE_WRONLY`, a variable, a small number."""
        one = either(self._expressions.names(Want("value", INTEGERS)), one_of(slot.constants), one_of(self._digits()))
        rest = NOTHING
        for _ in range(_MODES - 1):
            rest = optional(word("|", one, rest))
        return Rule({first: (*stack, rest) for first, stack in one.ways.items()})

    def _digits(self) -> Iterable[str]:
        named = {name.symbol for name in self._scope.names}
        return (digit for digit in "0123456789" if digit not in named)

    def _buffer(self, slot: Slot) -> Rule:
        if slot.holds_pointer:
            return self._expressions.address(Want("pointer variable"))
        return either(self._expressions.address(Want("storage")), self._expressions.names(Want("buffer")))

    def _pointer(self, slot: Slot) -> Rule:
        types = types_for(slot.base)
        rules = [self._expressions.address(Want("value", types)), self._expressions.names(Want("pointer", types))]
        return either(*rules)

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


def _with_constants(rule: Rule, constants: frozenset[str]) -> Rule:
    """`rule` or one of `constants`, unless it knows them already."""
    return either(rule, one_of(constants - rule.words)) if constants else rule
