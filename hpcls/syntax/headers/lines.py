"""The preprocessor's lines in a text (C17 6.10), and the branches that they open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_HIDDEN = re.compile(
    r"(?=[/\"'R])(?:(?P<comment>/\*.*?(?:\*/|\Z)|//(?:\\\r?\n|[^\n])*)"
    r'|R(?:(?<!\wR)|(?<=\bu8R)|(?<=\b[uUL]R))"([^ ()\\\t\r\n]{0,16})\(.{0,16384}?\)\2"'
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')",
    re.DOTALL,
)
_LINE = re.compile(r"^[ \t]*#[ \t]*(?P<name>\w*)(?P<rest>(?:\\\r?\n|[^\n])*)", re.MULTILINE)
_SPLICE = re.compile(r"\\\r?\n")

Truth = bool | None
"""None: not known."""


@dataclass(frozen=True, slots=True)
class Line:
    """One directive of the preprocessor; a spliced one is one line."""

    name: str
    """`if`, `define`, …"""
    rest: str
    start: int
    end: int


def without_comments(text: str) -> str:
    """`text` with spaces for its comments, line breaks in them included: they end no directive (C17 5.1.1.2)."""
    return _HIDDEN.sub(lambda match: " " * len(match[0]) if match["comment"] else match[0], text)


def lines_of(text: str) -> tuple[Line, ...]:
    """The directives in a text without comments."""
    return tuple(
        Line(match["name"], " ".join(_SPLICE.sub("", match["rest"]).split()), match.start(), match.end())
        for match in _LINE.finditer(text)
    )


@dataclass(slots=True)
class _Branch:
    outer: Truth
    """Whether the text around the group is compiled."""
    here: Truth
    """Whether the branch is compiled."""
    before: Truth
    """Whether it or one before it in its group is."""


class Branches:
    """The branches around a place, while a walk over the lines goes on."""

    def __init__(self) -> None:
        self._open: list[_Branch] = []

    @property
    def is_taken(self) -> Truth:
        """Whether the text at this place is compiled."""
        return conjunction(self._open[-1].outer, self._open[-1].here) if self._open else True

    def see(self, line: Line, holds: Callable[[Line], Truth]) -> None:
        """Goes past `line`; `holds` is asked about the condition where it decides."""
        if line.name in ("if", "ifdef", "ifndef"):
            outer = self.is_taken
            here = holds(line) if outer is not False else False
            self._open.append(_Branch(outer, here, here))
        elif self._open and line.name in ("elif", "elifdef", "elifndef"):
            branch = self._open[-1]
            asked = holds(line) if branch.before is not True else False
            branch.here = conjunction(negation(branch.before), asked)
            branch.before = negation(conjunction(negation(branch.before), negation(asked)))
        elif self._open and line.name == "else":
            branch = self._open[-1]
            branch.here, branch.before = negation(branch.before), True
        elif self._open and line.name == "endif":
            self._open.pop()


def conjunction(*truths: Truth) -> Truth:
    """Whether all hold (Kleene's strong logic)."""
    if False in truths:
        return False
    return None if None in truths else True


def negation(truth: Truth) -> Truth:
    """Whether it does not hold."""
    return None if truth is None else not truth
