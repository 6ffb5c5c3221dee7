"""Tokompiler (Kadosh et al., "Scope is all you need", arXiv:2308.09440), made reversible: source to tokens."""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source
from hpcls.tokens.kinds import Kinds
from hpcls.tokens.lexer import Token, lex
from hpcls.tokens.symbols import Numbering, SymbolPrefix, SymbolTable
from hpcls.tokens.vocabulary import is_known_header, is_small_literal


@dataclass(frozen=True)
class Encoded:
    """A text as tokens."""

    tokens: tuple[str, ...]
    """Names of the program's own are symbols; what every program shares stays; comments and layout are gone."""
    offsets: tuple[tuple[int, int], ...]
    """Bytes of the source that each token stands for; empty ranges for the ends of directives."""
    names: SymbolTable
    """What the symbols stand for."""


def encode(
    source: Source,
    names: SymbolTable | None = None,
    span: tuple[int, int] | None = None,
    scopes: ScopeTree | None = None,
) -> Encoded:
    """`source`, or the bytes `span` of it, as tokens.

    `names` is the table of the previous version: what is still there keeps its symbol, new names take numbers that are
    free (for a `span` all of them stay taken).  `scopes` saves finding the declarations again.
    """
    tokens = lex(source, span)
    kinds = Kinds(source, tokens, scopes or scopes_of(source))
    still_there = frozenset(token.text for token in tokens) if span is None else None
    numbering = Numbering(names or SymbolTable(), still_there)
    encoded = tuple(_encoded(token, at, kinds, numbering) for at, token in enumerate(tokens))
    return Encoded(encoded, tuple((token.start, token.end) for token in tokens), numbering.table())


def _encoded(token: Token, at: int, kinds: Kinds, numbering: Numbering) -> str:
    prefix = kinds.prefix(at) if token.kind == "name" else _folded(token)
    if token.kind in ("directive", "newline"):
        kinds.directive(at)
    return token.text if prefix is None else numbering.symbol(prefix, token.text)


def _folded(token: Token) -> SymbolPrefix | None:
    """The kind of symbol for what is no name; None for what stays."""
    match token.kind:
        case "operator":
            return None if token.text.isprintable() else "txt"
        case "number":
            return None if is_small_literal(token.text) else "num"
        case "string":
            return None if is_small_literal(token.text) else "str"
        case "character":
            return None if is_small_literal(token.text) else "chr"
        case "header":
            return None if is_known_header(token.text) else "hdr"
        case "text":
            return "txt"
        case _:
            return None
