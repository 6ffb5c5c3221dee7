"""Each process's own part of a result: how it is accumulated, and whether anybody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hpcls.analysis.reductions import accumulation
from hpcls.suggest.mpi.facts.program import Function
from hpcls.suggest.mpi.facts.uses import Variable, accesses
from hpcls.syntax.expressions import Assign, Call, Expression, Literal, Name, Step
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.statements import Block, Declare, Loop, expressions_of, walk

OPERATIONS: Mapping[str, str] = MappingProxyType(
    {
        "+": "MPI_SUM", "*": "MPI_PROD", "max": "MPI_MAX", "min": "MPI_MIN", "&": "MPI_BAND", "|": "MPI_BOR",
        "^": "MPI_BXOR", "&&": "MPI_LAND", "||": "MPI_LOR",
    }
)  # fmt: skip
"""MPI's operation for each operator of a reduction (MPI-4.0 §6.9.2)."""
_IDENTITY: Mapping[str, float] = MappingProxyType(
    {"MPI_SUM": 0.0, "MPI_PROD": 1.0, "MPI_BOR": 0.0, "MPI_BXOR": 0.0, "MPI_LOR": 0.0, "MPI_LAND": 1.0}
)
_SHOWS = frozenset("printf fprintf puts fputs putchar sprintf snprintf".split())
_BY_NAME = (("max", "MPI_MAX"), ("min", "MPI_MIN"), ("prod", "MPI_PROD"), ("time", "MPI_MAX"), ("elapsed", "MPI_MAX"))


@dataclass(frozen=True)
class Partial:
    """A variable with each process's own part, and how the parts make the whole."""

    variable: Variable
    operation: str
    loop: Loop | None
    """The loop that accumulates it, the iterations of which the processes share; None where that is not seen."""

    @property
    def name(self) -> str:
        """Of the variable."""
        return self.variable.name


def accumulated_by(loop: Loop, name: str) -> str | None:
    """The operator by which alone `loop` uses the variable."""
    found = [one for statement in walk(loop.body) if (one := accumulation(statement)) and one.name.name == name]
    operators = {one.operator for one in found}
    uses = (use for part in walk(loop) for expression in expressions_of(part) for use in accesses(expression))
    outside = (at for other, at, _ in uses if other == name and not any(one.start <= at < one.end for one in found))
    return operators.pop() if len(operators) == 1 and next(outside, None) is None else None


def operation_by_name(*names: str) -> str:
    """What the names of a part and its whole say of how the parts make the whole."""
    for name in names:
        for word, operation in _BY_NAME:
            if word in name.lower():
                return operation
    return "MPI_SUM"


def starts_neutral(partial: Partial, body: Block) -> bool:
    """Whether its loop starts from the value that changes nothing: any other would count once for each process."""
    identity = _IDENTITY.get(partial.operation)
    return partial.loop is None or identity is None or _value_before(partial, body) == identity


def _value_before(partial: Partial, body: Block) -> float | None:
    """The constant that the variable was given last before its loop."""
    value: float | None = None
    assert partial.loop is not None
    for statement in walk(body):
        if statement.start >= partial.loop.start:
            break
        if isinstance(statement, Declare):
            given = [one.initial for one in statement.declarators if one.name == partial.name and one.initial]
            value = number(given[0]) if given else value
        for expression in expressions_of(statement):
            for part in walk_expression(expression):
                if isinstance(part, Assign) and isinstance(part.target, Name) and part.target.name == partial.name:
                    value = number(part.value) if part.operator == "=" and part.start < partial.loop.start else None
    return value


def number(expression: Expression) -> float | None:
    """The value of a literal."""
    if not isinstance(expression, Literal):
        return None
    try:
        return float(expression.text.rstrip("fFlLuU"))
    except ValueError:
        return None


def shown_names(function: Function) -> frozenset[int]:
    """The offsets of names that a print alone reads."""
    found: set[int] = set()
    for statement in walk(function.body):
        for expression in expressions_of(statement):
            for part in walk_expression(expression):
                if isinstance(part, Call) and isinstance(part.function, Name) and part.function.name in _SHOWS:
                    found.update(one.start for one in walk_expression(part) if isinstance(one, Name))
    return frozenset(found)


def self_readings(function: Function) -> frozenset[int]:
    """The offsets of names that are read for a new value of the same variable: `s += x`, `s = s + x`."""
    found: set[int] = set()
    for statement in walk(function.body):
        for expression in expressions_of(statement):
            for part in walk_expression(expression):
                if isinstance(part, Assign) and isinstance(part.target, Name):
                    name = part.target.name
                    found.update(
                        one.start for one in walk_expression(part) if isinstance(one, Name) and one.name == name
                    )
                elif isinstance(part, Step) and isinstance(part.target, Name):
                    found.add(part.target.start)
    return frozenset(found)


def dangles(variable: Variable, before: int, harmless: frozenset[int], *, is_computed: bool) -> bool:
    """Whether it gets a value before the offset `before`, and all that reads it later is `harmless`, such as prints:
    somebody else must want it.

    `is_computed`: whether what its declaration gives it is such a value.
    """
    declared = variable.symbol.start if variable.symbol else -1
    given = [use.offset for use in variable.uses if use.access != "read" and use.offset < before]
    writes = [offset for offset in given if is_computed or offset != declared]
    if not writes:
        return False
    later = (use.offset for use in variable.uses if use.access == "read" and use.offset > max(writes))
    return all(offset in harmless for offset in later)
