"""OpenMP directives: text ↔ object (OpenMP 5.2, section 3.1).

Reading never fails on half-typed text: what is open is closed, what is not known is kept as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.syntax.openmp import DIRECTIVES
from hpcls.syntax.openmp_clauses import CLAUSES


@dataclass(frozen=True)
class Clause:
    """One clause: `reduction(+:s)` is Clause("reduction", "+", ("s",)), `nowait` is Clause("nowait", None, ()).

    A clause that OpenMP 5.2 does not know, such as a macro, has its whole text as one argument.
    """

    name: str
    modifier: str | None
    """What the colon separates from the arguments: `inscan, +`; for `linear` and `aligned` what follows the colon."""
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Directive:
    """One directive: `critical(name)` is Directive("critical", "name", ())."""

    name: str
    """The words one blank apart, `parallel for`; a name that OpenMP 5.2 does not know stands as written."""
    argument: str | None
    """The text in the parentheses right after the name."""
    clauses: tuple[Clause, ...]

    @property
    def stands_alone(self) -> bool:
        """Whether no statement or declaration belongs to it; `ordered` does where it only names a dependence."""
        if self.name == "ordered":
            return any(clause.name in ("depend", "doacross") for clause in self.clauses)
        known = DIRECTIVES.get(self.name)
        return known is not None and known.association == "none"


_TRAILING = ("linear", "aligned")
"""Clauses whose modifier stands behind the list."""

_STRING = r'"(?:\\.|[^"\\\n])*"' + r"|'(?:\\.|[^'\\\n])*'"
_BLANK = re.compile(_STRING + r"|((?:\s|\\|/\*.*?(?:\*/|\Z)|//(?:\\[ \t]*\r?\n|[^\n])*)+)", re.DOTALL)
_PREFIX = re.compile(r"\s*(?:(#\s*pragma|pragma)\b)?\s*(omp\b)?", re.IGNORECASE)
_NAMES = sorted(DIRECTIVES, key=len, reverse=True)
_KNOWN_NAME = re.compile("(?:" + "|".join(_NAMES).replace(" ", "[ ,]+") + r")\b", re.IGNORECASE)
_WORD = re.compile(rf"{_STRING}|\w+|[^\s,\w(]")
_MARK = re.compile(rf"{_STRING}|::|[][(){{}}:?,]")


def plain(text: str) -> str:
    """`text` without comments and continuations, one blank for any white space outside strings."""
    return _BLANK.sub(lambda match: " " if match[1] else match[0], text)


def parse_directive(text: str) -> Directive | None:
    """The directive of a pragma's text, with or without `#pragma omp` in front; None where there is none."""
    line = plain(text)
    prefix = _PREFIX.match(line)
    start = prefix.end() if prefix else 0
    if prefix and prefix[1] and not prefix[2]:
        return None
    start = _skip(line, start)
    name = _KNOWN_NAME.match(line, start) or _WORD.match(line, start)
    if not name:
        return None
    argument, position = _parenthesised(line, name.end())
    words = name[0].replace(",", " ").lower().split()
    known = " ".join(words)
    return Directive(known if known in DIRECTIVES else name[0], argument, tuple(_clauses(line, position)))


def render(directive: Directive) -> str:
    """The directive as one line: `#pragma omp parallel for reduction(+:s) schedule(dynamic, 4)`."""
    argument = "" if directive.argument is None else f"({directive.argument})"
    return " ".join(["#pragma omp", directive.name + argument, *map(render_clause, directive.clauses)])


def render_clause(clause: Clause) -> str:
    """The clause as text: `reduction(+:s)`."""
    arguments = ", ".join(clause.arguments)
    if clause.modifier is None:
        return f"{clause.name}({arguments})" if clause.arguments else clause.name
    left, right = (arguments, clause.modifier) if clause.name in _TRAILING else (clause.modifier, arguments)
    return f"{clause.name}({left}:{' ' if right.startswith(':') else ''}{right})"


def _clauses(line: str, position: int) -> Iterator[Clause]:
    while word := _WORD.match(line, _skip(line, position)):
        inside, position = _parenthesised(line, word.end())
        name = word[0].lower() if word[0].lower() in CLAUSES else word[0]
        yield Clause(name, None, ()) if inside is None else _clause(name, inside)


def _clause(name: str, inside: str) -> Clause:
    info = CLAUSES.get(name)
    if info is None:
        return Clause(name, None, (inside,))
    colon = _modifier_colon(inside)
    left, right = ("", inside) if colon is None else (inside[:colon], inside[colon + 1 :])
    modifier, rest = (right, left) if colon is not None and name in _TRAILING else (left, right)
    parts = _split(rest) if info.kind in ("list", "keyword") else (rest.strip(),)
    return Clause(name, None if colon is None else modifier.strip(), parts)


def _skip(line: str, position: int) -> int:
    while position < len(line) and line[position] in " ,":
        position += 1
    return position


def _parenthesised(line: str, position: int) -> tuple[str | None, int]:
    """The text in the parentheses at `position`, closed where they are not, and where it ends; None without any."""
    start = position + 1 if line.startswith(" (", position) else position
    if not line.startswith("(", start):
        return None, position
    depth = 0
    for mark in _MARK.finditer(line, start):
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        if depth == 0:
            return line[start + 1 : mark.start()].strip(), mark.end()
    return line[start + 1 :].strip() + ")" * (depth - 1), len(line)


def _top_level(text: str) -> Iterator[tuple[str, int]]:
    """The marks `:`, `::`, `?` and `,` outside all brackets, with their places."""
    depth = 0
    for mark in _MARK.finditer(text):
        if mark[0] in "([{":
            depth += 1
        elif mark[0] in ")]}":
            depth = max(0, depth - 1)
        elif depth == 0:
            yield mark[0], mark.start()


def _modifier_colon(text: str) -> int | None:
    for mark, place in _top_level(text):
        if mark in ("?", ":"):
            return place if mark == ":" else None
    return None


def _split(text: str) -> tuple[str, ...]:
    cuts = [place for mark, place in _top_level(text) if mark == ","]
    starts, ends = [0, *(cut + 1 for cut in cuts)], [*cuts, len(text)]
    return tuple(text[start:end].strip() for start, end in zip(starts, ends, strict=True))
