"""A loop that every thread of a parallel region runs as a whole: `for` would share it out (OpenMP 5.2, 11.5.1).

That is what is meant only if the threads do the same work on the same memory, which is a data race as it stands.  So
all of them have to get to the loop (`reached`), it has to write shared memory or accumulate what comes together
(`accumulated`), and to use nothing else of which each thread has its own: a loop over thread-private data, or one that
divides the work by the thread's number, stays as it is.
"""

from __future__ import annotations

from hpcls.analysis.accesses import Access
from hpcls.analysis.effects import is_computation
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Role
from hpcls.suggest.directive.accumulated import own_accumulators, why_not_accumulated
from hpcls.suggest.directive.common_calls import is_common
from hpcls.suggest.directive.own import is_own
from hpcls.suggest.directive.reached import common_counters, unsettled
from hpcls.suggest.legality import Site
from hpcls.suggest.regions import Region
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Call, Name, Opaque

_SHARED_DEFAULTS = (("shared",), ("none",))
"""Where a region has `none`, what it uses is listed: what is not among the copies is shared (OpenMP 5.2, 5.4.1)."""

_OWN_ROLES = (Role.INDUCTION, Role.PRIVATE)
_SETTLED = (*_OWN_ROLES, Role.LASTPRIVATE, Role.REDUCTION)
"""Of what the directive says itself what becomes of it."""


def why_not_shared_out(site: Site, region: Region) -> str | None:
    """Why `for` may not stand on a loop inside `region`, the innermost around it; None if it may."""
    name = region.directive.directive.name
    line = region.directive.line
    if name != "parallel":
        return f"it runs inside `omp {name}` of line {line}"
    clauses = region.directive.directive.clauses
    if any(clause.name == "default" and clause.arguments not in _SHARED_DEFAULTS for clause in clauses):
        return f"not every variable of the region at line {line} is shared by default"
    counters = common_counters(site, region)
    if counters is None:
        return f"not every thread of the region at line {line} need get to it"
    reason = why_not_accumulated(site, region)
    if reason:
        return reason
    name = unsettled(site, region, {one.name for one in site.verdict.scalars if one.role in _SETTLED})
    if name:
        return f"a thread of the region at line {line} may set {spelling(name)} while another runs the loop"
    accumulates = any(one.needs_clause and one.role is Role.REDUCTION for one in site.verdict.scalars)
    if not accumulates and not _writes_memory(site):
        return f"every thread of the region at line {line} runs it for itself"
    own = _of_each_thread(site, region, counters)
    return f"each thread of the region at line {line} has its own {own}" if own else None


def _writes_memory(site: Site) -> bool:
    """Whether the loop leaves something in memory that is not its own."""
    start, end = site.verdict.loop.statement.start, site.verdict.loop.statement.end
    events = (sited.event for sited in site.model.inside(site.verdict.loop.statement))
    return any(
        isinstance(event, Access)
        and event.is_write
        and bool(event.place.path)
        and not site.variables.is_declared_in(event.place.key, start, end)
        for event in events
    )


def _of_each_thread(site: Site, region: Region, counters: frozenset[str]) -> str | None:
    """The first name in the loop that is not one and the same for all threads; `counters` are."""
    loop = site.verdict.loop.statement
    mine = {scalar.name for scalar in site.verdict.scalars if scalar.role in _OWN_ROLES}
    mine |= own_accumulators(site, region)
    for statement in statements.walk(loop):
        for whole in statements.expressions_of(statement):
            for part in expressions.walk(whole):
                if isinstance(part, Opaque) or (isinstance(part, Call) and not is_common(site.source, part)):
                    return "calls"
                if isinstance(part, Name) and part.name not in mine and _is_own(site, region, part, counters):
                    return spelling(part.name)
    return None


def _is_own(site: Site, region: Region, name: Name, counters: frozenset[str]) -> bool:
    key = site.variables.key(name.name, name.start)
    symbol = site.variables.symbol(key)
    is_function = symbol.kind == "function" if symbol else is_computation(name.name)
    return not is_function and key not in counters and is_own(site, region, name)
