"""What a program printed, compared word by word: numbers as numbers where a sum may be rounded differently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hpcls.verification.sandbox import Run

RELATIVE = 1e-6
_NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?")
_WORD = re.compile(rf"{_NUMBER.pattern}|\s+|\w+|.", re.DOTALL)
"""A floating number, white space, a word, or one other character."""


@dataclass(frozen=True)
class Printed:
    """The exit status, and the words of both streams and of the files that it wrote."""

    status: int
    words: tuple[str, ...]


def printed(run: Run) -> Printed:
    """What `run` shows to the world."""
    named = (part for name, data in run.files.items() for part in (name.encode("utf-8", "surrogateescape"), data))
    text = b"\0".join((run.stdout, run.stderr, *named)).decode("latin-1")
    return Printed(run.status, tuple(_WORD.findall(text)))


def changing(runs: Sequence[Printed]) -> frozenset[int] | None:
    """The words that differ between `runs` of one program, such as times; None where more than words differ."""
    first = runs[0]
    if any(run.status != first.status or len(run.words) != len(first.words) for run in runs):
        return None
    columns = zip(*(run.words for run in runs), strict=True)
    return frozenset(at for at, column in enumerate(columns) if len(set(column)) > 1)


def difference(expected: Printed, found: Printed, ignored: frozenset[int], *, tolerant: bool) -> str | None:
    """The first difference outside the words `ignored`; None where there is none."""
    if expected.status != found.status:
        return f"the exit status is {found.status}, not {expected.status}"
    for at, (before, after) in enumerate(zip(expected.words, found.words, strict=False)):
        if before != after and at not in ignored and not (tolerant and _near(before, after)):
            return f"it prints {after!r}, not {before!r}"
    if len(expected.words) != len(found.words):
        return "it prints more or less than before"
    return None


def _near(before: str, after: str) -> bool:
    """Whether two numbers are alike but for rounding: relatively, or by one in the last place that is printed."""
    if not (_NUMBER.fullmatch(before) and _NUMBER.fullmatch(after)):
        return False
    a, b = float(before), float(after)
    last = max(_last_place(before), _last_place(after))
    return abs(a - b) <= max(RELATIVE * max(abs(a), abs(b)), 1.01 * last)


def _last_place(number: str) -> float:
    """The value of one in the last printed place."""
    mantissa, _, exponent = number.lower().partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
