"""Where the OpenMP directives of a file stand, and what they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hpcls.syntax.openmp_text import Clause, Directive, parse_directive, render, render_clause
from hpcls.syntax.source import Source

__all__ = ["Clause", "Directive", "PlacedDirective", "directives_in", "parse_directive", "render", "render_clause"]


@dataclass(frozen=True)
class PlacedDirective:
    """A directive and its place; offsets are bytes."""

    directive: Directive
    start: int
    """Of `#`, or of `_Pragma`."""
    end: int
    """Behind the last byte, before the line ending."""
    line: int
    end_line: int
    target: int | None
    """Where the statement or declaration that it belongs to starts; None for one that stands alone, or is followed
    by none.
    """


_COMMENT = rb"/\*(?s:.*?)(?:\*/|\Z)|//(?:\\[ \t]*\r?\n|[^\n])*+"
_LITERAL = rb'"(?:\\(?s:.)|[^"\\\n])*+"?|\'(?:\\(?s:.)|[^\'\\\n])*+\'?'
_REST = rb"(?:\\[ \t]*\r?\n|/\*(?s:.*?)(?:\*/|\Z)|[^\n])*+"
"""To the end of the logical line."""
_OPERATOR = rb'_Pragma\s*\(\s*(?:u8|[uUL])?"((?:\\.|[^"\\\n])*+)"\s*\)'
_SCANNER = re.compile(
    rb'(?=[/"\'#_R0-9])(?:'
    + rb"|".join((
        _COMMENT,
        rb'(?<!\w)R"([^ ()\\\t\r\n]{0,16})\((?s:.*?)\)\1"',
        _LITERAL,
        rb"(?<!\w)[0-9][\w.']*+",
        rb"(?P<line>#[ \t]*(?P<pragma>pragma[ \t]+omp\b)?" + _REST + rb")",
        rb"(?<!\w)" + _OPERATOR.replace(b'"((', b'"(?P<text>('),
    ))
    + rb")"
)  # fmt: skip
_CLOSING_BRACE = 0x7D
_WORD = re.compile(rb"omp(?<!\womp)\b")
_NO_STATEMENT = re.compile(rb"(?:\s|" + _COMMENT + rb"|#" + _REST + rb"|" + _OPERATOR + rb")*+")
"""White space, comments, preprocessor lines and pragmas."""


def may_hold_directives(source: Source) -> bool:
    """A quick look: whether the word that every directive begins with stands anywhere in the text."""
    return bool(_WORD.search(source.data))


@lru_cache(maxsize=2)
def directives_in(source: Source) -> tuple[PlacedDirective, ...]:
    """Every `#pragma omp` and `_Pragma("omp …")` outside comments, strings and macro definitions, in rising order.

    Kept for a file and its view with headers, since the analysis, the choice of directives and the checks all ask.
    """
    if not may_hold_directives(source):
        return ()
    return tuple(_placed(source))[::-1]


def _placed(source: Source) -> Iterator[PlacedDirective]:
    """From the last to the first, since pragmas in a row share what follows them."""
    limit, following = len(source.data), None
    for match, directive in reversed(list(_found(source.data))):
        blank = _NO_STATEMENT.match(source.data, match.end(), limit)
        reached = blank.end() if blank else match.end()
        if reached < limit:
            following = None if source.data[reached] == _CLOSING_BRACE else reached
        start, end = match.start(), match.start() + len(match[0].rstrip())
        target = None if directive.stands_alone else following
        yield PlacedDirective(directive, start, end, source.line(start), source.line(end), target)
        limit = start


def _found(data: bytes) -> Iterator[tuple[re.Match[bytes], Directive]]:
    for match in _SCANNER.finditer(data):
        text = _text(match) if match.lastindex else None
        directive = parse_directive(text) if text is not None else None
        if directive is not None:
            yield match, directive


def _text(match: re.Match[bytes]) -> str | None:
    if match["pragma"]:
        return match[0].decode("utf-8", "replace")
    if match["text"]:
        content = re.sub(rb'\\(["\\])', rb"\1", match["text"]).decode("utf-8", "replace")
        return content if re.match(r"\s*omp\b", content) else None
    return None
