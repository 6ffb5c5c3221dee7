"""Variables to which a statement assigns one constant and nothing else, such as `found = 1`.

Two threads that store the same value at the same time race by the letter (OpenMP 5.2, 1.4.1), but no machine that
people use shows it: whoever reads finds the old or the new value.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.model import UnitModel
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import AddressOf, Assign, Expression, Literal, Name, Step, Unary
from hpcls.syntax.statements import Statement

_SEVERAL = ""
"""Stands for what is no constant, or not always the same one."""


def stored_alike(statement: Statement, model: UnitModel) -> frozenset[str]:
    """The keys of such variables."""
    values: dict[str, str] = {}
    for part in statements.walk(statement):
        for expression in part.expressions:
            for name, value in _given(expression):
                key = model.variables.key(name.name, name.start)
                text = _constant(value, model) if value else _SEVERAL
                values[key] = text if values.get(key, text) == text else _SEVERAL
    return frozenset(key for key, text in values.items() if text)


def _given(expression: Expression) -> Iterator[tuple[Name, Expression | None]]:
    """Variables that get a value, with the value; None where it is none that can be named."""
    for part in expressions.walk(expression):
        match part:
            case Assign(operator="=", target=Name() as name, value=value):
                yield name, value
            case Assign(target=Name() as name) | Step(target=Name() as name) | AddressOf(operand=Name() as name):
                yield name, None
            case _:
                pass


def _constant(value: Expression, model: UnitModel) -> str:
    match value:
        case Literal() | Unary(operator="-", operand=Literal()):
            return model.source.slice(value.start, value.end)
        case Name(name=name, start=start):
            symbol = model.variables.symbol(model.variables.key(name, start))
            named = name in ("true", "false", "TRUE", "FALSE", "NULL", "nullptr")
            return name if named or (symbol is not None and symbol.kind in ("macro", "enumerator")) else _SEVERAL
        case _:
            return _SEVERAL
