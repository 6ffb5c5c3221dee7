"""What a function sees of its file: variables and constants at file scope, as short declarations."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.syntax.scopes import ScopeTree, Symbol
from hpcls.syntax.source import Source
from hpcls.tokens.encode import encode
from hpcls.tokens.symbols import Numbering, SymbolTable

_MOST = 16
"""Declarations: those nearest in front of the function."""
_LONGEST = 14
"""Words of one of them."""


def outline(
    source: Source, span: tuple[int, int], scopes: ScopeTree, names: SymbolTable
) -> tuple[tuple[str, ...], SymbolTable]:
    """Words that declare what is visible at file scope in front of `span`, and `names` with what they name."""
    seen = [symbol for symbol in scopes.symbols if _is_outside(symbol, span, source)][-_MOST:]
    words: list[str] = []
    for symbol in seen:
        declared, names = _declaration(source, symbol, scopes, names)
        words.extend(declared)
    return tuple(words), names


def _is_outside(symbol: Symbol, span: tuple[int, int], source: Source) -> bool:
    if symbol.start >= span[0] or symbol.scope_end < span[1]:
        return False
    if symbol.kind == "macro":
        return bool(symbol.value) and len(symbol.value or "") < 24 and not symbol.parameters
    return symbol.kind == "variable" and symbol.owner is None and symbol.scope_end >= len(source.data) - 1


def _declaration(
    source: Source, symbol: Symbol, scopes: ScopeTree, names: SymbolTable
) -> tuple[tuple[str, ...], SymbolTable]:
    """`double * arr_0 ;` or `#define macro_0 100 ;`."""
    own = encode(source, names, (symbol.start, symbol.end), scopes)
    numbering = Numbering(own.names, None)
    if symbol.kind == "macro":
        value = [word if word.isdigit() and len(word) < 4 else "num_0" for word in (symbol.value or "").split()]
        return (("#define", *own.tokens, *value[:1], ";"), numbering.table())
    dimensions = [word for extent in symbol.dimensions for word in ("[", *_known(extent, numbering.table()), "]")]
    kind = [_typed(word) for word in symbol.type_text.split()[:3]]
    words = (*kind, *("*" * symbol.pointers), *own.tokens, *dimensions, ";")
    return (words if len(words) <= _LONGEST else (), numbering.table())


def _typed(word: str) -> str:
    known = {"int", "double", "float", "char", "long", "short", "unsigned", "struct", "bool", "size_t"}
    return word if word in known or word.startswith("MPI_") else "type_0"


def _known(extent: str, names: SymbolTable) -> Iterator[str]:
    """An extent that is a small number or a name with a symbol; nothing for what is longer."""
    text = extent.strip()
    symbol = names.symbol("macro", text) or names.symbol("const", text) or names.symbol("var", text)
    if symbol:
        yield symbol
    elif text.isdigit() and len(text) < 4:
        yield text
