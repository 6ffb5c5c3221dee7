"""Iterations that do not cost the same, so that equal shares are unequal work: which schedule evens it out.

Triangular: the trip count of an inner loop moves with the counter, so that the largest of equal shares takes up to
twice as long as the mean.  `dynamic` hands out single iterations: right where one iteration is a whole inner loop.
Open-ended: an inner loop that runs until the data say so, mostly short, perhaps long.  `guided` begins with large
chunks and costs next to nothing (Polychronopoulos & Kuck, Guided Self-Scheduling, IEEE Trans. Computers 36, 1987).
"""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Bounds, Forms
from hpcls.suggest.directive.trips import Basis, Trips
from hpcls.suggest.directive.work import with_inner_loops
from hpcls.suggest.legality import Site
from hpcls.syntax.loops import induction_of
from hpcls.syntax.openmp_text import Clause
from hpcls.syntax.statements import Loop

_HEAVY = 64
"""Iterations of an inner loop below which handing out work costs more than the imbalance."""


@dataclass(frozen=True)
class Schedule:
    """A `schedule` clause and why."""

    clause: Clause
    reason: str


def schedule_for(nest: tuple[Site, ...], trips: Trips) -> Schedule | None:
    """The schedule for the loops of `nest` as one; None where the default will do."""
    counters = [_counter(site) for site in nest]
    forms, outer = (
        Forms(nest[0].model, nest[0].verdict.loop.statement),
        tuple(one.verdict.loop.statement for one in nest),
    )
    for statement, inner in with_inner_loops(outer[-1]):
        if not isinstance(statement, Loop):
            continue
        line = nest[0].source.line(statement.start)
        if _is_open_ended(statement):
            return _schedule("guided", f"the data decide how often the loop at line {line} runs")
        bounds = forms.bounds(statement, (*outer, *inner))
        if bounds and _moves_with(bounds, counters) and _is_heavy(statement, trips):
            return _schedule("dynamic", f"the loop at line {line} runs more often in some iterations than in others")
    return None


def _schedule(kind: str, reason: str) -> Schedule:
    return Schedule(Clause("schedule", None, (kind,)), reason)


def _counter(site: Site) -> str:
    induction = site.induction
    return site.variables.key(induction.variable, induction.offset) if induction else ""


def _is_open_ended(loop: Loop) -> bool:
    return loop.form in ("while", "do") and induction_of(loop) is None


def _moves_with(bounds: Bounds, counters: list[str]) -> bool:
    """Whether the trip count is affine in one of the counters, and not the same for all its values."""
    if bounds.lowest is None or bounds.highest is None:
        return False
    span: Polynomial = bounds.highest - bounds.lowest
    return any(name.partition("%")[0] in counters for name in span.names)


def _is_heavy(loop: Loop, trips: Trips) -> bool:
    found = trips.of(loop)
    return found.basis is Basis.ASSUMED or found.count >= _HEAVY
