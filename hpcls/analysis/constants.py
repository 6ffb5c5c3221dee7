"""Expressions whose value is a number in view: literals, macros, enumerators and constant variables, computed with."""

from __future__ import annotations

from hpcls.analysis.variables import Variables
from hpcls.syntax.expressions import Cast, Expression, Literal, Name, walk
from hpcls.syntax.headers.conditions import value_of
from hpcls.syntax.loops import integer
from hpcls.syntax.rewrite import rewritten


def number_of(variables: Variables, expression: Expression) -> int | None:
    """The value of `expression`; None where it is not known to be always the same."""

    def known(part: Expression) -> Expression:
        match part:
            case Name(name=name, start=start):
                return variables.constant(variables.key(name, start)) or part
            case Cast(operand=Literal() as operand, type_text=kind, start=start) if integer(operand) is not None:
                is_cut = "*" in kind or variables.number_types.is_narrow(kind, start)
                return part if is_cut else operand
            case _:
                return part

    if isinstance(expression, Literal) and (plain := integer(expression)) is not None:
        return plain
    names = (part for part in walk(expression) if isinstance(part, Name))
    if any(variables.constant(variables.key(one.name, one.start)) is None for one in names):
        return None  # before the whole is written anew: most have a variable
    return value_of(rewritten(expression, known))
