"""What cannot share memory: variables by their types, and those of a function that came after what it was given."""

from __future__ import annotations

from collections.abc import Collection

from hpcls.analysis.model import UnitModel
from hpcls.syntax.declarations import Symbol

_NUMBERS = frozenset("int short long char float double bool size_t unsigned signed".split())


def are_numbers_apart(left: Symbol | None, right: Symbol | None) -> bool:
    """Whether they are numbers, or lead to numbers, of types that may not share memory (C17 6.5)."""
    types = [symbol.type_text if symbol else "" for symbol in (left, right)]
    return types[0] != types[1] and all(one in _NUMBERS and one != "char" for one in types)


def came_later(model: UnitModel, left: str, right: str, direct: Collection[str]) -> bool:
    """Whether one of two variables is an array of this call of the function, and the other, if it is among `direct`, a
    parameter that holds the address it was given before.
    """
    pairs = (left, right), (right, left)
    return any(one in direct and _is_as_given(model, one) and is_made_here(model, other) for one, other in pairs)


def is_made_here(model: UnitModel, key: str) -> bool:
    """Whether the variable is storage of its own that each call of the function has anew."""
    symbol, body = model.variables.symbol(key), model.unit.body
    if symbol is None or not body.start <= symbol.start < body.end:
        return False
    return model.variables.is_object(key) and symbol.storage.isdisjoint(("static", "extern"))


def _is_as_given(model: UnitModel, key: str) -> bool:
    symbol, definitions = model.variables.symbol(key), model.definitions
    is_plain = symbol is not None and symbol.kind == "parameter" and not symbol.reference
    return is_plain and key not in definitions.escaped and not definitions.of(key)
