"""Where `hpcls bench --server` types: places in a program, and the lines that stand there while it asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_LOOP = re.compile(r"([ \t]*)for\b")
_CALL = re.compile(r"([ \t]+)(MPI_\w+\()[^;]*\);[ \t]*")
_BETWEEN = re.compile(r".*[;{}][ \t]*|[ \t]*")


@dataclass(frozen=True)
class Place:
    """Lines `start` to `end` (0-based, without it) give way to a statement that is being typed and `asked`."""

    start: int
    end: int
    indentation: str
    asked: str
    """The line behind it, with the cursor at its end."""

    def statement(self, number: int) -> str:
        """The statement in front of the cursor; each number gives the model another text to read."""
        return f"{self.indentation}(void){100 + number % 900};"


def loops(lines: Sequence[str], suggested: Iterable[int]) -> list[Place]:
    """A blank line above each of the loops at the lines `suggested`; where there is none, above the first loop."""
    found = [place for line in suggested for place in _loop(lines, line)]
    return found or [place for line in range(len(lines)) for place in _loop(lines, line)][:1]


def calls(lines: Sequence[str]) -> list[Place]:
    """A blank line in place of each call of MPI that is a statement."""
    return [Place(line, line + 1, match[1], match[1]) for line, match in _calls(lines)]


def arguments(lines: Sequence[str]) -> list[Place]:
    """The beginning of each call of MPI that is a statement, up to its parenthesis."""
    return [Place(line, line + 1, match[1], match[1] + match[2]) for line, match in _calls(lines)]


def _loop(lines: Sequence[str], line: int) -> Iterator[Place]:
    match = _LOOP.match(lines[line])
    if match and _stands_alone(lines, line):
        yield Place(line, line, match[1], "")


def _calls(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for line, text in enumerate(lines):
        match = _CALL.fullmatch(text)
        if match and _stands_alone(lines, line):
            yield line, match


def _stands_alone(lines: Sequence[str], line: int) -> bool:
    """Whether a statement may be written in front of that line."""
    return line > 0 and bool(_BETWEEN.fullmatch(lines[line - 1]))
