"""A loop that every thread of a parallel region runs as a whole: `for` would share it out (OpenMP 5.2, 11.5.1).

That is what is meant only if the threads do the same work on the same memory, which is a data race as it stands.  So
the loop has to stand right in the region, write shared memory, and use nothing of which each thread has its own: a
loop over thread-private data, or one that divides the work by the thread's number, stays as it is.
"""

from __future__ import annotations

from hpcls.analysis.accesses import Access
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Role
from hpcls.suggest.legality import Site
from hpcls.suggest.regions import Region
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Call, Name, Opaque
from hpcls.syntax.openmp_text import Clause
from hpcls.syntax.statements import Block, Statement

_SHARED_DEFAULTS = (("shared",), ("none",))
"""Where a region has `none`, what it uses is listed: what is not among the copies is shared (OpenMP 5.2, 5.4.1)."""
_OWN_COPIES = frozenset("private firstprivate lastprivate reduction linear copyin task_reduction in_reduction".split())


def why_not_shared_out(site: Site, region: Region) -> str | None:
    """Why `for` may not stand on a loop inside `region`, the innermost around it; None if it may."""
    name = region.directive.directive.name
    line = region.directive.line
    if name != "parallel":
        return f"it runs inside `omp {name}` of line {line}"
    clauses = region.directive.directive.clauses
    if any(clause.name == "default" and clause.arguments not in _SHARED_DEFAULTS for clause in clauses):
        return f"not every variable of the region at line {line} is shared by default"
    if not _stands_right_in(site, region):
        return f"not every thread of the region at line {line} need get to it"
    if any(scalar.needs_clause and scalar.role is Role.REDUCTION for scalar in site.verdict.scalars):
        return "every thread accumulates for itself in it"
    if not _writes_memory(site):
        return f"every thread of the region at line {line} runs it for itself"
    own = _of_each_thread(site, region, clauses)
    return f"each thread of the region at line {line} has its own {own}" if own else None


def _stands_right_in(site: Site, region: Region) -> bool:
    """Whether nothing but braces stands between the region and the loop."""
    loop: Statement = site.verdict.loop.statement
    pending: list[Statement] = [site.model.unit.body]
    while pending:
        statement = pending.pop()
        inside = isinstance(statement, Block) and region.start <= statement.start
        if inside and loop in statements.parts(statement):
            return statement.start == region.start
        pending.extend(statements.parts(statement))
    return False


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


def _of_each_thread(site: Site, region: Region, clauses: tuple[Clause, ...]) -> str | None:
    """The first name in the loop that is not one and the same for all threads."""
    listed = {name for clause in clauses if clause.name in _OWN_COPIES for name in clause.arguments}
    loop = site.verdict.loop.statement
    own = {scalar.name for scalar in site.verdict.scalars if scalar.role in (Role.INDUCTION, Role.PRIVATE)}
    for statement in statements.walk(loop):
        for whole in statements.expressions_of(statement):
            for part in expressions.walk(whole):
                if isinstance(part, (Call, Opaque)):
                    return "calls"
                if isinstance(part, Name) and _is_own(site, region, part, listed) and part.name not in own:
                    return spelling(part.name)
    return None


def _is_own(site: Site, region: Region, name: Name, listed: set[str]) -> bool:
    variables = site.variables
    key = variables.key(name.name, name.start)
    symbol = variables.symbol(key)
    loop = site.verdict.loop.statement
    if variables.is_declared_in(key, loop.start, loop.end):
        return False
    if symbol is None or name.name in listed:
        return True
    return region.start <= symbol.start < region.end or variables.meanings.is_thread_local(name.name, symbol)
