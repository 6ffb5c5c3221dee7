"""How MPIrigen numbers the lines of a program: every line in its prompt, but not those without their value in answers.

A call taken out of an expression leaves a dangling line, `t0 =`.  The prompt shows it with a number like any other; the
answers skip it: `(12 0, MPI_Wtime();)` is the value of the dangling line behind the 12th line that is not dangling, and
`(12 1, …)`, `(12 2, …)` are the first and second call behind that line, or behind the dangling line that follows it.
(Scientific-Computing-Lab/MPI-rigen, data/test; the answers' own form is `mpi_labels` there.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_NUMBER = re.compile(r"^\d+: ?", re.MULTILINE)


@dataclass(frozen=True)
class ProgramLines:
    """The lines of one program, 1-based."""

    counted: tuple[int, ...]
    """The lines that answers number, those that are not dangling, rising."""
    dangling: Mapping[int, tuple[int, ...]]
    """Number in an answer → the dangling lines right behind that line."""

    def behind(self, number: int) -> int | None:
        """The line that answers give this number, 0: before the first; None where there is none."""
        if number == 0:
            return 0
        return self.counted[number - 1] if 0 < number <= len(self.counted) else None

    def number_of(self, line: int) -> int:
        """The number in answers of `line`; of a dangling one that of the line before."""
        return sum(one <= line for one in self.counted)


def program_lines(text: str) -> ProgramLines:
    """The lines of `text`."""
    counted: list[int] = []
    dangling: dict[int, tuple[int, ...]] = {}
    for at, line in enumerate(text.split("\n"), 1):
        if line.rstrip().endswith("="):
            dangling[len(counted)] = (*dangling.get(len(counted), ()), at)
        else:
            counted.append(at)
    return ProgramLines(tuple(counted), MappingProxyType(dangling))


def numbered(text: str) -> str:
    """`text` with `1: `, `2: `, … in front of its lines, as prompts have it."""
    return "\n".join(f"{at}: {line}" for at, line in enumerate(text.split("\n"), 1))


def unnumbered(text: str) -> str:
    """What `numbered` was given."""
    return _NUMBER.sub("", text)
