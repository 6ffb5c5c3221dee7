"""What cannot share memory: variables by their types, and those of a function that came after what it was given."""

from __future__ import annotations

from collections.abc import Collection

from hpcls.analysis.model import UnitModel
from hpcls.analysis.stored_values import allocates
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import AddressOf, Binary, Cast, Conditional, Expression, Literal, Name, Subscript

_KINDS = {"size_t": "long", "ssize_t": "long", "ptrdiff_t": "long", "signed": "", "unsigned": "", "std::size_t": "long"}
_NUMBERS = frozenset("int short long float double bool".split())


def are_numbers_apart(left: Symbol | None, right: Symbol | None) -> bool:
    """Whether they are numbers, or lead to numbers, of types that may not share memory (C17 6.5)."""
    kinds = [_kind(symbol.type_text) if symbol else None for symbol in (left, right)]
    return None not in kinds and kinds[0] != kinds[1]


def _kind(type_text: str) -> str | None:
    """The same for types that may share memory: a signed one and its unsigned counterpart may."""
    words = [word for one in type_text.split() if (word := _KINDS.get(one, one))] or ["int"]
    if len(words) > 1:
        words = sorted({one for one in words if one != "int"})
    return " ".join(words) if _NUMBERS.issuperset(words) else None


def came_later(model: UnitModel, left: str, right: str, direct: Collection[str], inside: Collection[str]) -> bool:
    """Whether one of two variables is an array of this call of the function, and the other, if it is among `direct`, a
    parameter that holds the address it was given before; only `inside` of the array, no pointer in it is followed.
    """
    pairs = (left, right), (right, left)
    return any(
        one in direct and other in inside and _is_as_given(model, one) and is_made_here(model, other)
        for one, other in pairs
    )


def is_made_here(model: UnitModel, key: str) -> bool:
    """Whether the variable is storage of its own that each call of the function has anew."""
    symbol, body = model.variables.symbol(key), model.unit.body
    if symbol is None or not body.start <= symbol.start < body.end:
        return False
    return model.variables.is_object(key) and symbol.storage.isdisjoint(("static", "extern"))


def _is_as_given(model: UnitModel, key: str) -> bool:
    symbol, definitions = model.variables.symbol(key), model.definitions
    if symbol is None or symbol.kind != "parameter":
        return False
    if symbol.reference:  # a pointer that it refers to may since be given another address
        return model.variables.owns_numbers(key)
    return key not in definitions.escaped and not definitions.of(key)


def is_unshared(model: UnitModel, key: str, other: str, *, is_direct: bool) -> bool:
    """Whether the pointer `key` is `restrict`, or its only value is memory allocated in view, and the variable `other`
    does not lead there.

    Where the address is told to others, `other` has to be seen to get its own elsewhere; `is_direct` says that no
    other pointer is followed from it.
    """
    symbol, definitions = model.variables.symbol(key), model.definitions
    is_restricted = symbol is not None and "restrict" in symbol.storage
    is_fresh = len(definitions.of(key)) == 1 and definitions.is_allocated(key) and key not in definitions.escaped
    is_alone = key not in definitions.told or (is_direct and _is_seen(model, other))
    return (is_restricted or is_fresh) and is_alone


def _is_seen(model: UnitModel, key: str, around: frozenset[str] = frozenset()) -> bool:
    """Whether all that the variable may lead to is what it was given in view, or came with; `around` are asked for."""
    symbol, body = model.variables.symbol(key), model.unit.body
    if symbol is None or key in model.definitions.escaped or symbol.reference:
        return False
    if key in around or model.variables.is_object(key):
        return True
    given = [one.value for one in model.definitions.of(key)]
    is_local = body.start <= symbol.start < body.end and bool(given)
    inside = around | {key}
    is_followed = all(one is not None and _leads_where_seen(model, one, inside) for one in given)
    return (is_local or symbol.kind == "parameter") and is_followed


def _leads_where_seen(model: UnitModel, value: Expression, around: frozenset[str]) -> bool:
    match value:
        case Literal():
            return True
        case Cast(operand=inner) | AddressOf(operand=Subscript(base=inner)) if not allocates(value):
            return _leads_where_seen(model, inner, around)
        case Binary(operator="+" | "-", left=left, right=right) | Conditional(yes=left, no=right):
            return _leads_where_seen(model, left, around) and _leads_where_seen(model, right, around)
        case Name(name=name, start=start):
            key = model.variables.key(name, start)
            return model.variables.is_arithmetic(key) is True or _is_seen(model, key, around)
        case _:
            return allocates(value)
