"""Elements that a loop only accumulates into: `omp atomic` makes each update indivisible (OpenMP 5.2, 15.8.4)."""

from __future__ import annotations

from hpcls.analysis.accesses import Access
from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.dependences import NestDependences
from hpcls.syntax.expressions import Assign, Step
from hpcls.syntax.loops import LoopFacts
from hpcls.syntax.statements import Evaluate, Statement, walk

_OPERATORS = frozenset("+= -= *= /= &= |= ^= <<= >>=".split())


def atomic_updates(model: UnitModel, loop: LoopFacts, nest: NestDependences) -> tuple[Statement, ...]:
    """The statements that need `omp atomic`, if that is all that stands against the loop's memory; else none.

    Every clash has to be between such updates, and nothing else may look at what they update.
    """
    level = len(nest.levels) - 1
    carried = [d for d in nest.dependences if any(vector.carrier == level for vector in d.vectors)]
    clashing = [access for d in carried for access in (d.source.access, d.sink.access)]
    clashing += [access for pair in nest.undecided for access in pair]
    keys = {access.place.key for access in clashing}
    updates = {at: part for part in walk(loop.statement.body) if (at := _updated(part)) is not None}
    touching = [sited.event for sited in model.inside(loop.statement) if isinstance(sited.event, Access)]
    elements = [access for access in touching if access.place.key in keys and access.place.path]
    found = dict.fromkeys(updates[access.offset] for access in elements if access.offset in updates)
    return tuple(found) if elements and all(access.offset in updates for access in elements) else ()


def _updated(part: Statement) -> int | None:
    """Where the target of `target += value;` or `target++;` stands."""
    match part:
        case Evaluate(expression=Assign(operator=operator, target=target)) if operator in _OPERATORS:
            return target.start
        case Evaluate(expression=Step(target=target)):
            return target.start
        case _:
            return None
