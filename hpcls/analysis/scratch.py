"""Variables that probably hold the values of one iteration, though nothing proves it: no reason to call a loop
independent.

An array whose elements do not depend on the loop's counter, and that an iteration writes before it reads it, holds the
intermediate values of one iteration (array privatisation without its proof; Allen & Kennedy, Optimizing Compilers for
Modern Architectures, 5.3); a function out of view that it is handed to first may have written it.  So does a container
that every iteration clears first, and a scalar that an inner loop leaves a value in which the iteration does not read.
What a lock or a construct of OpenMP guards is meant to be shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from hpcls.analysis.accesses import Access
from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.flow import is_scalar
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.variables import spelling
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Call, Member, Name
from hpcls.syntax.loops import LoopFacts, induction_of
from hpcls.syntax.statements import Block, Evaluate, Loop, Statement

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
    return {
        key: mine for key, mine in found.items() if not any(model.is_synchronised(one, loop) for one in _accesses(mine))
    }


def _accesses(sites: list[Sited]) -> list[Access]:
    return [sited.event for sited in sites if isinstance(sited.event, Access)]


def _arrays(model: UnitModel, loop: LoopFacts, sites: Sites) -> Iterator[str]:
    inner, given = _inner_counters(model, loop), frozenset(model.found_in(loop.statement.body, _given))
    varying = _varying(model, loop) - inner
    for key, mine in sites.items():
        accesses = _accesses(mine)
        is_filled = _is_filled_first(accesses) or (accesses[0].offset in given and _is_read_by_element(accesses))
        if key in varying or not is_filled or not all(map(model.is_by_name, accesses)):
            continue
        if not any(_is_chosen(_names(model, access), varying, inner) for access in accesses):
            yield key


def _is_filled_first(accesses: list[Access]) -> bool:
    """Whether elements are written first, or the array is handed over whole before some of its elements are written."""
    writes = [access for access in accesses if access.is_write and access.place.path]
    first = accesses[0]
    is_filled = first.is_write and not first.by_address if first.place.path else bool(writes)
    return bool(writes) and is_filled and any(not access.is_write for access in accesses)


def _is_read_by_element(accesses: list[Access]) -> bool:
    return any(access.place.path and not access.place.path.replace("[]", "") for access in accesses)


def _given(model: UnitModel, statement: Statement) -> Iterator[int]:
    """Where variables are handed to functions out of view."""
    for part in model.expressions_in(statement):
        match part:
            case Call(function=Name(name=name), arguments=arguments) if effect_of(name) is Effect.UNKNOWN:
                yield from (one.start for one in arguments if isinstance(one, Name))
            case _:
                pass


def _cleared(model: UnitModel, loop: Loop, sites: Sites) -> Iterator[str]:
    """Containers for which `x.clear()` stands before every other use, and in a block that holds them all."""
    for block, name in model.found_in(loop.body, _clears):
        key = model.variables.key(name.name, name.start)
        if key in sites and _holds_all(block, name.start, _accesses(sites[key])):
            yield key


def _clears(_: UnitModel, block: Statement) -> Iterator[tuple[Block, Name]]:
    """What `block` itself clears."""
    if not isinstance(block, Block):
        return
    for statement in block.statements:
        match statement:
            case Evaluate(expression=Call(function=Member(base=Name() as name, field="clear"))):
                yield block, name
            case _:
                pass


def _holds_all(block: Block, first: int, accesses: list[Access]) -> bool:
    return accesses[0].offset == first and all(access.offset < block.end for access in accesses)


def _left_over(loop: Loop, sites: Sites) -> Iterator[str]:
    for key, mine in sites.items():
        if all(access.is_write and is_scalar(access) for access in _accesses(mine)) and all(
            sited.loops[-1] is not loop and not _is_guarded(sited, loop) for sited in mine
        ):
            yield key


def _is_guarded(sited: Sited, loop: Loop) -> bool:
    return any(loop.start <= guard.start < loop.end for guard in sited.guards)


def _is_chosen(names: Set[str], varying: Set[str], inner: Set[str]) -> bool:
    """Whether subscripts choose an element for the iteration, or, by an index from outside alone, for the thread."""
    return not names.isdisjoint(varying) or (bool(names) and names.isdisjoint(inner))


def _varying(model: UnitModel, loop: LoopFacts) -> frozenset[str]:
    """The loop's counter and what its body writes."""
    own = {model.variables.key(loop.induction.variable, loop.induction.offset)} if loop.induction else set[str]()
    return frozenset(own | set(model.flows.iteration(loop.statement).written))


def _inner_counters(model: UnitModel, loop: LoopFacts) -> frozenset[str]:
    return frozenset(model.found_in(loop.statement.body, _counter))


def _counter(model: UnitModel, statement: Statement) -> Iterator[str]:
    counter = induction_of(statement) if isinstance(statement, Loop) else None
    if counter:
        yield model.variables.key(counter.variable, counter.offset)


def _names(model: UnitModel, access: Access) -> frozenset[str]:
    """The variables in its subscripts."""
    parts = (part for subscript in access.place.subscripts for part in expressions.walk(subscript))
    return frozenset(model.variables.key(part.name, part.start) for part in parts if isinstance(part, Name))
