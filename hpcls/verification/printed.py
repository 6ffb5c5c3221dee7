"""What a program printed, compared word by word: numbers as numbers where a sum may be rounded differently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from hpcls.verification.sandbox import Run

RELATIVE = 1e-6
_ROUNDING = 1e-12
"""Of the largest number printed: errors of a sum, which a program may print, are rounding and nothing else."""
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
    """The words that differ between `runs` of one program, such as times, and their like in lines of the same shape;
    None where more than words differ."""
    first = runs[0]
    if any(run.status != first.status or len(run.words) != len(first.words) for run in runs):
        return None
    columns = zip(*(run.words for run in runs), strict=True)
    differing = [at for at, column in enumerate(columns) if len(set(column)) > 1]
    if not differing:
        return frozenset()
    roles = _roles(first.words)
    changing_roles = {roles[at] for at in differing}
    return frozenset(at for at, role in enumerate(roles) if role in changing_roles)


def _roles(words: Sequence[str]) -> list[tuple[str, int]]:
    """For each word what its line says beside numbers, and its place in it: a short time may be the same in every run.

    Numbers alone on a line have no like.
    """
    found: list[tuple[str, int]] = []
    for _, line in groupby(words, lambda word: "\n" in word):
        listed = list(line)
        shape = "".join("#" if _NUMBER.fullmatch(word) or word.isdecimal() else word for word in listed)
        told = shape if any(map(str.isalpha, shape)) else f"{len(found)}"
        found += [(told, place) for place in range(len(listed))]
    return found


def difference(expected: Printed, found: Printed, ignored: frozenset[int], *, tolerant: bool) -> str | None:
    """The first difference outside the words `ignored`; None where there is none."""
    if expected.status != found.status:
        return f"the exit status is {found.status}, not {expected.status}"
    pairs = enumerate(zip(expected.words, found.words, strict=False))
    wrong = [(before, after) for at, (before, after) in pairs if before != after and at not in ignored]
    slack = _ROUNDING * _largest(expected, ignored) if wrong and tolerant else 0.0
    for before, after in wrong:
        if not (tolerant and _near(before, after, slack)):
            return f"it prints {after!r}, not {before!r}"
    if len(expected.words) != len(found.words):
        return "it prints more or less than before"
    return None


def _largest(shown: Printed, ignored: frozenset[int]) -> float:
    words = (word for at, word in enumerate(shown.words) if at not in ignored)
    return max((abs(float(word)) for word in words if _NUMBER.fullmatch(word)), default=0.0)


def _near(before: str, after: str, slack: float) -> bool:
    """Whether two numbers are alike but for rounding: relatively, by `slack`, or by one in the last printed place."""
    if not (_NUMBER.fullmatch(before) and _NUMBER.fullmatch(after)):
        return False
    a, b = float(before), float(after)
    last = max(_last_place(before), _last_place(after))
    return abs(a - b) <= max(RELATIVE * max(abs(a), abs(b)), 1.01 * last, slack)


def _last_place(number: str) -> float:
    """The value of one in the last printed place."""
    mantissa, _, exponent = number.lower().partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
