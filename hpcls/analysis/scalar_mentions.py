"""What single statements say of scalars: what they accumulate, hand on to calls, and read to control a loop."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.handed import handed_on
from hpcls.analysis.model import UnitModel
from hpcls.analysis.reductions import Accumulation, accumulation, in_sequence, of_expression
from hpcls.syntax.expressions import Expression, Name
from hpcls.syntax.statements import Evaluate, If, Loop, Statement


def accumulations(_: UnitModel, statement: Statement) -> Iterator[Accumulation]:
    """Those that `statement` consists of."""
    match statement:
        case Evaluate(expression=evaluated) | Loop(update=Expression() as evaluated):
            yield from (one for part in in_sequence(evaluated) if (one := of_expression(part)))
        case If() if found := accumulation(statement):
            yield found
        case _:
            pass


def given_away(model: UnitModel, statement: Statement) -> Iterator[str]:
    """The variables that a call in it may give a value."""
    for part in model.expressions_in(statement):
        yield from handed_on(part, model.variables)


def steering(model: UnitModel, statement: Statement) -> Iterator[str]:
    """The variables that the control of a loop reads."""
    read = model.expressions_in(statement) if isinstance(statement, Loop) else ()
    yield from (model.variables.key(one.name, one.start) for one in read if isinstance(one, Name))
