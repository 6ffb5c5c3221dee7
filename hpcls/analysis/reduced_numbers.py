"""What the type of a reduction's variable makes of its values: it may count in which order they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hpcls.analysis.element_types import is_truth
from hpcls.analysis.flags import is_truth_value
from hpcls.analysis.model import UnitModel
from hpcls.analysis.reductions import Accumulation
from hpcls.analysis.types import bits_of, is_bool, is_floating, is_integer, is_signed, is_unsigned
from hpcls.analysis.widths import keeps_its_values
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Cast, Expression, Name, names_in, walk


def misfit(model: UnitModel, symbol: Symbol, operator: str, accumulations: Sequence[Accumulation]) -> str | None:
    """What keeps all `accumulations` into the variable from being a reduction, such as "cut to an integer ..."."""
    conversions = [one for each in accumulations for one in _conversions(each)]
    kind = _converted(model, symbol, conversions)
    values = [*(one.value for one in accumulations), *(one.operand for one in conversions)]
    if kind := kind or cut(model, symbol, operator, values):
        return f"cut to {kind} after every step: the order of accumulation counts"
    extremes = [one.extreme for one in accumulations if one.extreme]
    if _misled(model, symbol, extremes):
        return "signed, and compared as an unsigned number: a copy's first value misleads"
    if _is_too_narrow(model, symbol, extremes):
        return f"too narrow for what it is compared with: {symbol.type_text} cuts it, and the order counts"
    return None


def _conversions(accumulation: Accumulation) -> Iterator[Cast]:
    """The casts of what the variable holds so far together with what comes to it: `s = (int)(s + x)`."""
    name, value = accumulation.name.name, accumulation.value
    for part in walk(value) if value else ():
        if isinstance(part, Cast) and name in names_in(part.operand):
            yield part


def _converted(model: UnitModel, symbol: Symbol, conversions: Sequence[Cast]) -> str | None:
    """The type of a cast to another one than the variable's; None if there is none."""
    named = model.variables.number_types.named
    own = named(symbol.type_text, symbol.start) or symbol.type_text
    types = ((one.type_text.strip("()"), one.start) for one in conversions)
    return next((kind for kind, start in types if (named(kind, start) or kind) != own), None)


def _is_too_narrow(model: UnitModel, symbol: Symbol, extremes: Sequence[Expression]) -> bool:
    """Whether the integer variable may be given less than what it was compared with.

    A floating-point number loses its fraction, which leaves the order of numbers as it is.
    """
    variables = model.variables
    whole = (one for one in extremes if not is_floating(variables, one))
    return is_integer(variables, symbol) and not all(keeps_its_values(model, symbol, one) for one in whole)


def cut(model: UnitModel, symbol: Symbol, operator: str, values: Sequence[Expression | None]) -> str | None:
    """To what an accumulation of `values` is cut after every step, so that another order gives another result; None if
    it is not.  A value of None is a step by one.
    """
    if not is_integer(model.variables, symbol):
        return None
    if any(value and is_floating(model.variables, value) for value in values):
        return "an integer"
    if is_bool(model.variables, symbol) and any(_leaves_truth(model, operator, one) for one in values):
        return "0 or 1"
    return None


def _leaves_truth(model: UnitModel, operator: str, value: Expression | None) -> bool:
    """Whether what a `bool` would hold may be another number (C17 6.3.1.2): of `(b ^ 2) ^ 1` it makes 1 if it is cut
    at the end and 0 if it is cut in between, for b = 1.
    """
    if operator == "^":
        return not (is_truth_value(value) or (value is not None and is_truth(model, value)))
    return operator == "+"


def _misled(model: UnitModel, symbol: Symbol, extremes: Sequence[Expression]) -> bool:
    """Whether the variable, a signed integer, is compared with one of `extremes` as an unsigned number (C17 6.3.1.8).

    A copy of it for `max` begins with the least signed number (OpenMP 5.2, 5.5.5), which is then larger than most.
    """
    if not is_integer(model.variables, symbol) or not is_signed(model.variables, symbol):
        return False
    bits = bits_of(model.variables, symbol)
    compared = [one for extreme in extremes for one in (extreme, *_deduced(model, extreme))]
    return any(is_unsigned(model.variables, one, bits) for one in compared)


def _deduced(model: UnitModel, value: Expression) -> Iterator[Expression]:
    """What the variables in `value` that are declared `auto` are given."""
    for part in walk(value):
        key = model.variables.key(part.name, part.start) if isinstance(part, Name) else ""
        symbol = model.variables.symbol(key) if key else None
        if symbol is not None and symbol.type_text == "auto":
            yield from (one.value for one in model.definitions.of(key) if one.value)
