"""Arrays that are probably temporaries, though nothing proves it: no reason to call a loop independent.

An array whose elements do not depend on the loop's counter, and that an iteration writes before it reads it, holds the
intermediate values of one iteration (array privatisation without its proof; Allen & Kennedy, Optimizing Compilers for
Modern Architectures, 5.3).
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.variables import spelling
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Name
from hpcls.syntax.loops import LoopFacts, induction_of
from hpcls.syntax.statements import Loop, walk


def scratch_arrays(model: UnitModel, loop: LoopFacts) -> tuple[str, ...]:
    """The names of such arrays, declared outside the loop, in source order."""
    statement = loop.statement
    varying = _varying(model, loop)
    accesses: dict[str, list[Access]] = {}
    for access in _memory(model.inside(statement)):
        accesses.setdefault(access.place.key, []).append(access)
    return tuple(
        spelling(key)
        for key, mine in accesses.items()
        if not model.variables.is_declared_in(key, statement.start, statement.end)
        and _is_filled_first(mine)
        and not any(_names(model, access) & varying for access in mine)
    )


def _memory(inside: list[Sited]) -> Iterator[Access]:
    events = (sited.event for sited in inside)
    return (event for event in events if isinstance(event, Access) and event.place.path)


def _is_filled_first(accesses: list[Access]) -> bool:
    first = accesses[0]
    return first.is_write and not first.by_address and any(not access.is_write for access in accesses)


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
