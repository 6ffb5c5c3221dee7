"""Which variable a name means: one key for each declaration in view, so that shadowing confuses nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from hpcls.analysis.meanings import Meanings
from hpcls.analysis.number_types import MOST_ALIASES, NumberTypes, is_arithmetic_type
from hpcls.analysis.type_names import spelled_out
from hpcls.analysis.written_values import WrittenValues, literal_of
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Expression, Literal
from hpcls.syntax.headers.conditions import value_of
from hpcls.syntax.iterators import begun, unmoved
from hpcls.syntax.macros import expression_of
from hpcls.syntax.range_for import is_unwritten
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source

_WORD = re.compile(r"\b[A-Za-z_]")
_COUNTER = "size_t"
"""What a range-based loop counts in, written out."""
_LEADING = re.compile(r"\b(?:auto|decltype)\b|iterator|(?i:span|view|map|ptr|pointer|reference_wrapper)\b")
"""Types of variables that may lead to the memory of others, as pointers do."""
_FOLLOWED = re.compile(r"\.(\w+)[^.\[]*\[")
"""The fields in the path of a place that are subscripted or followed."""
ELEMENT = re.compile(r"[\w:]+\s*<\s*(?:const\s+|struct\s+)*([\w:]+)\s*((?:\*\s*)*)(?:,[^<>]*)?>")
"""A container with its elements' type and the pointers to it."""
_FIELD = re.compile(r"\.(\w+)")
VALUE_CONTAINERS = tuple("std::vector vector std::array array std::deque std::valarray std::string string".split())


class Variables:
    """The variables of one file."""

    def __init__(self, source: Source, scopes: ScopeTree, choice: int | None = None) -> None:
        """A macro that may be set elsewhere has no number, or by `choice` one of those that the file gives it."""
        self.source = source
        self._choice = choice
        self.meanings = Meanings(source, scopes)
        self._scopes = scopes
        self._is_c = source.language == "c"
        self._symbols: dict[str, Symbol] = {}
        self._keys: dict[tuple[str, int], str] = {}
        self._constants: dict[str, Expression | None] = {}
        self._arithmetic: dict[str, bool | None] = {}
        self.number_types = NumberTypes(scopes)
        self._written = WrittenValues(source, scopes, self.meanings, self.number_types)
        self._declared = scopes.by_place

    def choosing(self, choice: int) -> Variables:
        """The same variables, with a number for every macro."""
        return Variables(self.source, self._scopes, choice)

    def unsettled(self, key: str) -> tuple[Literal, ...]:
        """The numbers that the file gives a macro which may be set elsewhere; none of any other name."""
        symbol, values = self._symbols.get(key), self.meanings.macro_values
        if symbol is None or symbol.kind != "macro" or symbol.parameters or values.is_settled(symbol):
            return ()
        found = (self._computed(symbol, text) for text in values.of(symbol))
        return tuple(literal for literal in found if literal is not None)

    def _computed(self, symbol: Symbol, text: str) -> Literal | None:
        """A value that is a number, or a sum or a product of numbers."""
        plain = None if _WORD.search(text) else expression_of(text, True, self.source.language)
        value = value_of(plain[0]) if plain else None
        return literal_of(symbol, text if value is None else str(value))

    def usual(self, key: str) -> Expression | None:
        """The constant, or for a macro the only number that the file gives it."""
        constant, unsettled = self.constant(key), self.unsettled(key)
        return unsettled[0] if constant is None and len(unsettled) == 1 else constant

    def key(self, name: str, offset: int) -> str:
        """The key of the variable that `name` means at `offset`."""
        place = (name, offset)
        known = self._keys.get(place)
        if known is None:
            known = self._keys[place] = self._key(name, offset)
        return known

    def _key(self, name: str, offset: int) -> str:
        if is_unwritten(name):
            self._symbols[name] = Symbol(name, "variable", offset, offset, offset, offset, _COUNTER)
            return name
        symbol = self._declared.get(offset)
        if symbol is None or symbol.name != name:
            symbol = self._scopes.lookup(name, offset)
        if symbol is None:
            return name
        key = f"{name}@{symbol.start}"
        self._symbols[key] = symbol
        return key

    def symbol(self, key: str) -> Symbol | None:
        """The declaration of the variable; None if it is not in view."""
        return self._symbols.get(key)

    def is_own_member(self, name: str, offset: int) -> bool:
        """Whether a bare `name` at `offset` is what `this->name` is there: nothing nearer has that name."""
        symbol = self.symbol(self.key(name, offset))
        return symbol is None or symbol.kind == "field"

    def field(self, owner: str, name: str) -> Symbol | None:
        """The declaration of a member of the struct or class `owner`; None if it is not in view."""
        return self._owned.get((owner, name))

    @cached_property
    def _owned(self) -> dict[tuple[str | None, str], Symbol]:
        """The members by their owner and name, the first of each."""
        return {(one.owner, one.name): one for found in self.fields.values() for one in reversed(found)}

    @cached_property
    def field_levels(self) -> dict[str, int]:
        """How many subscripts and arrows the deepest member of each name takes by its own declaration."""
        fields = self.fields.items()
        return {name: max(one.pointers + len(one.dimensions) for one in found) for name, found in fields}

    def may_share_storage(self, key: str, fields: Sequence[str]) -> bool:
        """Whether two of the fields on ways from the variable may be of one union; not where both are its own, and
        one of them stands in no union.
        """
        symbol = self._symbols.get(key)
        owner = symbol.type_text.removeprefix("struct ") if symbol else ""
        found = [self.field(owner, one) for one in fields]
        own = [one for one in found if one is not None]
        is_apart = len(fields) == len(own) == 2 and not all(map(self.meanings.is_in_union, own))
        return not is_apart and not self.meanings.union_fields.isdisjoint(fields)

    @cached_property
    def open_macros(self) -> frozenset[str]:
        """The names of the macros of which some definition may not be the last word."""
        names = self.meanings.macro_values.open_names
        return frozenset(one.name for one in self._scopes.symbols if one.kind == "macro" and one.name in names)

    @cached_property
    def fields(self) -> dict[str, list[Symbol]]:
        """The members of all structs and classes in view, by name."""
        found: dict[str, list[Symbol]] = {}
        for one in self._scopes.symbols:
            if one.kind == "field":
                found.setdefault(one.name, []).append(one)
        return found

    def is_declared_in(self, key: str, start: int, end: int) -> bool:
        """Whether the variable is declared between two offsets, so that each execution of that text has its own."""
        symbol = self._symbols.get(key)
        if symbol is None or not start <= symbol.start < end:
            return False
        return symbol.storage.isdisjoint(("static", "extern"))

    def is_callable(self, name: str, offset: int) -> bool:
        """Whether a declaration in view makes `name` a function, a variable or a function-like macro."""
        symbol = self.symbol(self.key(name, offset))
        if symbol is None:
            return False
        if symbol.kind == "macro" and not symbol.parameters and symbol.value:
            # `#define real double`: a conversion to it is no call
            return not is_arithmetic_type(symbol.value)
        return symbol.kind in ("function", "variable", "parameter", "field", "macro")

    def number_named(self, name: str, offset: int) -> str | None:
        """The type of numbers that `name` is a name in view for: `name(x)` is a conversion (C++20 [expr.type.conv])."""
        symbol = self.symbol(self.key(name, offset))
        return self._number(name, offset) if symbol is not None and symbol.kind == "type" else None

    @cached_property
    def has_named_numbers(self) -> bool:
        """Whether a type of numbers has another name in view."""
        return any(one.kind == "type" and self._number(one.name, one.start) for one in self._scopes.symbols)

    def _number(self, type_text: str, offset: int) -> str | None:
        return self.number_types.named(type_text, offset)

    def constant(self, key: str) -> Expression | None:
        """The value of an integer macro, of an enumerator or of a constant variable, as a literal."""
        symbol = self._symbols.get(key)
        if symbol is not None and key not in self._constants:
            unsettled = () if self._choice is None else self.unsettled(key)
            text = None if unsettled else self._written.of(symbol)
            only = literal_of(symbol, text) if text else None
            self._constants[key] = unsettled[min(self._choice or 0, len(unsettled) - 1)] if unsettled else only
        return self._constants.get(key)

    def is_arithmetic(self, key: str) -> bool | None:
        """Whether the variable holds a number; None where its type is not in view."""
        symbol = self._symbols.get(key)
        if symbol is not None and key not in self._arithmetic:
            self._arithmetic[key] = self._holds_number(symbol)
        return self._arithmetic.get(key)

    def _holds_number(self, symbol: Symbol) -> bool | None:
        if symbol.kind not in ("variable", "parameter", "field") or symbol.pointers or symbol.dimensions:
            return False
        if self._number(symbol.type_text, symbol.start) is not None:
            return True
        # a typedef in C that is accumulated into names a number
        is_name = self._is_c and {"struct", "union"}.isdisjoint(symbol.type_text.split())
        return False if self._names_memory(symbol) else True if is_name else None

    def is_number(self, key: str) -> bool:
        """Whether the variable holds a number by the types in view."""
        symbol = self._symbols.get(key)
        plain = None if symbol is None or symbol.pointers or symbol.dimensions else symbol
        return plain is not None and self._number(plain.type_text, plain.start) is not None

    def _names_memory(self, symbol: Symbol) -> bool:
        """Whether the symbol's type is a name in view for pointers or arrays: `typedef double vector[9];`."""
        for _ in range(MOST_ALIASES):
            if (alias := self.alias(symbol)) is None or alias.pointers or alias.dimensions:
                return alias is not None
            symbol = alias
        return False

    def elements(self, key: str) -> bool | None:
        """Whether the array, or what the pointer leads to, holds numbers; None where its type is not in view."""
        symbol = self._symbols.get(key)
        if symbol is None:
            return None
        return symbol.pointers + len(symbol.dimensions) > 0 and self._number(symbol.type_text, symbol.start) is not None

    def is_iterator(self, key: str, first: Expression) -> bool:
        """Whether a variable that is no pointer is an iterator, by its type or by `first`, its first value."""
        symbol = self._symbols.get(key)
        if symbol is None or symbol.pointers:
            return False
        return "iterator" in symbol.type_text or begun(unmoved(first)) is not None

    def hides_memory(self, key: str) -> bool:
        """Whether the name is a macro that stands for variables or memory under another name."""
        symbol = self._symbols.get(key)
        return symbol is not None and self.meanings.hides_memory(symbol)

    def is_narrow(self, key: str) -> bool:
        """Whether the variable may not hold all of what it is given: it is a small integer or a floating type."""
        symbol = self._symbols.get(key)
        plain = None if symbol is None or symbol.pointers else symbol
        return plain is not None and self.number_types.is_narrow(plain.type_text, plain.start)

    def owns_elements(self, key: str) -> bool:
        """Whether the variable is a container, whose first value is its size or a copy, not memory of another name."""
        symbol = self._symbols.get(key)
        if symbol is None or symbol.pointers or symbol.reference or "iterator" in symbol.type_text:
            return False
        return self.is_sequence(symbol)

    def owns_numbers(self, key: str) -> bool:
        """Whether the variable is a container of numbers, or a reference to one: what is made of it is a copy."""
        symbol = self._symbols.get(key)
        return symbol is not None and self.is_container(key) and self._owns_all(symbol)

    def is_container(self, key: str) -> bool:
        """Whether the variable is one of the standard containers, or a reference to one, that holds no pointers."""
        symbol = self._symbols.get(key)
        if symbol is None or symbol.pointers or symbol.dimensions or "*" in symbol.type_text:
            return False
        return self.is_sequence(symbol)

    def is_sequence(self, symbol: Symbol) -> bool:
        """Whether the type, or what its name in view stands for, is a container that owns its elements."""
        alias = self.alias(symbol)
        named = alias is not None and not alias.pointers and alias.type_text.startswith(VALUE_CONTAINERS)
        return named or symbol.type_text.startswith(VALUE_CONTAINERS)

    def may_lead_elsewhere(self, key: str, path: str) -> bool:
        """Whether `path` may leave the storage of a variable that is declared as no pointer: by a pointer in it, or a
        field that is not in view.
        """
        symbol = self._symbols.get(key)
        if symbol is None:
            return False
        if path.startswith("[]") and not symbol.dimensions and self._is_view(symbol, path):
            return True
        if any(map(self.is_reference_field, _FIELD.findall(path))):
            return True
        fields = [self.fields.get(name, ()) for name in _FOLLOWED.findall(path)]
        if not all(fields) or any(self._leads_on(one) for found in fields for one in found):
            return True
        end = self.source.tree.root_node.end_byte
        if all(any(one.start < end for one in found) for found in fields):
            return False
        # a header's struct has a field of that name: is it that of the variable?
        owners = [symbol, *(one for name in _FIELD.findall(path)[:-1] for one in self.fields.get(name, ()))]
        return not all(map(self._has_fields, owners))

    def _has_fields(self, symbol: Symbol) -> bool:
        """Whether what the type of `symbol` consists of is in view."""
        return bool(self._scopes.fields(symbol.type_text.partition("<")[0].rpartition("::")[2]))

    def _is_view(self, symbol: Symbol, path: str) -> bool:
        leads_twice = path.startswith("[][]") and "*" in symbol.type_text
        return bool(self._alias_pointers(symbol)) or leads_twice or bool(_LEADING.search(symbol.type_text))

    def _alias_pointers(self, symbol: Symbol) -> int | None:
        """How many pointers the name of the symbol's type stands for; None where it is no such name in view."""
        alias = self.alias(symbol)
        return alias.pointers if alias else None

    def alias(self, symbol: Symbol) -> Symbol | None:
        """The name in view that the symbol's type is; None where its type is spelled out."""
        return self.named_type(symbol.type_text, symbol.start)

    def named_type(self, name: str, offset: int) -> Symbol | None:
        """The name in view that `name` is at `offset`, where it stands for another type."""
        alias = self._scopes.lookup(name, offset)
        return alias if alias is not None and alias.kind == "type" else None

    def is_template_parameter(self, name: str, offset: int) -> bool:
        """Whether `name` stands at `offset` for a type that the use of a template gives."""
        found = self._scopes.lookup(name, offset)
        return found is not None and found.kind == "template-parameter"

    def _leads_on(self, field: Symbol) -> bool:
        """Whether what is in a field by subscripts may be outside of the object and what it owns."""
        if field.pointers or field.reference or "*" in field.type_text or _LEADING.search(field.type_text):
            return True
        if field.dimensions or field.type_text.startswith(VALUE_CONTAINERS):
            return False
        pointers = self._alias_pointers(field)
        return field.type_text not in self.meanings.classes if pointers is None else pointers > 0

    def is_contiguous(self, key: str, path: str) -> bool:
        """Whether `path` stays in one block, the variable's own or one that it points to: no other pointer follows."""
        symbol = self._symbols.get(key)
        if symbol is None or "." in path:
            return False
        if self.is_sequence(symbol) and not symbol.pointers:
            return path.count("[]") <= 1 + len(symbol.dimensions) or self._owns_all(symbol)
        return symbol.pointers == symbol.leads_to_rows and symbol.pointers + len(symbol.dimensions) >= path.count("[]")

    def holds(self, field: str, depth: int) -> bool:
        """Whether `depth` subscripts on a field called so stay in the object, and in what it owns."""
        found = self.fields.get(field, ())
        return bool(found) and all(self._owns(one, depth) for one in found)

    def is_reference_field(self, field: str) -> bool:
        """Whether a field called so stands for memory elsewhere."""
        return field in self._reference_fields

    def has_reference_field(self, owner: str) -> bool:
        """Whether a struct called so has such a field."""
        return any(one.reference and one.owner == owner for found in self.fields.values() for one in found)

    @cached_property
    def _reference_fields(self) -> frozenset[str]:
        return frozenset(one.name for found in self.fields.values() for one in found if one.reference)

    def _owns(self, field: Symbol, depth: int) -> bool:
        if field.pointers or field.reference or self._alias_pointers(field):
            return False
        levels = len(field.dimensions)
        return depth <= levels or (self.is_sequence(field) and (depth == levels + 1 or self._owns_all(field)))

    def _owns_all(self, container: Symbol) -> bool:
        """Whether the elements, and theirs, are numbers in containers: nothing that could lead elsewhere."""
        whole = spelled_out(container.type_text, lambda name: self.named_type(name, container.start))
        text = re.sub(r",\s*\w+\s*(?=>)", "", whole)
        words = re.findall(r"[A-Za-z_]\w*", text.replace("std::", ""))
        is_deduced = words in (["vector"], ["array"], ["deque"], ["valarray"])
        return (
            not is_deduced
            and "*" not in text
            and all(is_arithmetic_type(word) or word in VALUE_CONTAINERS for word in words)
        )

    def is_address(self, key: str, path: str) -> bool:
        """Whether `path` ends in a pointer or an array: to read it is to read none of what it leads to."""
        _, dot, field = path.rpartition(".")
        symbol = self._symbols.get(key)
        found = self.fields.get(field.partition("[")[0], ()) if dot else [symbol] if symbol else ()
        depth = field.count("[]")
        return bool(found) and all(self._levels(one) > depth for one in found)

    def _levels(self, symbol: Symbol) -> int:
        """How many subscripts lead to something that is no address any more."""
        own = symbol.pointers + len(symbol.dimensions)
        held = ELEMENT.fullmatch(symbol.type_text) if self.is_sequence(symbol) else None
        alias = self._scopes.lookup(held[1], symbol.start) if held else None
        named = alias.pointers if alias is not None and alias.kind == "type" else 0
        return own + 1 + held[2].count("*") + named if held and (held[2] or named) else own

    def is_object(self, key: str) -> bool:
        """Whether the variable is storage of its own: an array or a container by value, overlapping nothing else."""
        symbol = self._symbols.get(key)
        if symbol is None or symbol.pointers or symbol.reference:
            return False
        if symbol.kind == "parameter":
            return not (self._is_c or symbol.dimensions) and symbol.type_text.startswith(VALUE_CONTAINERS)
        return symbol.kind == "variable" and (bool(symbol.dimensions) or not self._is_view(symbol, ""))


def spelling(key: str) -> str:
    """The name that the user wrote."""
    return key.partition("@")[0]
