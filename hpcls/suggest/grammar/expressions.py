"""Names with what may stand behind them, and expressions of integers, for one scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from hpcls.inference.grammar_rules import NOTHING, Rule, Stack, either, one_of, optional, word
from hpcls.suggest.grammar.names import UNKNOWN, Name, Place, Scope
from hpcls.suggest.grammar.types import INTEGERS
from hpcls.suggest.grammar.wants import Want

DEPTH = 3
"""How deep brackets nest in an argument."""
_OPERATORS = ("+", "-", "*", "/", "%")
_OPERATIONS = 3
"""Operators in a row between two brackets."""
_MEMBERS = 2
"""Members of members."""
_OPEN, _CLOSE = word("("), word(")")
_END_SUBSCRIPT = word("]")
_BASIC_TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "unsigned": ("int", "char", "long", "short"),
        "long": ("int", "long", "double"),
        **dict.fromkeys(("char", "int", "short", "float", "double", "size_t"), ()),
        **dict.fromkeys(("MPI_Aint", "MPI_Offset", "MPI_Datatype", "MPI_Request", "MPI_Status"), ()),
    }
)
"""First word of a type → words that may follow it."""


class Expressions:
    """The rules of one scope; each is built when it is first asked for."""

    def __init__(self, scope: Scope, literals: Iterable[str]) -> None:
        """`literals` are integers that may always be written."""
        self._scope = scope
        self._literals = tuple(literals)
        self._rules: dict[tuple[object, ...], Rule] = {}

    def expression(self, depth: int = DEPTH) -> Rule:
        """An integer, with brackets up to `depth` deep."""
        return self._cached(("expression", depth), lambda: self._with_operators(depth))

    def names(self, want: Want, depth: int = DEPTH) -> Rule:
        """The names that are what is wanted or lead to it, each with what may or must stand behind it."""
        return self._cached((want, depth), lambda: self._names(want, depth))

    def addresses(self, want: Want) -> Rule:
        """The names that are an address as wanted, or one within parentheses, moved by what is added behind them."""
        moved = optional(one_of(("+", "-"), self.expression(DEPTH - 1)))
        return either(self.names(want), word("(", self.names(want, DEPTH - 1), _CLOSE, moved))

    def address(self, want: Want, depth: int = DEPTH) -> Rule:
        """`&` in front of what is wanted."""
        return word("&", self.names(replace(want, has_address=True), depth))

    def _cached(self, key: tuple[object, ...], build: Callable[[], Rule]) -> Rule:
        found = self._rules.get(key)
        if found is None:
            found = self._rules[key] = build()
        return found

    def _names(self, want: Want, depth: int) -> Rule:
        ways: dict[str, Stack] = {}
        for place, names in self._scope.by_place.items():
            if not want.may_lead(place):
                continue
            behind = self._behind(place, want, depth, _MEMBERS)
            for name in names:
                if want.is_written and not name.is_writable and name.is_known:
                    continue
                if name.is_object and behind.is_possible:
                    ways[name.symbol] = (behind,)
                elif not name.is_object and not want.has_address and want.fits(place):
                    ways[name.symbol] = ()
        return Rule(ways)

    def _behind(self, place: Place, want: Want, depth: int, members: int) -> Rule:
        """What may stand behind a name that is `place`, so that the whole is what is wanted."""
        return self._cached((place, want, depth, members), lambda: self._suffixes(place, want, depth, members))

    def _suffixes(self, place: Place, want: Want, depth: int, members: int) -> Rule:
        ways: dict[str, Stack] = {}
        fits = want.fits(place)
        if fits and want.is_address and depth and place.c_type != "void":
            ways["+"] = ways["-"] = (self.expression(depth - 1),)
        element = place.element
        if element is not None and depth:
            behind = self._behind(element, want, depth, members)
            if behind.is_possible:
                ways["["] = (self.expression(depth - 1), _END_SUBSCRIPT, behind)
        found = self._members(place, want, depth, members) if members else Rule({})
        if found.is_possible:
            for access in _accesses(place):
                ways[access] = (found,)
        return Rule(ways, fits)

    def _members(self, place: Place, want: Want, depth: int, members: int) -> Rule:
        listed = place.parts if place.is_known else tuple((symbol, UNKNOWN) for symbol in self._scope.fields)
        behind = {symbol: self._behind(member, want, depth, members - 1) for symbol, member in listed}
        ways: dict[str, Stack] = {symbol: (rule,) for symbol, rule in behind.items() if rule.is_possible}
        for function, result in () if want.has_address else place.results(to_write=want.is_written):
            rest = self._behind(result, want, depth, members - 1)
            if rest.is_possible:
                ways[function] = (_OPEN, _CLOSE, rest)
        return Rule(ways)

    def _with_operators(self, depth: int) -> Rule:
        operand = self._operand(depth)
        first = either(operand, word("-", operand))
        rest = NOTHING
        for _ in range(_OPERATIONS):
            rest = optional(one_of(_OPERATORS, operand, rest))
        return Rule({text: (*stack, rest) for text, stack in first.ways.items()})

    def _operand(self, depth: int) -> Rule:
        names = self.names(Want("value", INTEGERS), depth)
        literals = one_of(literal for literal in self._literals if literal not in names.ways)
        return either(names, literals, *self._built(depth))

    def _built(self, depth: int) -> Iterable[Rule]:
        """Operands of more than a name."""
        if depth:
            yield word("(", self.expression(depth - 1), _CLOSE)
        yield word("sizeof", _OPEN, self._measured(), _CLOSE)
        characters = self.names(Want("pointer", frozenset({"char"})), 0)
        yield word("strlen", _OPEN, characters, _CLOSE)
        pointers = (name.symbol for name in self._scope.names if _points_to_integer(name))
        yield word("*", one_of(pointers))

    def _measured(self) -> Rule:
        """What has a size: types, variables, elements."""
        return self._cached(("measured",), self._types_and_variables)

    def _types_and_variables(self) -> Rule:
        basic = {first: (optional(one_of(more, _STAR)) if more else _STAR,) for first, more in _BASIC_TYPES.items()}
        structs = [symbol.split()[1] for symbol in self._scope.types if " " in symbol]
        types = [symbol for symbol in self._scope.types if " " not in symbol]
        first = optional(word("[", word("0"), _END_SUBSCRIPT))
        names = [name for name in self._scope.names if name.is_object]
        arrays = [name.symbol for name in names if name.place.levels]
        scalars = [name.symbol for name in names if not name.place.levels]
        pointers = word("*", one_of(arrays))
        return either(
            Rule(basic), one_of(types, _STAR), word("struct", one_of(structs, _STAR)), one_of(arrays, first),
            one_of(scalars), pointers,
        )  # fmt: skip


_STAR = optional(word("*"))


def _points_to_integer(name: Name) -> bool:
    return name.is_object and name.pointers > 0 and Want("pointer", INTEGERS).fits(name.place)


def _accesses(place: Place) -> tuple[str, ...]:
    """How a member of `place` is written."""
    if not place.is_known:
        return (".", "->")
    if place.levels == 0:
        return (".",)
    return ("->",) if place.levels == 1 else ()
