"""Flags: variables that some iterations of a loop set to one truth value, as `if (a[i] < 0) bad = 1;` does.

Setting to true is `bad = bad || true`, to false `ok = ok && false`: reductions that OpenMP has (5.2, 5.5.5), once the
variable holds nothing but 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from hpcls.syntax.expressions import Binary, Expression, Literal, walk
from hpcls.syntax.loops import integer

_TRUTH = {"true": True, "false": False}


def flag_operator(values: Sequence[Expression | None]) -> str | None:
    """The operator that stands for setting a variable to each of `values`; None if they are no one truth value."""
    found = {None if value is None else _truth(value) for value in values}
    if len(found) != 1:
        return None
    return {True: "||", False: "&&", None: None}[found.pop()]


def is_truth_value(value: Expression | None) -> bool:
    """Whether `value` is plainly 0 or 1."""
    return value is not None and _truth(value) is not None


def is_other_number(value: Expression | None) -> bool:
    """Whether `value` is plainly a number, and neither 0 nor 1."""
    return value is not None and integer(value) not in (None, 0, 1)


def _truth(value: Expression) -> bool | None:
    if isinstance(value, Literal) and value.text in _TRUTH:
        return _TRUTH[value.text]
    return {0: False, 1: True}.get(number) if (number := integer(value)) is not None else None


def is_equality(test: Expression) -> bool:
    """Whether `test` asks whether two values are equal."""
    return any(isinstance(part, Binary) and part.operator == "==" for part in walk(test))
