"""Variables that probably hold the values of one iteration, though nothing proves it: no reason to call a loop
independent.

An array whose elements do not depend on the loop's counter, and that an iteration writes before it reads it, holds the
intermediate values of one iteration (array privatisation without its proof; Allen & Kennedy, Optimizing Compilers for
Modern Architectures, 5.3).  So does a container that every iteration clears first, and a scalar that an inner loop
leaves a value in which the iteration does not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hpcls.analysis.accesses import Access
from hpcls.analysis.flow import is_scalar
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.variables import spelling
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Call, Member, Name
from hpcls.syntax.loops import LoopFacts, induction_of
from hpcls.syntax.statements import Block, Evaluate, Loop, Statement, walk

Sites = Mapping[str, list[Sited]]


def scratch_variables(model: UnitModel, loop: LoopFacts) -> tuple[str, ...]:
    """The names of such variables, declared outside the loop, in source order."""
    sites = _sites(model, loop.statement)
    found = {*_arrays(model, loop, sites), *_cleared(model, loop.statement, sites), *_left_over(loop.statement, sites)}
    start, end = loop.statement.start, loop.statement.end
    return tuple(spelling(key) for key in sites if key in found and not model.variables.is_declared_in(key, start, end))


def _sites(model: UnitModel, loop: Loop) -> Sites:
    """The accesses of each variable; reading a pointer only to find an element is none of its own."""
    found: dict[str, list[Sited]] = {}
    for sited in model.inside(loop):
        event = sited.event
        if isinstance(event, Access) and not model.is_base(event):
            found.setdefault(event.place.key, []).append(sited)
    return found


def _accesses(sites: list[Sited]) -> list[Access]:
    return [sited.event for sited in sites if isinstance(sited.event, Access)]


def _arrays(model: UnitModel, loop: LoopFacts, sites: Sites) -> Iterator[str]:
    varying = _varying(model, loop)
    for key, mine in sites.items():
        accesses = _accesses(mine)
        if _is_filled_first(accesses) and not any(_names(model, access) & varying for access in accesses):
            yield key


def _is_filled_first(accesses: list[Access]) -> bool:
    """Whether elements are written first, or the array is handed over whole before some of its elements are written."""
    writes = [access for access in accesses if access.is_write and access.place.path]
    first = accesses[0]
    is_filled = first.is_write and not first.by_address if first.place.path else bool(writes)
    return bool(writes) and is_filled and any(not access.is_write for access in accesses)


def _cleared(model: UnitModel, loop: Loop, sites: Sites) -> Iterator[str]:
    """Containers for which `x.clear()` stands before every other use, where every iteration comes by."""
    body: Statement = loop.body
    for statement in body.statements if isinstance(body, Block) else ():
        match statement:
            case Evaluate(expression=Call(function=Member(base=Name(name=name, start=start), field="clear"))):
                key = model.variables.key(name, start)
                if key in sites and sites[key][0].event.offset == start:
                    yield key
            case _:
                pass


def _left_over(loop: Loop, sites: Sites) -> Iterator[str]:
    for key, mine in sites.items():
        if all(access.is_write and is_scalar(access) for access in _accesses(mine)) and all(
            sited.loops[-1] is not loop and not _is_guarded(sited, loop) for sited in mine
        ):
            yield key


def _is_guarded(sited: Sited, loop: Loop) -> bool:
    return any(loop.start <= guard.start < loop.end for guard in sited.guards)


def _varying(model: UnitModel, loop: LoopFacts) -> frozenset[str]:
    """The loop's counter and what its body writes, but for the counters of inner loops."""
    key = model.variables.key
    loops = [part for part in walk(loop.statement.body) if isinstance(part, Loop)]
    inner = {key(counter.variable, counter.offset) for counter in map(induction_of, loops) if counter}
    own = {key(loop.induction.variable, loop.induction.offset)} if loop.induction else set[str]()
    return frozenset(own | (set(model.flows.iteration(loop.statement).written) - inner))


def _names(model: UnitModel, access: Access) -> frozenset[str]:
    """The variables in its subscripts, and the pointer itself."""
    parts = (part for subscript in access.place.subscripts for part in expressions.walk(subscript))
    names = (model.variables.key(part.name, part.start) for part in parts if isinstance(part, Name))
    return frozenset({access.place.key, *names})
