"""Calls and declarations that give elements of sequences a value (C++20 [sequence.reqmts], [alg.fill]):
`p.push_back(&a[0])`, `std::fill(p.begin(), p.end(), a)`, `std::vector<double *> p(n, a)`; and calls that copy bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from hpcls.syntax.expressions import (
    AddressOf,
    Binary,
    Call,
    Cast,
    Dereference,
    Expression,
    Items,
    Member,
    Name,
    Opaque,
    Subscript,
)
from hpcls.syntax.iterators import begun
from hpcls.syntax.spelled import spelled

_ONE = frozenset("push_back emplace_back push_front emplace_front".split())
_MANY = frozenset(("assign", "resize"))
_AT = frozenset(("insert", "emplace"))
_COPIES = frozenset(("memcpy", "memmove"))


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
        case Call(function=Member(base=base, field="fill"), arguments=(value,)):
            return _given(call, base, value, Rows.MANY)
        case Call(function=Member(base=base, field="insert"), arguments=(_, count, value)):
            return None if _is_range(count, value) else _given(call, base, value, Rows.MANY)
        case Call(function=Name(name="std::fill" | "std::fill_n"), arguments=(first, _, value)):
            sequence = begun(first)
            return _given(call, sequence, value, Rows.MANY) if sequence else None
        case _:
            return None


def copied_bytes(call: Call) -> tuple[Expression, Expression] | None:
    """What a call copies byte by byte, pointers in it too (C17 7.24.2): (b, a) of `memcpy(&b, &a, sizeof b)`."""
    match call:
        case Call(function=Name(name=name), arguments=(to, source, _)) if name.removeprefix("std::") in _COPIES:
            return _behind(to), _behind(source)
        case _:
            return None


def _behind(address: Expression) -> Expression:
    """What the address leads to."""
    match address:
        case Cast(operand=operand):
            return _behind(operand)
        case AddressOf(operand=operand):
            return operand
        case _:
            return Dereference(address.start, address.end, address)


def given_first(variable: Name, initial: Expression) -> Given | None:
    """What a declaration gives to every element of a sequence, by the number of them and a value in parentheses."""
    match initial:
        case Cast(operand=operand):
            return given_first(variable, operand)
        case Items(items=(count, value)) | Call(function=Name(), arguments=(count, value)):
            is_copy = begun(count) is not None or _is_range(count, value)
            return None if is_copy else _given(initial, variable, value, Rows.MANY)
        case _:
            return None


def _given(call: Expression, base: Expression, value: Expression, rows: Rows) -> Given:
    place = Opaque(call.start, call.end, "an element", ())
    return Given(Subscript(call.start, call.end, base, place), value, rows)


def _is_range(first: Expression, last: Expression) -> bool:
    """Whether the elements between two addresses are copied, such as `rows` and `rows + n`."""
    return isinstance(last, Binary) and spelled(last.left) == spelled(first)
