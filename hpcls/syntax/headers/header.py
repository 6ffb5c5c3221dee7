"""One header, taken apart: its declarations as pieces of text, and the preprocessor's lines between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Literal

from tree_sitter import Node

from hpcls.errors import InputError
from hpcls.syntax.declarations import ATTRIBUTE_CONST, Symbol
from hpcls.syntax.headers.conditions import Meaning, holds
from hpcls.syntax.headers.lines import Branches, Line, Truth, lines_of, without_comments
from hpcls.syntax.languages import LanguageName, parser_for
from hpcls.syntax.scopes_walk import sweep
from hpcls.syntax.source import Source, decode

LARGEST = 512_000
"""Bytes of a header that is still read."""
_READ = frozenset(
    "declaration type_definition alias_declaration struct_specifier union_specifier enum_specifier class_specifier "
    "function_definition".split()
)
_CLASSES = ("class_specifier", "struct_specifier")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_PRAGMA = re.compile(r"omp\b")
_INK = re.compile(rb"[^\n]")

PieceKind = Literal["type", "variable", "function", "announced", "pragma", "other"]


@dataclass(frozen=True, eq=False)
class Piece:
    """One declaration at a header's top level."""

    kind: PieceKind
    """`announced` is a prototype that says no more, or a type without its body; `other` is known by its names alone."""
    start: int
    end: int
    names: frozenset[str]
    """What it declares for the rest of the text; a tag as `struct NAME`, whatever it is the tag of."""
    members: frozenset[str]
    """The fields and members of what it declares."""
    mentions: frozenset[str]
    """Every identifier in it."""
    parameters: tuple[str, ...] = ()
    """Of a function, as written."""


@dataclass(frozen=True, eq=False)
class Header:
    """One version of one header.  Its text has a character for each byte of the file."""

    text: str
    """Without comments and the preprocessor's lines."""
    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]
    is_guarded: bool
    """Included again, it says nothing."""


def read_header(path: Path, language: LanguageName) -> Header | None:
    """The header at `path`, read as `language`; None where it cannot be read, is binary or too large."""
    try:
        known = path.stat()
        if not S_ISREG(known.st_mode) or known.st_size > LARGEST:
            return None
        return _read(path, known.st_mtime_ns, known.st_size, language)
    except (OSError, InputError):
        return None


@lru_cache(maxsize=512)
def _read(path: Path, _changed: int, _size: int, language: LanguageName) -> Header:
    with path.open("rb") as file:
        data = file.read(LARGEST)
    return header_of(decode(data, str(path))[0], language)


def header_of(text: str, language: LanguageName) -> Header:
    """The header with this text."""
    written = without_comments(text.encode("utf-8", "surrogatepass").decode("latin-1"))
    lines = lines_of(written)
    kept = (line for line in lines if not (line.name == "pragma" and _PRAGMA.match(line.rest)))
    other_language = _other_language(lines, len(written), language)
    plain = blanked(written, [*((line.start, line.end) for line in kept), *other_language])
    is_guarded = guard_of(lines) is not None or any(_is_once(line) for line in lines)
    return Header(plain, lines, tuple(_pieces(plain, language)), is_guarded)


def blanked(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """`text` with spaces in `ranges`, line breaks kept."""
    found = bytearray(text, "latin-1")
    for start, end in ranges:
        found[start:end] = _INK.sub(b" ", found[start:end])
    return found.decode("latin-1")


def _is_once(line: Line) -> bool:
    return line.name == "pragma" and line.rest == "once"


def guard_of(lines: tuple[Line, ...]) -> str | None:
    """The macro that keeps a second inclusion from saying anything (GCC, Once-Only Headers)."""
    found = [line for line in lines if not _is_once(line)]
    if len(found) < 3 or found[1].name != "define" or found[-1].name != "endif":
        return None
    opening = re.fullmatch(r"(?:ifndef (\w+)|if ! ?defined ?\(? ?(\w+) ?\)?)", f"{found[0].name} {found[0].rest}")
    name = opening and (opening[1] or opening[2])
    return name if name == found[1].rest.partition(" ")[0] and _closes(found) else None


def _closes(lines: list[Line]) -> bool:
    """Whether the last line ends what the first one begins, with nothing in between that is its other half."""
    depth = 0
    for at, line in enumerate(lines):
        depth += line.name.startswith("if")
        if depth == 1 and line.name.startswith("el"):
            return False
        depth -= line.name == "endif"
        if depth == 0:
            return at == len(lines) - 1
    return False


def _other_language(lines: tuple[Line, ...], size: int, language: LanguageName) -> Iterator[tuple[int, int]]:
    """The ranges that are for C++ alone in C, and the other way about."""

    def meaning_of(name: str) -> Meaning:
        return "unknown" if name != "__cplusplus" or language == "cpp" else "undefined"

    def decided(line: Line) -> Truth:
        if language == "cpp" and line.rest in ("__cplusplus", "defined(__cplusplus)", "defined __cplusplus"):
            return line.name != "ifndef"
        return holds(line, meaning_of)

    branches = Branches()
    starts = [*(line.start for line in lines[1:]), size]
    for line, following in zip(lines, starts, strict=False):
        branches.see(line, decided)
        if branches.is_taken is False:
            yield line.end, following


def _pieces(text: str, language: LanguageName) -> Iterator[Piece]:
    data = text.encode("latin-1")
    source = Source("", language, text, parser_for(language).parse(data), data=data)
    symbols = sorted(sweep(source).symbols, key=lambda symbol: symbol.start)
    starts = [symbol.start for symbol in symbols]
    for node in _top_level(source.tree.root_node):
        inside = symbols[bisect_left(starts, node.start_byte) : bisect_left(starts, node.end_byte)]
        yield _piece(node, inside, source)


def _top_level(root: Node) -> Iterator[Node]:
    pending = list(reversed(root.children)) if root.type == "translation_unit" else [root]
    while pending:
        node = pending.pop()
        if node.type == "linkage_specification" and not node.has_error:
            body = node.child_by_field_name("body")
            pending += reversed(body.children if body and body.type == "declaration_list" else [body] if body else [])
        elif node.is_named and node.type not in ("comment", "string_literal"):
            yield node


def _piece(node: Node, symbols: list[Symbol], source: Source) -> Piece:
    start, end = node.start_byte, node.end_byte
    mentions = frozenset(_IDENTIFIER.findall(source.slice(start, end)))
    outer = [one for one in symbols if one.owner is None and one.scope_end > len(source.data)]
    members = frozenset(one.name for one in symbols if one.owner is not None)
    kind = _kind(node, outer)
    if kind == "other":
        names = mentions if node.type == "ERROR" else frozenset(map(_plain, symbols))
        return Piece(kind, start, end, names | frozenset(f"struct {name}" for name in names), members, mentions)
    parameters = outer[0].parameters if outer else ()
    return Piece(kind, start, end, frozenset(map(_spelled, outer)), members, mentions, parameters)


def _plain(symbol: Symbol) -> str:
    """The name without arguments: a specialisation says something of its template (C++20 [temp.spec])."""
    return symbol.name.partition("<")[0]


def _spelled(symbol: Symbol) -> str:
    return f"struct {_plain(symbol)}" if symbol.kind in ("struct", "union", "enum") else symbol.name


def _kind(node: Node, outer: list[Symbol]) -> PieceKind:
    if node.type == "template_declaration":
        inner = node.named_children[-1]
        return _kind(inner, outer) if inner.type in _CLASSES else "other"
    functions = [one for one in outer if one.kind == "function"]
    is_more = any(ATTRIBUTE_CONST in one.storage for one in functions)
    if node.type == "preproc_call":
        return "pragma"
    if node.type not in _READ or node.has_error:
        return "other"
    if node.type == "function_definition":
        return "function" if len(functions) == len(outer) == 1 else "other"
    if node.type == "declaration":
        if functions and not is_more:
            return "announced" if len(functions) == len(outer) else "other"
        return "function" if functions else "variable"
    is_announced = node.type.endswith("_specifier") and node.child_by_field_name("body") is None
    return "announced" if is_announced else "type"
