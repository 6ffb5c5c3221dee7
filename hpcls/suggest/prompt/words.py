"""The words of a prompt that are no words of a program."""

from __future__ import annotations

START = "<s>"
CODE = "<code>"
OPENMP = "<omp>"
MPI = "<mpi>"
FACTS = "<facts>"
ANSWER = "<answer>"
NONE = "<none>"
"""The answer that no directive belongs there."""
END = "<end>"

LINES = 384
"""How many lines of a function are numbered at most."""

FACT_WORDS = (
    "independent", "dependent", "unknown", "counter", "local", "inner", "carried", "calls", "nest", "region", "deeper",
    "rank", "size", "root", "tag", "left", "right", "time", "count",
)  # fmt: skip
"""Names of facts."""

CONTROL_WORDS = (START, END, CODE, OPENMP, MPI, FACTS, ANSWER, NONE)


def line_marker(number: int) -> str:
    """The word in front of line `number`, counted from 1; behind the last line stands one more."""
    return f"<L{number}>"


def gap_marker(line: int) -> str:
    """The word for the gap behind line `line` (0: before the first): the marker that stands behind the next line.

    A model that reads from left to right knows there what stands on both sides of the gap.
    """
    return line_marker(line + 2)


def gap_line(word: str) -> int | None:
    """The line behind which the gap of a marker lies; None for any other word."""
    return int(word[2:-1]) - 2 if word.startswith("<L") and word[2:-1].isdigit() else None
