"""OMP001: a loop whose iterations are shared out among threads, with `parallel for`, or `for` where a team is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

from hpcls.analysis.verdict import Verdict
from hpcls.suggest.directive.accumulated import own_accumulators
from hpcls.suggest.directive.balance import schedule_for
from hpcls.suggest.directive.choice import Choice, Silence
from hpcls.suggest.directive.clauses import clauses_of
from hpcls.suggest.directive.nest import assumptions_of, collapsible, counters_inside
from hpcls.suggest.directive.profit import why_not_worthwhile
from hpcls.suggest.directive.repeated import Condition, condition_for
from hpcls.suggest.directive.trips import Basis, Trips
from hpcls.suggest.directive.work import work_of_iteration
from hpcls.suggest.legality import Site
from hpcls.syntax.openmp_text import Clause, Directive, render_clause
from hpcls.syntax.statements import Loop

_ENOUGH = 64
"""Iterations that can be shared out evenly: four for each of 16 threads, so that none is idle for over a fifth."""


def share_out(site: Site, sites: Mapping[Loop, Site], trips: Trips) -> Choice | Silence:
    """What makes threads share out the iterations of a loop that may run in any order, and on which a directive may
    stand."""
    chain, obstacle = collapsible(site, sites)
    nest = chain[: _worth_collapsing(chain, trips)]
    reason = why_not_worthwhile(nest, trips)
    if reason:
        return Silence(reason)
    region = site.regions.around(site.verdict.loop.statement.start)
    condition = None if region else condition_for(nest, trips)
    if condition and condition.short:
        return Silence(f"it is cheap and runs a few times only, as {condition.short} says, and {condition.reason}")
    predetermined = counters_inside(nest) | (own_accumulators(site, region) if region else frozenset[str]())
    clauses = (*clauses_of(site.verdict, predetermined), *_sharing(nest, trips), *_making(condition))
    directive = Directive("for" if region else "parallel for", None, clauses)
    reasons = (*_reasons(nest, len(chain), obstacle, trips), *_why(condition))
    return Choice("OMP001", directive, nest, message(site.verdict), assumptions_of(nest), reasons)


def _worth_collapsing(chain: tuple[Site, ...], trips: Trips) -> int:
    """How many loops together have enough iterations; 1 where the outermost is long, or may be."""
    runs, depth = 1, 0
    while depth < len(chain) and runs < _ENOUGH:
        runs *= trips.of(chain[depth].verdict.loop.statement).count
        depth += 1
    return depth


def _sharing(nest: tuple[Site, ...], trips: Trips) -> list[Clause]:
    """The clauses that say how iterations are shared out."""
    schedule = schedule_for(nest, trips)
    found = [Clause("collapse", None, (str(len(nest)),))] if len(nest) > 1 else []
    return [*found, schedule.clause] if schedule else found


def _making(condition: Condition | None) -> tuple[Clause, ...]:
    """The clause that says whether a team is made."""
    return (condition.clause,) if condition else ()


def _why(condition: Condition | None) -> Iterator[str]:
    if condition:
        yield f"`{render_clause(condition.clause)}`: {condition.reason}"


def message(verdict: Verdict) -> str:
    """The headline of a loop whose iterations are independent."""
    if verdict.reductions:
        names = ", ".join(name for _, name in verdict.reductions)
        return f"the iterations of this loop are independent but for the reduction of {names}"
    return "the iterations of this loop are independent"


def _reasons(nest: tuple[Site, ...], deepest: int, obstacle: str | None, trips: Trips) -> Iterator[str]:
    site, first = nest[0], trips.of(nest[0].verdict.loop.statement)
    region = site.regions.around(site.verdict.loop.statement.start)
    yield from _place(site)
    if region:
        yield f"`for`: every thread of the region at line {region.directive.line} would run the whole loop"
        for name in sorted(own_accumulators(site, region)):
            yield f"no `reduction` of {name}: each thread has its own, and the region brings the parts together"
    runs = prod(trips.of(one.verdict.loop.statement).count for one in nest)
    work = runs * work_of_iteration(nest[-1].verdict.loop.statement, trips)
    assumed = f", {first.count:,} iterations assumed" if first.basis is Basis.ASSUMED else ""
    yield f"it does enough work for threads: about {work:,} operations{assumed}"
    if len(nest) > 1:
        yield f"`collapse({len(nest)})`: {first.count:,} iterations are few to share out, {runs:,} are enough"
    elif first.count < _ENOUGH and obstacle:
        yield f"no `collapse`: {obstacle}"
    elif deepest > 1:
        yield "no `collapse`: the outer loop has enough iterations to share out"
    schedule = schedule_for(nest, trips)
    if schedule:
        yield f"`{render_clause(schedule.clause)}`: {schedule.reason}"


def _place(site: Site) -> Iterator[str]:
    """Why not the loop around it."""
    outer = site.verdict.loop.parent
    if outer is not None:
        line = site.source.line(outer.statement.start)
        yield f"it is the outermost loop to be shared out: the one around it, at line {line}, is not"
