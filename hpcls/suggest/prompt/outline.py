"""What a function sees of its file: variables and constants at file scope, as short declarations."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.syntax.scopes import ScopeTree, Symbol
from hpcls.tokens.symbols import Numbering, SymbolPrefix, SymbolTable

_MOST = 16
"""Declarations: those nearest in front of the function."""
_LONGEST = 14
"""Words of one of them."""
_TYPES = frozenset("int double float char long short unsigned struct bool size_t void".split())
_LONGEST_VALUE = 24
"""Characters of a macro that is shown."""


def outline(
    span: tuple[int, int], size: int, scopes: ScopeTree, names: SymbolTable
) -> tuple[tuple[str, ...], SymbolTable]:
    """Words that declare what is visible at file scope in front of the bytes `span`, and `names` with what they name.

    `size` is that of the file, in bytes.
    """
    seen = [symbol for symbol in scopes.symbols if _is_outside(symbol, span, size)][-_MOST:]
    numbering = Numbering(names, None)
    declared = [tuple(_declaration(symbol, numbering)) for symbol in seen]
    return tuple(word for words in declared if len(words) <= _LONGEST for word in words), numbering.table()


def _is_outside(symbol: Symbol, span: tuple[int, int], size: int) -> bool:
    if symbol.start >= span[0] or symbol.scope_end < span[1]:
        return False
    if symbol.kind == "macro":
        return 0 < len(symbol.value or "") < _LONGEST_VALUE and not symbol.parameters
    return symbol.kind == "variable" and symbol.owner is None and symbol.scope_end >= size - 1


def _declaration(symbol: Symbol, numbering: Numbering) -> Iterator[str]:
    """`double * arr_0 ;` or `#define macro_0 100 ;`."""
    if symbol.kind == "macro":
        yield from ("#define", numbering.symbol("macro", symbol.name), *_value(symbol.value or ""), ";")
        return
    yield from (
        word if word in _TYPES or word.startswith("MPI_") else "type_0" for word in symbol.type_text.split()[:3]
    )
    prefix: SymbolPrefix = "arr" if symbol.dimensions else "var"
    yield from (*("*" * symbol.pointers), numbering.symbol(prefix, symbol.name))
    for extent in symbol.dimensions:
        yield from ("[", *_extent(extent.strip(), numbering.table()), "]")
    yield ";"


def _value(text: str) -> Iterator[str]:
    words = text.split()
    if words:
        yield words[0] if words[0].isdigit() and len(words[0]) < 4 else "num_0"


def _extent(text: str, names: SymbolTable) -> Iterator[str]:
    """A small number, or a name that has a symbol; nothing for what is longer."""
    symbol = names.symbol("macro", text) or names.symbol("const", text) or names.symbol("var", text)
    if symbol or (text.isdigit() and len(text) < 4):
        yield symbol or text
