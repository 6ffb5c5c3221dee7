"""Tokens to lines of our own, so that the numbers of lines do not depend on the author's layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hpcls.tokens.lexer import NEWLINE

_HEADERS = frozenset({"if", "for", "while", "switch", "catch"})
_BEFORE_STATEMENT = frozenset({"else", "do", "try"})
_ASSIGNMENTS = frozenset({"=", "+=", "-=", "*="})
_BEFORE_INITIALISER = _ASSIGNMENTS | {",", "(", "return", "]"}
_AFTER_BRACE = frozenset({";", ",", ")"})


def line_ends(tokens: Sequence[str], breaks: frozenset[int] = frozenset()) -> tuple[int, ...]:
    """The index behind the last token of each line, in rising order.

    A line is a simple statement, the head of a compound one with its opening brace, a closing brace, a label of a
    switch, or a directive.  `breaks` are indices of tokens after which the text has a line break: there a dangling
    assignment ends, as in `t0 =`.
    """
    ends = list(_Lines(tokens, breaks).ends())
    if tokens and (not ends or ends[-1] != len(tokens)):
        ends.append(len(tokens))
    return tuple(ends)


class _Lines:
    """One pass over tokens."""

    def __init__(self, tokens: Sequence[str], breaks: frozenset[int]) -> None:
        self._tokens = tokens
        self._breaks = breaks
        self._depth = 0
        """Open parentheses."""
        self._headers: list[int] = []
        """The depths at which the parentheses of open statement heads stand."""
        self._initialisers = 0
        """Open braces of initialisers."""
        self._first = 0
        """Where the line begins."""

    def ends(self) -> Iterator[int]:
        for i, token in enumerate(self._tokens):
            following = self._tokens[i + 1] if i + 1 < len(self._tokens) else ""
            if self._is_end(i, token, following):
                self._first = i + 1
                yield i + 1

    def _is_end(self, i: int, token: str, following: str) -> bool:
        match token:
            case "(":
                self._depth += 1
                if i and self._tokens[i - 1] in _HEADERS:
                    self._headers.append(self._depth)
                return False
            case ")":
                return self._closes(following)
            case "{" | "}":
                return self._brace(i, token, following)
            case ";":
                return self._depth == 0 and self._initialisers == 0
            case ":":
                return self._depth == 0 and self._tokens[self._first] in ("case", "default")
            case _ if token == NEWLINE:
                return True
            case _ if token in _BEFORE_STATEMENT:
                return following not in ("{", "if")
            case _:
                return token in _ASSIGNMENTS and i in self._breaks and self._depth == 0

    def _closes(self, following: str) -> bool:
        ends_head = bool(self._headers) and self._headers[-1] == self._depth
        if ends_head:
            self._headers.pop()
        self._depth = max(0, self._depth - 1)
        return ends_head and self._depth == 0 and following not in ("{", ";")

    def _brace(self, i: int, token: str, following: str) -> bool:
        if token == "}":
            was_initialiser = self._initialisers > 0
            self._initialisers = max(0, self._initialisers - 1)
            return not was_initialiser and following not in _AFTER_BRACE
        before = self._tokens[i - 1] if i else ""
        if self._initialisers or (before in _BEFORE_INITIALISER and not self._is_lambda(i)):
            self._initialisers += 1
            return False
        self._depth, self._headers = 0, []
        return True

    def _is_lambda(self, i: int) -> bool:
        return self._tokens[i - 1] == "]" and following_is_statement(self._tokens, i)


def following_is_statement(tokens: Sequence[str], opening: int) -> bool:
    """Whether what stands in the braces at `opening` holds a statement rather than values."""
    for token in tokens[opening + 1 : opening + 200]:
        if token in (";", "return", "if", "for"):
            return True
        if token == "}":
            return False
    return False
