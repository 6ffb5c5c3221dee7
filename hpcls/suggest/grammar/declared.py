"""Declarations, read as the names that an answer may use."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from hpcls.suggest.grammar.names import Name, Place, Scope
from hpcls.syntax.mpi import mpi_constant
from hpcls.syntax.scopes import ScopeTree, Symbol
from hpcls.tokens.symbols import SymbolTable
from hpcls.tokens.vocabulary import words as word_list

_INTEGER = re.compile(r"(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*")
_SYMBOL = re.compile(r"([a-z]+)_\d+")
_BASIC = frozenset(
    "void char short int long float double signed unsigned bool _Bool _Complex complex const volatile struct union enum"
    " class".split()
)
_HANDLE_TYPES = {
    "communicator": "MPI_Comm", "datatype": "MPI_Datatype", "operation": "MPI_Op", "info": "MPI_Info",
    "group": "MPI_Group", "errhandler": "MPI_Errhandler",
}  # fmt: skip
_EXITS = ("EXIT_FAILURE", "EXIT_SUCCESS")
_ALIASES = 8
"""Type definitions of type definitions."""
_MEMBERS = 2
"""Members of members."""


def scopes_at(tree: ScopeTree, names: SymbolTable, words: Collection[str], offsets: Sequence[int]) -> tuple[Scope, ...]:
    """The scope at each of `offsets` (bytes), the same one where nothing changes between them.

    Only what occurs in `words`, as Tokompiler writes it, is in scope; `names` is what its symbols stand for.
    """
    reader = _Reader(tree, names, words)
    found: dict[int, Scope] = {}
    scopes: list[Scope] = []
    for offset in offsets:
        region = bisect_right(reader.borders, offset)
        if region not in found:
            found[region] = reader.scope(offset)
        scopes.append(found[region])
    return tuple(scopes)


class _Reader:
    """Declarations, read as names that an answer may use."""

    def __init__(self, tree: ScopeTree, names: SymbolTable, words: Collection[str]) -> None:
        self._tree = tree
        self._names = names
        self._declared = {symbol.name for symbol in tree.symbols}
        spelled = (word for word in sorted(words) if _SYMBOL.fullmatch(word) or word in self._declared)
        self._spelled = {word: names.spelled(word) for word in spelled}
        self._literals = tuple(Name(word, "int") for word in sorted(words) if word.isdigit() or word in _EXITS)
        self._types = {symbol.name: symbol for symbol in tree.symbols if symbol.kind == "type"}

    @cached_property
    def borders(self) -> tuple[int, ...]:
        """Where what is visible may change."""
        spelled = set(self._spelled.values())
        own = [symbol for symbol in self._tree.symbols if symbol.name in spelled]
        return tuple(sorted({border for symbol in own for border in (symbol.scope_start, symbol.scope_end)}))

    def scope(self, offset: int) -> Scope:
        """What is in scope at a byte."""
        names = [name for word, spelling in self._spelled.items() for name in self._named(word, spelling, offset)]
        return Scope(
            (*names, *self._literals),
            tuple(word for word in self._with_prefix("func", offset) if self._spelled[word] in self._declared),
            (
                *self._with_prefix("type", offset),
                *(f"struct {word}" for word in self._with_prefix("struct", offset)),
            ),
            tuple(word for word in self._spelled if word.startswith("field_")),
        )

    def _with_prefix(self, prefix: str, offset: int) -> Iterator[str]:
        for word, spelling in self._spelled.items():
            if word.startswith(f"{prefix}_") and self._may_be_seen(spelling, offset):
                yield word

    def _may_be_seen(self, spelling: str, offset: int) -> bool:
        return spelling not in self._declared or self._tree.lookup(spelling, offset) is not None

    def _named(self, word: str, spelling: str, offset: int) -> Iterator[Name]:
        match word.partition("_")[0]:
            case "num":
                yield Name(word, "int" if _INTEGER.fullmatch(spelling) else "double")
            case "str":
                yield Name(word, "char", 1)
            case "const":
                if self._may_be_seen(spelling, offset):
                    yield Name(word, "int")
            case prefix:
                symbol = self._tree.lookup(spelling, offset)
                if symbol is not None:
                    yield from self._declaration(word, symbol)
                elif spelling not in self._declared and prefix in ("var", "arr", "macro"):
                    yield Name(word, is_known=False)

    def _declaration(self, word: str, symbol: Symbol) -> Iterator[Name]:
        match symbol.kind:
            case "macro":
                if not symbol.parameters and symbol.value:
                    yield _macro(word, symbol.value)
            case "variable" | "parameter" | "field":
                place = self._place(symbol, _MEMBERS)
                is_constant = ("const-pointee" if place.pointers else "const") in symbol.storage
                yield Name(
                    word, place.c_type, place.pointers, place.dimensions, place.is_known, place.members,
                    symbol.kind == "parameter", is_constant,
                )  # fmt: skip
            case _:
                pass

    def _place(self, symbol: Symbol, members: int) -> Place:
        """What a declaration makes of its name."""
        c_type, pointers, dimensions = symbol.type_text, symbol.pointers, len(symbol.dimensions)
        for _ in range(_ALIASES):
            alias = self._types.get(c_type)
            if alias is None:
                break
            pointers += alias.pointers
            dimensions += len(alias.dimensions)
            c_type = alias.type_text
        fields = self._tree.fields(c_type) if members else ()
        known = bool(fields) or _is_known(c_type, self._declared)
        listed = ((self._names.symbol("field", one.name), self._place(one, members - 1)) for one in fields)
        kept = tuple((field, place) for field, place in listed if field in self._spelled)
        return Place(c_type, pointers, dimensions, known, tuple((field or "", place) for field, place in kept))


def _is_known(c_type: str, declared: Collection[str]) -> bool:
    """Whether the type says what it is: C's, MPI's, the standard library's or one that is declared here."""
    words = c_type.split()
    if not words or words[0] == "auto":
        return False
    if words[0].startswith("MPI_") or not _BASIC.isdisjoint(words):
        return True
    name = re.split(r"[<:]", c_type)[0]
    return name == "std" or name in word_list("names_c") or name in word_list("names_cpp") or name in declared


def _macro(word: str, value: str) -> Name:
    """A macro by its value: a number, a string, one of MPI's constants, otherwise anything."""
    text = value.strip().strip("()").strip()
    constant = mpi_constant(text)
    if constant is not None:
        return Name(word, _HANDLE_TYPES.get(constant.kind, "int"))
    if text.startswith('"'):
        return Name(word, "char", 1)
    if re.fullmatch(r"[\d\s+*/()<-]+", text):
        return Name(word, "int")
    return Name(word, is_known=False) if not re.match(r"[\d.]", text) else Name(word, "double")
