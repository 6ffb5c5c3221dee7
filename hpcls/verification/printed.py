"""What a program printed, compared word by word: numbers as numbers where a sum may be rounded differently."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from hpcls.verification.sandbox import Run
from hpcls.verification.tolerance import RELATIVE

_ROUNDING = 1e-6
"""Of the tolerance, of the largest number printed: errors of a sum, which a program may print, are rounding and nothing
else."""
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


@dataclass(frozen=True)
class Unsteady:
    """The words that differ from run to run of the code as it is, by their place."""

    ignored: frozenset[int] = frozenset()
    """Times and the like, and their like in lines of the same shape: they tell nothing."""
    rounded: frozenset[int] = frozenset()
    """Numbers that differ by rounding and no more: they may differ as much with the suggestions."""


def changing(runs: Sequence[Printed]) -> Unsteady | None:
    """What differs between `runs` of one program; None where more than words differ."""
    first = runs[0]
    if any(run.status != first.status or len(run.words) != len(first.words) for run in runs):
        return None
    columns = zip(*(run.words for run in runs), strict=True)
    differing = {at: set(column) for at, column in enumerate(columns) if len(set(column)) > 1}
    rounded = frozenset(at for at, column in differing.items() if _is_rounding(column))
    roles = _roles(first.words) if differing else []
    changing_roles = {roles[at] for at in differing.keys() - rounded}
    ignored = frozenset(at for at, role in enumerate(roles) if role in changing_roles) - rounded
    # a number of another length is padded otherwise
    padding = (at - 1 for at in ignored if at and first.words[at - 1].isspace() and "\n" not in first.words[at - 1])
    return Unsteady(ignored.union(padding), rounded)


def _is_rounding(words: Collection[str]) -> bool:
    if not all(map(_NUMBER.fullmatch, words)):
        return False
    values = [float(word) for word in words]
    return max(values) - min(values) <= RELATIVE[8] * max(map(abs, values))


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


def difference(expected: Printed, found: Printed, unsteady: Unsteady, tolerance: float | None) -> str | None:
    """The first difference outside what is `unsteady`; None where there is none.

    Floating numbers may differ by the relative `tolerance`; with None nothing may.
    """
    if expected.status != found.status:
        return f"the exit status is {found.status}, not {expected.status}"
    pairs = enumerate(zip(expected.words, found.words, strict=False))
    wrong = [(at, *pair) for at, pair in pairs if pair[0] != pair[1] and at not in unsteady.ignored]
    slack = _ROUNDING * tolerance * _largest(expected, unsteady.ignored) if wrong and tolerance else 0.0
    for at, before, after in wrong:
        is_rounded = at in unsteady.rounded and _is_rounding((before, after))
        if not is_rounded and not (tolerance and _near(before, after, tolerance, slack)):
            return f"it prints {after!r}, not {before!r}"
    if len(expected.words) != len(found.words):
        return "it prints more or less than before"
    return None


def is_told(shown: Printed, unsteady: Unsteady) -> bool:
    """Whether anything is left to compare: numbers beside those that tell nothing, where there are such."""
    numbers = [at for at, word in enumerate(shown.words) if _NUMBER.fullmatch(word) or word.isdecimal()]
    return not unsteady.ignored or not unsteady.ignored.issuperset(numbers)


def _largest(shown: Printed, ignored: frozenset[int]) -> float:
    words = (word for at, word in enumerate(shown.words) if at not in ignored)
    return max((abs(float(word)) for word in words if _NUMBER.fullmatch(word)), default=0.0)


def _near(before: str, after: str, tolerance: float, slack: float) -> bool:
    """Whether two numbers are alike but for rounding: relatively, by `slack`, or by one in the last printed place."""
    if not (_NUMBER.fullmatch(before) and _NUMBER.fullmatch(after)):
        return False
    a, b = float(before), float(after)
    last = max(_last_place(before), _last_place(after))
    return abs(a - b) <= max(tolerance * max(abs(a), abs(b)), 1.01 * last, slack)


def _last_place(number: str) -> float:
    """The value of one in the last printed place."""
    mantissa, _, exponent = number.lower().partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
