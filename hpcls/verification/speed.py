"""How much faster the code is with the suggestions: pairs of runs, one without and one with them."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from hpcls.verification.model import Speedup

_MOST_PAIRS = 7
_LEAST_PAIRS = 3
_SECONDS = 20.0
"""For all the runs without the suggestions together."""


def speedup(before: Callable[[], float], after: Callable[[], float], threads: int, seconds: float) -> Speedup:
    """Run both in turn, so that what else the machine does hits both alike; each gives the seconds that it took.

    `seconds` is what one run without the suggestions takes, about.
    """
    after()
    count = max(_LEAST_PAIRS, min(_MOST_PAIRS, int(_SECONDS / max(seconds, 1e-9))))
    pairs = [(before(), after()) for _ in range(count)]
    ratios = [without / max(with_them, 1e-9) for without, with_them in pairs]
    return Speedup(threads, count, median(ratios), min(ratios), max(ratios), median(without for without, _ in pairs))
