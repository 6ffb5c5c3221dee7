"""What each thread of a parallel region has for itself (OpenMP 5.2, 5.1), and what is done once for all."""

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


def is_waited_for(site: Site, offset: int) -> bool:
    """Whether one thread does what stands at `offset`, or all share it out, and the others wait until it is done."""
    around = site.regions.on(offset) or site.regions.around(offset)
    directive = around.directive.directive if around else None
    is_shared = directive is not None and directive.name in ("single", "for", "for simd", "sections")
    return directive is not None and is_shared and all(clause.name != "nowait" for clause in directive.clauses)


def _listed(region: Region) -> set[str]:
    clauses = region.directive.directive.clauses
    return {name for clause in clauses if clause.name in _OWN_COPIES for name in clause.arguments}
