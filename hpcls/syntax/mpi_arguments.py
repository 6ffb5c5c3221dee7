"""Where the arguments of calls begin and end, by the text alone: half-typed calls have no useful tree."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from dataclasses import dataclass, field

_TOKEN = re.compile(
    rb"(?P<blank>\s+|\\\r?\n|//[^\n]*|/\*.*?(?:\*/|\Z)|\#[^\n]*)"
    rb'|R"(?P<mark>\w*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"?|\'(?:\\.|[^\'\\\n])*\'?'
    rb"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)|(?P<semicolon>;)"
    rb"|[^\s\"'/()\[\]{},;\#\\R]+|.",
    re.DOTALL,
)
_CLOSING = {b"(": b")", b"[": b"]", b"{": b"}"}


@dataclass(frozen=True, slots=True)
class ArgumentList:
    """The arguments of one call, as byte ranges without the blanks and comments around them."""

    spans: tuple[tuple[int, int], ...]
    """None for `()`; an argument that is still to be typed is an empty range."""
    commas: tuple[int, ...]
    end: int
    """Behind the closing parenthesis, or where a started call breaks off."""
    closed: bool

    def regrouped(self, commas: Container[int]) -> ArgumentList:
        """The same text with only the `commas` as separators: those in `pair<int, int>(a, b)` are none."""
        spans, kept = [self.spans[0]], [comma for comma in self.commas if comma in commas]
        for comma, (start, end) in zip(self.commas, self.spans[1:], strict=True):
            if comma in commas:
                spans.append((start, end))
            else:
                spans[-1] = (spans[-1][0], end)
        return ArgumentList(tuple(spans), tuple(kept), self.end, self.closed)


@dataclass(slots=True)
class _Bracket:
    """An open bracket: what closes it, and the arguments so far."""

    opening: int
    closing: bytes
    spans: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    commas: list[int] = field(default_factory=list[int])
    first: int = -1
    last: int = -1

    def separate(self, comma: int) -> None:
        self.spans.append((self.first, self.last) if self.first >= 0 else (comma, comma))
        self.commas.append(comma)
        self.first = -1

    def arguments(self, end: int, closed: bool) -> ArgumentList:
        spans = self.spans
        if self.first >= 0:
            spans = [*spans, (self.first, self.last)]
        elif spans:
            spans = [*spans, (end, end)]
        return ArgumentList(tuple(spans), tuple(self.commas), end + closed, closed)


def argument_lists(data: bytes, openings: Collection[int], lambdas: bool) -> dict[int, ArgumentList]:
    """The arguments of the calls whose parentheses open at `openings` (rising), in one pass over the text.

    A call that is not closed ends at a semicolon, at a bracket that does not match or at the end of the text.
    Semicolons in braces end no call where there are `lambdas`.
    """
    wanted, found = frozenset(openings), dict[int, ArgumentList]()
    behind = 0
    for opening in openings:
        if opening >= behind:
            behind = _scan(data, opening, wanted, lambdas, found)
    return found


def _scan(data: bytes, start: int, wanted: frozenset[int], lambdas: bool, found: dict[int, ArgumentList]) -> int:
    """Read one outermost call and those inside; where it ends."""
    brackets = [_Bracket(start, b")")]
    end = start + 1
    for token in _TOKEN.finditer(data, start + 1):
        kind, top = token.lastgroup, brackets[-1]
        end = token.end()
        if kind == "comma":
            top.separate(token.start())
        elif kind == "close":
            if token[0] != top.closing:
                end = token.start()
                break
            brackets.pop()
            if top.opening in wanted:
                found[top.opening] = top.arguments(token.start(), closed=True)
            if not brackets:
                return end
            brackets[-1].last = end
        elif kind == "semicolon" and not (lambdas and any(bracket.closing == b"}" for bracket in brackets)):
            end = token.start()
            break
        elif kind != "blank":
            if top.first < 0:
                top.first = token.start()
            top.last = end
            if kind == "open":
                brackets.append(_Bracket(token.start(), _CLOSING[token[0]]))
    for bracket in brackets:
        if bracket.opening in wanted:
            found[bracket.opening] = bracket.arguments(end, closed=False)
    return end
