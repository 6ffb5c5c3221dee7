"""Which functions a text may define, told before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from hpcls.syntax.headers.header import blanked
from hpcls.syntax.headers.lines import lines_of, without_comments

_NAMED = re.compile(rb"\b[A-Za-z_]\w*+(?=\s*+\()")
_PLAIN = rb"[^()/\"']"
_CALLED = re.compile(
    rb"\((?:%b|\((?:%b|\(%b*+\))*+\))*+\)\s*+(?:[;,)\]=<>+*%%&|?}.]|-(?!>)|!=)" % (_PLAIN, _PLAIN, _PLAIN)
)
"""What follows the name in a plain call or a declaration, and in no definition."""
_WORD = re.compile(rb"\w")
_BRACKET = re.compile(r"[()]")
_ATTRIBUTES = re.compile(r"(?:\s+|->|::|&+|[A-Za-z_]\w*(?:\s*\((?:[^(){};]|\([^(){};]*\))*\))?)*")
"""What may stand between the parameters and the body: `const`, `noexcept`, `__attribute__((…))`, macros, a result."""
_NAMES = re.compile(r"\s*[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\s*")
_DECLARATION = re.compile(r"\s*[A-Za-z_][^;{}()=]*")
_LONGEST = 10_000
"""Characters of parameters."""


def names_before_parentheses(data: bytes) -> frozenset[bytes]:
    """The names in a text that an opening parenthesis follows: all that it calls or defines, and more."""
    return frozenset(_NAMED.findall(data))


def may_define(data: bytes, name: str) -> bool:
    """Whether the text may define a function called `name`, outside of comments and of the preprocessor's lines."""
    if all(_CALLED.match(data, opening) for opening in _openings(data, name.encode())):
        return False
    text = _written(data)
    return any(_is_definition(text, opening) for opening in _openings(text.encode("latin-1"), name.encode()))


@lru_cache(maxsize=32)
def _written(data: bytes) -> str:
    """The text without comments and the preprocessor's lines."""
    written = without_comments(data.decode("latin-1"))
    return blanked(written, ((line.start, line.end) for line in lines_of(written)))


def _openings(data: bytes, name: bytes) -> Iterator[int]:
    """Where the parentheses behind the name open."""
    for found in re.finditer(rb"%b\s*+\(" % re.escape(name), data):
        if not _WORD.match(data, found.start() - 1) or found.start() == 0:
            yield found.end() - 1


def _is_definition(text: str, opening: int) -> bool:
    """Whether a body, or what may come before one, follows the parentheses."""
    closing = _closing(text, opening)
    if closing is None:
        return True
    behind = _ATTRIBUTES.match(text, closing + 1)
    following = text[behind.end() : behind.end() + 1] if behind else ""
    return following in ("{", ":") or (following == ";" and _is_old_style(text, opening, closing))


def _closing(text: str, opening: int) -> int | None:
    depth = 0
    for found in _BRACKET.finditer(text, opening, opening + _LONGEST):
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.start()
    return None


def _is_old_style(text: str, opening: int, closing: int) -> bool:
    """Whether names stand in the parentheses, one of which is declared behind them (C17 6.9.1, paragraph 6)."""
    listed = text[opening + 1 : closing]
    declared = _DECLARATION.match(text, closing + 1)
    if declared is None or not _NAMES.fullmatch(listed):
        return False
    return not set(re.findall(r"\w+", listed)).isdisjoint(re.findall(r"\w+", declared[0])[1:])
