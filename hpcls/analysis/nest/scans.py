"""Prefix sums: each element is the one before it and something more (OpenMP 5.2, 5.6, scan)."""

from __future__ import annotations

from hpcls.analysis.nest.dependences import NestDependences
from hpcls.syntax.expressions import Assign, Binary, Expression, Subscript
from hpcls.syntax.loops import LoopFacts
from hpcls.syntax.statements import Evaluate, walk

_COMPOUND = {"+=": "+", "*=": "*"}


def scan_operator(loop: LoopFacts, nest: NestDependences) -> str | None:
    """The operator of the prefix sum that is all that `loop` carries: `+` or `*`; None where it is no such loop."""
    level = len(nest.levels) - 1
    carried = [one for one in nest.dependences if any(vector.carrier == level for vector in one.vectors)]
    if nest.undecided or len(carried) != 1:
        return None
    (one,) = carried
    if one.kind != "flow" or any(vector.distances[level:] != (1,) for vector in one.vectors):
        return None
    written, read = one.source.access.offset, one.sink.access.offset
    evaluated = (part.expression for part in walk(loop.statement.body) if isinstance(part, Evaluate))
    found = (_operator(expression, written, read) for expression in evaluated)
    return next((operator for operator in found if operator), None)


def _operator(expression: Expression, written: int, read: int) -> str | None:
    """Of `target = earlier + more` or `target += earlier`, where these stand."""
    match expression:
        case Assign(operator="=", target=target, value=Binary(operator="+" | "*" as operator) as value):
            is_scan = target.start == written and (_is_at(value.left, read) or _is_at(value.right, read))
        case Assign(operator=compound, target=target, value=value) if compound in _COMPOUND:
            operator = _COMPOUND[compound]
            is_scan = target.start == written and _is_at(value, read)
        case _:
            return None
    return operator if is_scan else None


def _is_at(expression: Expression, offset: int) -> bool:
    return isinstance(expression, Subscript) and expression.start == offset
