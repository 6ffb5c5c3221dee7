"""Assignments whose value is still to be typed: `t0 =`, `double start = ;`, `elapsed +=`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.suggest.mpi.facts.hollow import indentation

_GAP = re.compile(
    r"^(?P<head>\s*(?P<type>[A-Za-z_][\w \t*]*?[ \t*])?(?P<target>[A-Za-z_][\w.\[\]>-]*)\s*(?P<operator>[-+*/]?=))"
    r"(?P<rest>\s*;?\s*(?://.*|/\*.*\*/\s*)?)$"
)
_BEHIND_A_GAP = ("", ";", "/")
"""What follows on the line."""
_NOT_A_TYPE = frozenset("return else case goto typedef".split())


@dataclass(frozen=True)
class Gap:
    """One assignment without its value, which belongs right behind `column` of `line`; lines and columns 1-based."""

    line: int
    column: int
    """Behind the operator."""
    target: str
    operator: str
    type_text: str
    """Of a declaration: the type as written; empty otherwise."""
    has_semicolon: bool

    @property
    def variable(self) -> str:
        """The variable that the target is, or is a part of: `t` of `t[0].start`."""
        return re.split(r"[\[.-]", self.target)[0]


@dataclass(frozen=True)
class Filled:
    """A text in which every gap holds a placeholder, so that it parses; lines are where they were."""

    text: str
    gaps: tuple[Gap, ...]


def filled(text: str) -> Filled:
    """`text` with `0` in its gaps."""
    lines = text.split("\n")
    gaps = tuple(_gaps(lines))
    for gap in gaps:
        line = lines[gap.line - 1]
        value = " 0" if gap.has_semicolon else " 0;"
        lines[gap.line - 1] = line[: gap.column - 1] + value + line[gap.column - 1 :]
    return Filled("\n".join(lines), gaps)


def _gaps(lines: list[str]) -> Iterator[Gap]:
    for number, line in enumerate(lines, 1):
        _, operator, rest = line.partition("=")
        if not operator or rest.lstrip()[:1] not in _BEHIND_A_GAP:
            continue
        match = _GAP.match(line.rstrip("\r"))
        if match is None or (match["type"] or "").strip() in _NOT_A_TYPE:
            continue
        has_semicolon = ";" in match["rest"].partition("/")[0]
        if has_semicolon or not _goes_on(lines, number):
            type_text = " ".join((match["type"] or "").replace("*", " * ").split())
            yield Gap(number, match.end("head") + 1, match["target"], match["operator"], type_text, has_semicolon)


def _goes_on(lines: list[str], number: int) -> bool:
    """Whether the value stands on the next line, which people indent more than the line that it belongs to."""
    following = next((line for line in lines[number:] if line.strip()), "")
    return indentation(following) > indentation(lines[number - 1]) or following.lstrip().startswith("{")
