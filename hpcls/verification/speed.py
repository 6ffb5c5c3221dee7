"""How much faster the code is with the suggestions: pairs of runs, one without and one with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from statistics import median

from hpcls.config.cores import cores
from hpcls.suggest.report import Suggestion
from hpcls.verification.model import Speedup, Unverifiable
from hpcls.verification.subject import Subject, Timed
from hpcls.verification.toolchain import TIME
from hpcls.verification.workshop import Workshop

_MOST_PAIRS = 7
_LEAST_PAIRS = 3
_ALL = 20.0
"""Seconds for all the runs without the suggestions together."""
_ONE = 0.5
"""Seconds that one run of a driver may take before smaller inputs are chosen."""


def speedup(workshop: Workshop, subject: Subject, suggestions: tuple[Suggestion, ...]) -> Speedup:
    """With as many threads as there are cores.  Raises Unverifiable where there is nothing to measure."""
    threads = cores()
    if threads == 1:
        raise Unverifiable("there is one core")
    timed, before, seconds = _worth_timing(workshop, subject)
    after = workshop.compiled(timed.text, suggestions, TIME)
    return _pairs(
        lambda: timed.seconds(workshop.run(before, timed.arguments, 1)),
        lambda: timed.seconds(workshop.run(after, timed.arguments, threads)),
        threads,
        seconds,
    )


def _worth_timing(workshop: Workshop, subject: Subject) -> tuple[Timed, str, float]:
    """The largest inputs that do not take too long, the program as it is, and the seconds that it took."""
    *larger, smallest = subject.timed()
    for timed in larger:
        before = workshop.compiled(timed.text, (), TIME)
        run = workshop.run(before, timed.arguments, 1, replace(workshop.limits, seconds=_ONE))
        if run.trouble is None and run.status == 0:
            return timed, before, timed.seconds(run)
    before = workshop.compiled(smallest.text, (), TIME)
    return smallest, before, smallest.seconds(workshop.run(before, smallest.arguments, 1))


def _pairs(before: Callable[[], float], after: Callable[[], float], threads: int, seconds: float) -> Speedup:
    """Run both in turn, so that what else the machine does hits both alike."""
    after()
    count = max(_LEAST_PAIRS, min(_MOST_PAIRS, int(_ALL / max(seconds, 1e-9))))
    pairs = [(before(), after()) for _ in range(count)]
    ratios = [without / max(with_them, 1e-9) for without, with_them in pairs]
    return Speedup(threads, count, median(ratios), min(ratios), max(ratios), median(without for without, _ in pairs))
