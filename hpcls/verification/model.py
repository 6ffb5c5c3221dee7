"""What came of trying suggestions out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from hpcls.errors import HpclsError

Means = Literal["program", "driver"]
"""The program of the file itself, or one that calls the function around the loop."""


class Unverifiable(HpclsError):
    """Why code cannot be tried out; it is told beside the suggestion."""


@dataclass(frozen=True)
class Speedup:
    """Wall-clock time without the suggestions divided by that with them, over pairs of runs."""

    threads: int
    pairs: int
    median: float
    lowest: float
    highest: float
    seconds: float
    """The median without the suggestions."""


@dataclass(frozen=True)
class Verification:
    """What is known of one suggestion after its trial."""

    by: Means | None = None
    runs: int = 0
    """With the suggestion, the ones under the race detector included."""
    threads: tuple[int, ...] = ()
    equal: bool | None = None
    """Whether every run left what the code as it is leaves; None: it was not found out."""
    tolerance: float | None = None
    """Relative, for floating values whose order of summation changes; None: every bit was compared."""
    races: int | None = None
    """None: not looked for."""
    speedup: Speedup | None = None
    difference: str | None = None
    """The first thing that differed, or the first race."""
    unverifiable: str | None = None
    """Why nothing could be found out."""
    notes: tuple[str, ...] = ()
    """What was left out, and why."""

    @property
    def failed(self) -> bool:
        """Whether the suggestion was seen to be wrong."""
        return self.equal is False or bool(self.races)

    def noting(self, *notes: str) -> Verification:
        """This with `notes` at the end."""
        return replace(self, notes=(*self.notes, *notes))
