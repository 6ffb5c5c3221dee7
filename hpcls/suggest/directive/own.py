"""What each thread of a parallel region has for itself (OpenMP 5.2, 5.1), and what one does for all."""

from __future__ import annotations

from hpcls.suggest.legality import Site
from hpcls.suggest.regions import Region
from hpcls.syntax.expressions import Name

_OWN_COPIES = frozenset("private firstprivate lastprivate reduction linear copyin task_reduction in_reduction".split())


def is_own(site: Site, region: Region, name: Name) -> bool:
    """Whether a name in the loop, not declared there, is not one and the same variable for all threads of `region`."""
    variables = site.variables
    key = variables.key(name.name, name.start)
    symbol = variables.symbol(key)
    loop = site.verdict.loop.statement
    if variables.is_declared_in(key, loop.start, loop.end):
        return False
    if name.name in _listed(region):
        return True
    if symbol is None:
        return not name.name.isupper()  # INT_MAX
    return region.start <= symbol.start < region.end or variables.meanings.is_thread_local(name.name, symbol)


def is_by_one(site: Site, offset: int) -> bool:
    """Whether `single` has one thread do what stands at `offset`, and the others wait."""
    around = site.regions.on(offset) or site.regions.around(offset)
    directive = around.directive.directive if around else None
    return directive is not None and directive.name == "single" and all(c.name != "nowait" for c in directive.clauses)


def _listed(region: Region) -> set[str]:
    clauses = region.directive.directive.clauses
    return {name for clause in clauses if clause.name in _OWN_COPIES for name in clause.arguments}
