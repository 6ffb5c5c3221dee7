"""Expressions that name the first element of a sequence, or the place behind its last: `v.begin()`, `std::end(a)`.

C++20 [range.access], [container.requirements].
"""

from __future__ import annotations

from hpcls.syntax.expressions import AddressOf, Binary, Call, Dereference, Expression, Member, Name, Subscript

_FIRST = frozenset(("begin", "cbegin", "data"))
_BEHIND = frozenset(("end", "cend"))


def begun(expression: Expression) -> Expression | None:
    """The sequence whose first element `expression` leads to; None where it names no such thing."""
    return _sequence(expression, _FIRST)


def ended(expression: Expression) -> Expression | None:
    """The sequence that `expression` is the end of; None where it names no such thing."""
    return _sequence(expression, _BEHIND)


def unmoved(value: Expression) -> Expression:
    """What a pointer or an iterator `value` was before numbers were added to it: `a` of `a + n - 1`."""
    while isinstance(value, Binary) and value.operator in ("+", "-"):
        value = value.left
    return value


def origin(value: Expression) -> Expression:
    """The array, the container or the pointer that a pointer or an iterator `value` leads into."""
    start = unmoved(value)
    if isinstance(start, AddressOf) and isinstance(start.operand, Subscript):
        return start.operand.base
    return begun(start) or start


def _sequence(expression: Expression, fields: frozenset[str]) -> Expression | None:
    match expression:
        case Call(function=Member(base=base, field=field, arrow=arrow), arguments=()) if field in fields:
            return Dereference(base.start, base.end, base) if arrow else base
        case Call(function=Name(name=name), arguments=(base,)) if name.removeprefix("std::") in fields:
            return base if name.startswith("std::") else None
        case _:
            return None
