"""What all questions about one function share: an outline, and the function with its lines numbered."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache

from tree_sitter import Language, Node, Query, QueryCursor

from hpcls.suggest.prompt.lines import line_ends
from hpcls.suggest.prompt.outline import outline
from hpcls.suggest.prompt.words import CODE, LINES, START, line_marker
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source
from hpcls.tokens.encode import Encoded, encode
from hpcls.tokens.symbols import SymbolTable

Span = tuple[int, int]
"""Bytes of a source."""


@dataclass(frozen=True)
class CodePrompt:
    """A function, or a fragment, as words."""

    words: tuple[str, ...]
    names: SymbolTable
    encoded: Encoded = field(repr=False)
    ends: tuple[int, ...]
    """For each line the index behind its last token in `encoded`."""
    first: int
    last: int
    """The lines that are shown: `first <= line < last`, counted from 0.  The first one shown has the number 1."""

    def number_at(self, offset: int) -> int | None:
        """The number of the line that holds the token at or behind the byte `offset`; None where it is not shown."""
        token = bisect_left(self.encoded.offsets, (offset, 0))
        line = bisect_right(self.ends, token)
        return line - self.first + 1 if self.first <= line < self.last else None

    def end_of(self, number: int) -> int:
        """The byte behind line `number`; the start of the code for 0."""
        line = self.first + number - 1
        if line < 0:
            return self.encoded.offsets[0][0] if self.encoded.offsets else 0
        return self.encoded.offsets[self.ends[line] - 1][1]

    def start_after(self, number: int) -> int | None:
        """The byte where the line behind `number` begins; None behind the last one."""
        token = self.ends[self.first + number - 1] if self.first + number > 0 else 0
        return self.encoded.offsets[token][0] if token < len(self.encoded.offsets) else None

    @property
    def is_whole(self) -> bool:
        """Whether every line is shown."""
        return self.first == 0 and self.last == len(self.ends)

    @property
    def lines(self) -> int:
        """How many lines are shown."""
        return self.last - self.first


def code_prompt(
    source: Source,
    span: Span,
    scopes: ScopeTree,
    budget: int,
    focus: Span | None = None,
) -> CodePrompt:
    """The code of `span` in at most about `budget` words.

    Where not all lines fit, those nearest to the bytes `focus` stay.  Symbols are numbered by first appearance, so that
    an edit leaves what stands before it as it was.
    """
    encoded = encode(source, None, span, scopes)
    declared, table = outline(span, len(source.data), scopes, encoded.names)
    starts = source.line_starts
    breaks = frozenset(
        i
        for i, (here, there) in enumerate(zip(encoded.offsets, encoded.offsets[1:], strict=False))
        if bisect_right(starts, here[0]) != bisect_right(starts, there[0])
    )
    ends = line_ends(encoded.tokens, breaks)
    first, last = _shown(encoded, ends, budget - len(declared), focus)
    return CodePrompt(
        (START, *declared, CODE, *numbered(encoded.tokens, ends, first, last)), table, encoded, ends, first, last
    )


def numbered(tokens: tuple[str, ...], ends: tuple[int, ...], first: int, last: int) -> tuple[str, ...]:
    """The lines `first <= line < last`, each behind its marker, and two more markers at the end: see `gap_marker`."""
    found: list[str] = []
    number = 0
    start = ends[first - 1] if first else 0
    for number, end in enumerate(ends[first:last], 1):
        found.append(line_marker(number))
        found.extend(tokens[start:end])
        start = end
    found.extend((line_marker(number + 1), line_marker(number + 2)))
    return tuple(found)


def _shown(encoded: Encoded, ends: tuple[int, ...], budget: int, focus: Span | None) -> tuple[int, int]:
    """The lines around `focus`, or from the first one, that fit."""
    sizes = [end - start + 1 for start, end in zip((0, *ends), ends, strict=False)]
    if sum(sizes) <= budget and len(sizes) <= LINES - 3:
        return 0, len(sizes)
    first = _line_of(encoded, ends, focus[0]) if focus else 0
    final = _line_of(encoded, ends, focus[1] - 1) + 1 if focus else 1
    return _grown(sizes, first, final, budget)


def _grown(sizes: list[int], start: int, final: int, left: int) -> tuple[int, int]:
    """As much of the lines `start` to `final` as fits, then lines on both sides, the nearer ones first."""
    first = last = start
    while last < final and left >= sizes[last] and last - first < LINES - 3:
        left -= sizes[last]
        last += 1
    while last - first < LINES - 3:
        before = first > 0 and left >= sizes[first - 1]
        after = last < len(sizes) and left >= sizes[last]
        if before and (not after or start - first <= last - final):
            first -= 1
            left -= sizes[first]
        elif after:
            left -= sizes[last]
            last += 1
        else:
            break
    return first, last


def _line_of(encoded: Encoded, ends: tuple[int, ...], offset: int) -> int:
    token = bisect_right(encoded.offsets, (offset, len(encoded.offsets) + offset)) - 1
    return min(bisect_right(ends, max(0, token)), len(ends) - 1)


def spans_of(source: Source) -> tuple[Span, ...]:
    """The functions of a source; the whole of it where it has none, as for a bare loop or text that does not parse."""
    found = QueryCursor(_functions(source.tree.language)).captures(source.tree.root_node).get("function", ())
    spans: list[Span] = []
    for node in sorted(found, key=_start):
        if not spans or node.start_byte >= spans[-1][1]:
            spans.append((node.start_byte, node.end_byte))
    return tuple(spans) or ((0, len(source.data)),)


@cache
def _functions(language: Language) -> Query:
    return Query(language, "(function_definition body: (compound_statement)) @function")


def _start(node: Node) -> int:
    return node.start_byte
