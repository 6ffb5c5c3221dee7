"""The headers of one file in the order in which a compiler meets them, with what is known of each branch (C17 6.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path

from hpcls.syntax.headers.command import Command
from hpcls.syntax.headers.conditions import Definition, Meaning, holds
from hpcls.syntax.headers.header import Header, Piece, blanked, guard_of, read_header
from hpcls.syntax.headers.library import is_standard, may_define
from hpcls.syntax.headers.lines import Branches, Line, Truth, conjunction
from hpcls.syntax.headers.search import find_header, included
from hpcls.syntax.languages import LanguageName

_MOST_FILES = 300
"""Headers that are read for one file."""
_MOST_BYTES = 4_000_000
_DEEPEST = 60
"""Headers within headers that are followed."""
_MACRO = re.compile(r"([A-Za-z_]\w*)(\([^()]*\))?(.*)", re.DOTALL)


@dataclass(frozen=True, eq=False)
class Placed:
    """A piece of a header as the compiler sees it."""

    piece: Piece
    text: str
    """Without the branches that are not compiled; a character for each byte."""
    is_certain: bool
    """The compiler surely sees it, and so."""


@dataclass
class Walk:
    """What was met so far."""

    path: Path
    """The file, absolute."""
    command: Command
    language: LanguageName
    placed: list[Placed] = field(default_factory=list[Placed])
    defined: dict[str, set[Definition]] = field(default_factory=dict[str, set[Definition]])
    """The macros of the headers and of the command, each with all that it is anywhere defined as."""
    doubtful: set[str] = field(default_factory=set[str])
    """Macros that are perhaps not what they are defined as: in a branch that is not decided, or undefined again."""
    own: set[str] = field(default_factory=set[str])
    """Macros that the file itself defines."""
    _table: dict[str, Meaning] = field(default_factory=dict[str, Meaning])
    _around: list[Path] = field(default_factory=list[Path])
    _seen: dict[Path, Header | None] = field(default_factory=dict[Path, Header | None])
    _bytes: int = 0
    _body: int = 0
    _misses: bool = False
    """A header of which nothing is known was included: it may define any macro."""

    def __post_init__(self) -> None:
        self._seen[self.path] = None
        self._around.append(self.command.directory / "command")
        for option, text in self.command.macros:
            name, given, value = text.partition("=")
            defined = Line("define", f"{name} {value if given else 1}", 0, 0)
            self._line(defined if option == "-D" else Line("undef", name, 0, 0))
        for name in self.command.before:
            self._include(f'"{name}"', True)

    def file(self, lines: tuple[Line, ...], size: int, body: int) -> list[tuple[int, int]]:
        """Goes through the file itself: the ranges of it that are not compiled.

        A header that is included behind `body`, where the first function begins, does not hold for all of it.
        """
        self._around.append(self.path)
        self._body = body
        return [(start, end) for start, end, truth in self._lines(lines, None, size) if truth is False]

    def meaning_of(self, name: str) -> Meaning:
        """What the preprocessor makes of `name` here."""
        known = self._table.get(name)
        if known is not None:
            return known
        if name == "__cplusplus" and self.language == "c":
            return "undefined"
        is_open = self._misses or not self.command.is_known
        return "unknown" if is_open or may_define(name) else "undefined"

    def _lines(
        self, lines: tuple[Line, ...], guard: str | None, size: int, outer: Truth = True
    ) -> Iterator[tuple[int, int, Truth]]:
        """Goes past `lines`; their ranges and those between them, and whether they are compiled."""
        branches, start = Branches(), 0
        if guard is not None:
            self._table.setdefault(guard, "undefined")
        for line in lines:
            yield start, line.start, conjunction(outer, branches.is_taken)
            branches.see(line, lambda asked: holds(asked, self.meaning_of))
            taken = conjunction(outer, branches.is_taken)
            yield line.start, line.end, taken
            if taken is not False:
                self._line(line, taken is True)
            start = line.end
        yield start, size, conjunction(outer, branches.is_taken)

    def _line(self, line: Line, is_certain: bool = True) -> None:
        if line.name == "define":
            self._define(line.rest, is_certain)
        elif line.name == "undef":
            self._undefine(line.rest.partition(" ")[0], is_certain)
        elif line.name in ("include", "include_next", "import"):
            is_early = self._around[-1] != self.path or line.start < self._body
            self._include(line.rest if line.name != "include_next" else "", is_certain and is_early)

    def _define(self, text: str, is_certain: bool) -> None:
        found = _MACRO.match(text)
        if found is None:
            return
        name, meaning = found[1], Definition(found[3].strip(), found[2])
        if self._around[-1] == self.path:
            self.own.add(name)
        else:
            self.defined.setdefault(name, set()).add(meaning)
            self.doubtful.update(() if is_certain else (name,))
        self._table[name] = meaning if is_certain else "unknown"

    def _undefine(self, name: str, is_certain: bool) -> None:
        if name in self.defined:
            self.doubtful.add(name)
        self._table[name] = "undefined" if is_certain else "unknown"

    def _include(self, text: str, is_certain: bool) -> None:
        meaning = self.meaning_of(text)
        found = included(meaning.value if isinstance(meaning, Definition) else text)
        path = find_header(*found, self._around[-1].parent, self.command) if found else None
        if path is None:
            self._misses |= found is None or not is_standard(found[0])
            return
        if path not in self._seen:
            self._first(path, is_certain)
        elif (known := self._seen[path]) is not None and not known.is_guarded:
            self._again(known)

    def _first(self, path: Path, is_certain: bool) -> None:
        is_within = len(self._seen) < _MOST_FILES and self._bytes < _MOST_BYTES and len(self._around) < _DEEPEST
        header = self._seen[path] = read_header(path, self.language) if is_within else None
        if header is None:
            self._misses = True
            return
        self._bytes += len(header.text)
        self._around.append(path)
        ranges = list(self._lines(header.lines, guard_of(header.lines), len(header.text), is_certain or None))
        self._around.pop()
        self.placed += _placed(header, ranges)

    def _again(self, header: Header) -> None:
        """A header without a guard may mean something else each time."""
        self.placed += [Placed(piece, "", False) for piece in header.pieces]
        self.doubtful.update(line.rest.partition(" ")[0].partition("(")[0] for line in header.lines)


def _placed(header: Header, ranges: Iterable[tuple[int, int, Truth]]) -> Iterator[Placed]:
    spans = list(ranges)
    text = blanked(header.text, [(start, end) for start, end, truth in spans if truth is False])
    at = 0
    for piece in header.pieces:
        while spans[at][1] <= piece.start:
            at += 1
        around = takewhile(lambda span, end=piece.end: span[0] < end, islice(spans, at, None))
        inside = {truth for _, _, truth in around}
        if inside != {False}:
            yield Placed(piece, text[piece.start : piece.end], None not in inside)
