"""OMP003: a loop for an accelerator, with what it needs there.

Only calls of mathematical functions are made: nothing else is known to exist on a device.  Time for copying is not
counted: whoever asks for accelerators may keep the arrays there with `target data`.
"""

from __future__ import annotations

from collections.abc import Mapping

from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.ranges import is_counted_by_iterator
from hpcls.analysis.verdict import Role
from hpcls.suggest.directive.choice import Choice, Silence
from hpcls.suggest.directive.clauses import clauses_of
from hpcls.suggest.directive.maps import maps_of, reduced
from hpcls.suggest.directive.nest import assumptions_of, collapsible, counters_inside
from hpcls.suggest.directive.profit import why_not_worthwhile
from hpcls.suggest.directive.threads import message
from hpcls.suggest.directive.trips import Trips
from hpcls.suggest.legality import Site
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Call, Name
from hpcls.syntax.openmp_text import Clause, Directive, render_clause
from hpcls.syntax.statements import Loop

_SINCE = (4, 0)
_NAME = "target teams distribute parallel for"


def offload(site: Site, sites: Mapping[Loop, Site], trips: Trips) -> Choice | Silence:
    """What brings a loop that may run in any order to a device."""
    nest, obstacle = collapsible(site, sites)
    reason = why_not_worthwhile(nest, trips) or _why_not_there(site)
    if reason:
        return Silence(reason)
    maps = maps_of(site)
    if isinstance(maps, Silence):
        return maps
    collapse = (Clause("collapse", None, (str(len(nest)),)),) if len(nest) > 1 else ()
    clauses = (*clauses_of(site.verdict, counters_inside(nest)), *collapse, *_with_results(maps, site))
    reasons = [f"`{render_clause(one)}`: computed from the subscripts and bounds" for one in maps]
    reasons += [f"`{render_clause(one)}`: a device has room for all these iterations at once" for one in collapse]
    reasons += [f"no further `collapse`: {obstacle}"] if obstacle else []
    assumed = (*assumptions_of(nest), "no extent in a map clause is negative", *_of_sections(maps))
    return Choice("OMP003", Directive(_NAME, None, clauses), nest, message(site.verdict), assumed, tuple(reasons))


def _with_results(maps: tuple[Clause, ...], site: Site) -> tuple[Clause, ...]:
    """The map clauses, and those of the reductions that need one."""
    both = [clause for clause in maps if clause.modifier == "tofrom"]
    listed = tuple(name for clause in both for name in clause.arguments)
    names = tuple(name for name in reduced(site) if name not in listed)
    if not names:
        return maps
    return (*(clause for clause in maps if clause not in both), Clause("map", "tofrom", (*listed, *names)))


def _of_sections(maps: tuple[Clause, ...]) -> tuple[str, ...]:
    """A part of storage that is there already cannot be mapped with more around it (OpenMP 5.2, 5.8.3)."""
    items = [name for clause in maps for name in clause.arguments]
    may_overlap = len(items) > 1 and any("[" in name for name in items)
    return ("no two items in map clauses overlap in part",) if may_overlap else ()


def _why_not_there(site: Site) -> str | None:
    if site.openmp_version < _SINCE:
        return "devices need OpenMP 4.0"
    if site.regions.around(site.verdict.loop.statement.start):
        return "it runs inside a parallel region"
    if _counts_by_address(site):
        return "it counts by an address, and a device has others"
    for scalar in site.verdict.scalars:
        if scalar.needs_clause and (scalar.role is Role.LASTPRIVATE or scalar.section):
            return f"{scalar.name} is needed afterwards"
    for statement in statements.walk(site.verdict.loop.statement.body):
        for whole in statements.expressions_of(statement):
            name = next((one for part in expressions.walk(whole) if (one := _not_there(part))), None)
            if name:
                return f"{name} may not exist on a device"
    return None


def _counts_by_address(site: Site) -> bool:
    """Whether a pointer or an iterator counts the loop: its bounds are evaluated on the host."""
    induction, variables = site.induction, site.variables
    symbol = variables.symbol(variables.key(induction.variable, induction.offset)) if induction else None
    is_pointer = symbol is not None and symbol.pointers > 0
    return is_pointer or is_counted_by_iterator(site.model, site.verdict.loop.statement)


def _not_there(part: expressions.Expression) -> str | None:
    """The function that a device may lack; None for any other expression."""
    match part:
        case Call(function=Name(name=name)):
            return None if effect_of(name) is Effect.PURE and not name.startswith("omp_") else f"{name}()"
        case Call():
            return "what it calls"
        case _:
            return None
