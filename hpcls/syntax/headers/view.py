"""A file with its headers in view: what they say of the names in it stands behind its own text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tree_sitter import Range, Tree

from hpcls.syntax.declarations import Symbol
from hpcls.syntax.headers.choice import Chosen, choose
from hpcls.syntax.headers.command import command_for
from hpcls.syntax.headers.lines import lines_of, without_comments
from hpcls.syntax.headers.walk import Walk
from hpcls.syntax.languages import LanguageName, parser_for
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source

_STEP = 65_536
"""What stands behind a file begins at a multiple of this, so that few edits move it."""
_LONGEST = 1_000_000
"""Bytes of headers that are brought in view at once."""
_TYPE = re.compile(r"[A-Za-z]\w*(?: [A-Za-z]\w*)*")
"""What a macro that stands for a type's name is defined as."""
_STATEMENTS = frozenset("if else for while do switch case default break continue goto return sizeof".split())
"""Where a macro takes the place of one of these, nothing is what it seems."""


@dataclass(frozen=True, eq=False)
class View:
    """A file as the analysis sees it."""

    source: Source
    """Its own text where it was; `headers` is the tree of what stands behind it."""
    scopes: ScopeTree
    macros: frozenset[str] = frozenset()
    """All that the command or a header defines as a macro anywhere, sure or not."""
    announced: frozenset[str] = frozenset()
    """The functions of which a header, at its top level, says that they are somewhere."""


def in_view(source: Source, scopes: ScopeTree, build_path: str | None = None) -> View:
    """`source`, which declares `scopes`, with what the project's own headers say of its names.

    They are found as the compiler would find them: by `compile_commands.json` in `build_path`, or near the file.  What
    cannot be found, read or decided is left out.
    """
    path = Path(source.path).absolute()
    command = command_for(path, Path(build_path) if build_path else None)
    if b"include" not in source.data and not (command.macros or command.before):
        return View(source, scopes)
    text = without_comments(source.data.decode("latin-1"))
    walk = Walk(path, command, source.language)
    left_out = walk.file(lines_of(text), len(text), _first_body(source))
    seen = View(source, scopes, frozenset(walk.defined.keys() | walk.own), _announced(walk))
    if not walk.defined.keys().isdisjoint(_STATEMENTS):
        return seen
    own = [one for one in scopes.symbols if not (one.kind == "macro" and _is_in(one.start, left_out))]
    outer = {one.name for one in own if one.scope_end > len(source.data) or one.kind == "macro"}
    declared = {one.name for one in own if one.kind != "macro"}
    chosen = choose(walk, text, outer, declared, source.language)
    size = len(chosen.sure) + len(chosen.doubtful)
    if size > _LONGEST or (not size and len(own) == len(scopes.symbols)):
        return seen
    return _joined(seen, [one for one in own if one.name not in chosen.replaced], chosen)


def _announced(walk: Walk) -> frozenset[str]:
    """The functions that headers declare without a body, none of which is a template or stands in a name space."""
    kinds: dict[str, set[str]] = {}
    for placed in walk.placed:
        for name in placed.piece.names:
            kinds.setdefault(name, set()).add(placed.piece.kind)
    return frozenset(name for name, found in kinds.items() if found == {"announced"})


def _first_body(source: Source) -> int:
    """Where the first function of the file begins, or its end."""
    bodies = (one.start_byte for one in source.tree.root_node.children if one.type == "function_definition")
    return next(bodies, len(source.data))


def _is_in(offset: int, ranges: list[tuple[int, int]]) -> bool:
    at = bisect_right(ranges, (offset, offset)) - 1
    return at >= 0 and offset < ranges[at][1]


def _joined(view: View, own: list[Symbol], chosen: Chosen) -> View:
    """The file with what was chosen behind it; `own` are the symbols that it keeps."""
    source = view.source
    start = -(-len(source.data) // _STEP) * _STEP
    behind = _behind(chosen, start, source.language)
    data = source.data.ljust(start) + chosen.sure.encode("latin-1")
    whole = replace(source, text=data.decode("utf-8", "replace"), data=data, headers=behind.tree)
    types = {one.name: one.value for one in behind.scopes.symbols if one.value and _TYPE.fullmatch(one.value)}
    seen = [
        replace(
            one,
            scope_end=behind.end if one.scope_end > len(source.data) else one.scope_end,
            type_text=types.get(one.type_text, one.type_text),
        )
        for one in own
    ]
    return replace(view, source=whole, scopes=view.scopes.within(seen, behind.scopes))


@dataclass(frozen=True, eq=False)
class _Behind:
    tree: Tree
    scopes: ScopeTree
    end: int


@lru_cache(maxsize=16)
def _behind(chosen: Chosen, start: int, language: LanguageName) -> _Behind:
    """What stands behind a file from the byte `start` on; what it declares is visible in all of the file."""
    middle = start + len(chosen.sure)
    end = middle + len(chosen.doubtful) + 1
    data = b" " * start + chosen.sure.encode("latin-1") + chosen.doubtful.encode("latin-1")
    sure, doubtful = (_parsed(data, *piece, language) for piece in ((start, middle), (middle, end - 1)))
    found = scopes_of(sure)
    symbols = [replace(one, scope_start=0, scope_end=end) if _is_outer(one, sure) else one for one in found.symbols]
    return _Behind(sure.tree, found.within([*symbols, *_unnamed(scopes_of(doubtful).symbols)]), end)


def _unnamed(symbols: Iterable[Symbol]) -> Iterator[Symbol]:
    """The fields among `symbols`, of types that no name in the file leads to, and which of these are unions."""
    for one in symbols:
        if one.kind == "field":
            yield replace(one, owner=f"{one.owner}?")
        elif one.kind == "union" or one.type_text.startswith("union"):
            yield replace(one, name=f"{one.name}?")


def _is_outer(symbol: Symbol, source: Source) -> bool:
    return symbol.scope_end > len(source.data)


def _parsed(data: bytes, start: int, end: int, language: LanguageName) -> Source:
    parser = parser_for(language)
    parser.included_ranges = [Range((0, start), (0, end), start, end)]
    return Source("", language, "", parser.parse(data[:end]), data=data[:end])
