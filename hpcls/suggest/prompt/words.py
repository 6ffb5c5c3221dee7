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
    """The word in front of line `number`; 0 is the place before the first line."""
    return f"<L{number}>"


def line_number(word: str) -> int | None:
    """The number of a line marker; None for any other word."""
    return int(word[2:-1]) if word.startswith("<L") and word[2:-1].isdigit() else None
