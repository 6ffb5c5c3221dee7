"""Member functions of sequences that give elements a value (C++20 [sequence.reqmts]): `p.push_back(&a[0])`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from hpcls.syntax.expressions import Binary, Call, Expression, Member, Opaque, Subscript
from hpcls.syntax.spelled import spelled

_ONE = frozenset("push_back emplace_back push_front emplace_front".split())
_MANY = frozenset(("assign", "resize"))
_AT = frozenset(("insert", "emplace"))


class Rows(Enum):
    """Which elements are given a value."""

    NAMED = auto()
    """The one that is named."""
    NEXT = auto()
    """Another one every time."""
    MANY = auto()
    """Several at once."""


@dataclass(frozen=True)
class Given:
    """What a call stores."""

    target: Expression
    value: Expression
    rows: Rows


def given_rows(call: Call) -> Given | None:
    """What `call` gives to elements of the sequence that it is a member function of; None where it is no such call."""
    match call:
        case Call(function=Member(base=base, field=field), arguments=(value,)) if field in _ONE:
            return _given(call, base, value, Rows.NEXT)
        case Call(function=Member(base=base, field=field), arguments=(_, value)) if field in _AT:
            return _given(call, base, value, Rows.NEXT)
        case Call(function=Member(base=base, field=field), arguments=(count, value)) if field in _MANY:
            return None if _is_range(count, value) else _given(call, base, value, Rows.MANY)
        case Call(function=Member(base=base, field="insert"), arguments=(_, count, value)):
            return None if _is_range(count, value) else _given(call, base, value, Rows.MANY)
        case _:
            return None


def _given(call: Call, base: Expression, value: Expression, rows: Rows) -> Given:
    place = Opaque(call.start, call.end, "an element", ())
    return Given(Subscript(call.start, call.end, base, place), value, rows)


def _is_range(first: Expression, last: Expression) -> bool:
    """Whether the elements between two addresses are copied, such as `rows` and `rows + n`."""
    return isinstance(last, Binary) and spelled(last.left) == spelled(first)
