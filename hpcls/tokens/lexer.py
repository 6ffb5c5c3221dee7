"""Program text to lexical tokens: phases 2 and 3 of translation (C17 5.1.1.2); only layout and comments are lost.

A lexer of its own, rather than the leaves of the tree: it reads macro bodies, text that does not parse and assembler
as it reads everything else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from hpcls.syntax.source import Source

TokenKind = Literal["name", "number", "string", "character", "operator", "header", "text", "directive", "newline"]
"""`text` is what has no tokens of its own: the message of `#error`, the rest of a line behind an odd quote."""

NEWLINE = "<nl>"
"""Ends a directive; also stands where text that is no C would be read differently on one line."""
UNKNOWN_DIRECTIVE = "<#>"
"""Begins a directive that is none of the standard's, a line marker for one."""
FUNCTION_MACRO = "#define("
"""Begins the definition of a function-like macro, whose parenthesis must touch its name."""


class Token(NamedTuple):
    """One token; `start` and `end` are bytes of the source, `text` its spelling with line splices undone."""

    kind: TokenKind
    text: str
    start: int
    end: int


_SPLICE = re.compile(r"\\[ \t\f\v]*\r?\n")
_UNIVERSAL = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_NAME = rf"(?:[A-Za-z_$\x80-\xff]|{_UNIVERSAL})(?:[\w$\x80-\xff]|{_UNIVERSAL})*+"
_SUFFIX = r"(?:(?:_\w*|sv?|h|min|ms|us|ns|y|d|i[fl]?)(?!\w))?"
_COMMENT = r"(?>/\*.*?(?:\*/|\Z))"
_STRING = r'"(?:[^"\\\n]|\\[^\n])*+"'
_CHARACTER = r"'(?:[^'\\\n]|\\[^\n])++'"
_RAW = r'(?:u8|[uUL])?R"(?P<{0}>[^ ()\\\t\v\f\n"]{{0,16}})\(.*?\)(?P={0})"'
_REST_OF_LINE = rf"(?:{_COMMENT}|//[^\n]*|(?<![\w$\x80-\xff]){_RAW.format('inner')}|{_STRING}|{_CHARACTER}|[^\n])*+"
_OPERATOR = (
    r"<=>|\.\.\.|<<=|>>=|->\*|<:(?!:(?![:>]))|%:%:|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|::|\.\*|##"
    r"|:>|<%|%>|%:|."
)
_TOKEN = re.compile(
    r"[ \t\f\v\r]*+(?:"
    r"(?P<name>[A-Za-z_]\w*+(?![$\\\x80-\xff\"']))"  # the common case, before all that begins like it
    r"|(?P<operator>[(){}\[\];,])"
    r"|(?P<newline>\n)"
    rf"|(?P<comment>//[^\n]*|{_COMMENT})"
    rf"|(?P<raw>{_RAW.format('mark')}{_SUFFIX})"
    rf"|(?P<string>(?:u8|[uUL])?{_STRING}{_SUFFIX})"
    rf"|(?P<character>(?:u8|[uUL])?{_CHARACTER}{_SUFFIX})"
    r"|(?P<header>(?:(?<=__has_include\()|(?<=__has_include \())<[^>\s]*>)"
    rf"|(?P<odd_name>{_NAME})"
    r"|(?P<number>\.?[0-9](?:[eEpP][-+]|'[0-9A-Za-z_]|[\w.\x80-\xff])*+)"
    rf"|(?P<text>[\"']{_REST_OF_LINE})"
    rf"|(?P<other>{_OPERATOR}))",
    re.DOTALL | re.ASCII,
)
_VERBATIM: Mapping[str, TokenKind] = MappingProxyType(
    {
        "name": "name", "odd_name": "name", "operator": "operator", "other": "operator", "number": "number",
        "character": "character", "header": "header",
    }
)  # fmt: skip
_BLANK = r"(?:[ \t\f\v\r]|(?>/\*.*?\*/))*+"
_DIRECTIVE = re.compile(rf"(?:#|%:){_BLANK}((?:[A-Za-z_]\w*+(?![$\\\x80-\xff]))?)", re.DOTALL | re.ASCII)
_HEADER = re.compile(rf"{_BLANK}(<[^>\n]*>)", re.DOTALL)
_FUNCTION_MACRO = re.compile(rf"{_BLANK}{_NAME}\(", re.DOTALL | re.ASCII)
_REST = re.compile(rf"{_BLANK}(?P<rest>{_REST_OF_LINE})", re.DOTALL)
_KNOWN = frozenset(
    (
        "define elif elifdef elifndef else embed endif error ident if ifdef ifndef import include include_next line"
        " pragma undef warning"
    ).split()
)
_NAMES_A_FILE = frozenset({"#include", "#include_next", "#import", "#embed"})
_SPACES = " \t\n\v\f\r"
"""Those of C: read as Latin-1, the last byte of a letter such as \u00e0 is one, too."""
_MARK = "\xef\xbb\xbf"
"""A byte order mark."""


def lex(source: Source, span: tuple[int, int] | None = None) -> tuple[Token, ...]:
    """The tokens of `source`, or of the bytes `span` of it."""
    start, end = span or (0, len(source.data))
    return _Lexer(source.data[start:end], start).run()


class _Lexer:
    """Reads bytes as Latin-1, so that positions are bytes; spellings are decoded at the end."""

    def __init__(self, data: bytes, origin: int) -> None:
        self._original = data.decode("latin-1")
        self._text, self._cuts, self._removed = _spliced(self._original)
        self._origin = origin
        self._is_plain = not self._cuts and self._text.isascii()
        self._tokens: list[Token] = []
        self._line_matters = False

    def run(self) -> tuple[Token, ...]:
        text, match = self._text, _TOKEN.match
        position, fresh = (len(_MARK) if text.startswith(_MARK) else 0), True
        while found := match(text, position):
            group = found.lastgroup or "other"
            start, position = found.span(group)
            if group == "newline":
                self._end_line(start)
                fresh = True
            elif group == "other" and fresh and text[start:position] in ("#", "%:"):
                position = self._directive(start)
                fresh = False
            elif group in _VERBATIM:
                self._add(_VERBATIM[group], text[start:position], start, position)
                fresh = False
            elif group != "comment":
                self._literal(group, start, position)
                fresh = False
        self._end_line(len(text))
        return tuple(self._tokens)

    def _end_line(self, position: int) -> None:
        if self._line_matters:
            at = self._offset(position)
            self._tokens.append(Token("newline", NEWLINE, at, at))
            self._line_matters = False

    def _literal(self, group: str, start: int, end: int) -> None:
        kind: TokenKind = "text" if group == "text" else "string"
        text = self._text[start:end]
        if group == "raw":  # the one place where splices are undone again
            first, last = self._offset(start), self._offset(end - 1) + 1
            text = self._original[first - self._origin : last - self._origin]
        elif group == "string" and self._tokens and self._tokens[-1].text in _NAMES_A_FILE:
            kind = "header"
        elif group == "text":
            self._line_matters = True
        self._add(kind, text, start, end)

    def _directive(self, start: int) -> int:
        """Takes what begins a directive, and returns where to go on."""
        found = _DIRECTIVE.match(self._text, start)
        if found is None:
            raise AssertionError(self._text[start : start + 20])
        self._line_matters = True
        word, end = found[1], found.end()
        if word not in _KNOWN:
            self._add("directive", UNKNOWN_DIRECTIVE, start, start + 1)
            return self._rest(found.start(1))
        is_function = word == "define" and _FUNCTION_MACRO.match(self._text, end)
        self._add("directive", FUNCTION_MACRO if is_function else f"#{word}", start, end)
        if word in ("error", "warning"):
            return self._rest(end)
        header = _HEADER.match(self._text, end)
        if header is None or f"#{word}" not in _NAMES_A_FILE:
            return end
        self._add("header", header[1], *header.span(1))
        return header.end()

    def _rest(self, start: int) -> int:
        """Takes the rest of a line as it stands."""
        found = _REST.match(self._text, start)
        if found is None:
            raise AssertionError(self._text[start : start + 20])
        rest = found["rest"].rstrip(_SPACES)
        if rest:
            self._add("text", rest, *found.span("rest"))
        return found.end()

    def _add(self, kind: TokenKind, text: str, start: int, end: int) -> None:
        if self._is_plain:
            self._tokens.append(Token(kind, text, self._origin + start, self._origin + end))
            return
        spelling = text.encode("latin-1").decode("utf-8", "surrogatepass")
        self._tokens.append(Token(kind, spelling, self._offset(start), self._offset(end - 1) + 1))

    def _offset(self, position: int) -> int:
        """The byte of the source that stands at `position` of the text without splices."""
        if not self._cuts:
            return self._origin + position
        at = bisect_right(self._cuts, position)
        return self._origin + position + (self._removed[at - 1] if at else 0)


def _spliced(text: str) -> tuple[str, list[int], list[int]]:
    """`text` with its continued lines joined; where in the result each cut is, and how much is gone up to there."""
    parts: list[str] = []
    cuts: list[int] = []
    removed: list[int] = []
    position = gone = 0
    for found in _SPLICE.finditer(text) if "\\" in text else ():
        parts.append(text[position : found.start()])
        cuts.append(found.start() - gone)
        gone += found.end() - found.start()
        removed.append(gone)
        position = found.end()
    return "".join([*parts, text[position:]]), cuts, removed
