"""Where the addresses in pointers go: into memory, or to code that is not looked into and may give them to others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.variables import Variables
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Cast,
    Conditional,
    Expression,
    Items,
    Name,
    Opaque,
    Subscript,
)

MAY_TELL = (Assign, Call, Items, Opaque)
"""What may store or hand on a value."""


def addressed_by(value: Expression) -> Iterator[Name]:
    """The variables that `value` is an address near to, or may be: p of `p + 1`, of `&p[i]` and of `t ? p : q`."""
    pending = [value]
    while pending:
        match pending.pop():
            case Name() as name:
                yield name
            case Cast(operand=inner) | AddressOf(operand=Subscript(base=inner)):
                pending.append(inner)
            case Binary(operator="+" | "-", left=left, right=right) | Conditional(yes=left, no=right):
                pending += [left, right]
            case Assign(operator="=", target=target, value=inner):
                pending += [target, inner]
            case _:
                pass


def told(part: Expression, variables: Variables) -> Iterator[str]:
    """The keys of the pointers whose value `part` itself, without its operands, stores or hands on."""
    for value in _handed(part):
        for name in addressed_by(value):
            key = variables.key(name.name, name.start)
            if (symbol := variables.symbol(key)) and (symbol.pointers or symbol.dimensions):
                yield key


def _handed(part: Expression) -> Iterable[Expression]:
    match part:
        case Assign(target=target, value=value) if not isinstance(target, Name):
            return (value,)
        case Call(function=Name(name=name), arguments=arguments):
            return arguments if effect_of(name) is Effect.UNKNOWN else ()
        case Call(arguments=values) | Items(items=values):
            return values
        case Opaque(names=names, start=start):
            return tuple(Name(start, start, name) for name in names)
        case _:
            return ()


def set_in(part: Opaque, variables: Variables) -> Iterator[str]:
    """The keys of the pointers that the text of `part`, such as a lambda, gives a value by their names."""
    text = variables.source.slice(part.start, part.end)
    for name in part.names:
        key = variables.key(name, part.start)
        symbol = variables.symbol(key)
        if symbol and symbol.pointers and re.search(rf"\b{re.escape(name)}\s*(?:=(?!=)|[-+]=|\+\+|--)", text):
            yield key


def may_be_kept(variables: Variables, key: str, given: Expression) -> bool:
    """Whether the pointer `key`, or one in the struct, may be given the address `given`, by the types of both."""
    mine = variables.symbol(key)
    owner = mine.type_text.removeprefix("struct ") if mine and not mine.pointers else None
    fields = (one for found in variables.fields.values() for one in found if one.owner == owner) if owner else ()
    names = [variables.symbol(variables.key(one.name, one.start)) for one in addressed_by(given)]
    places = (mine, *fields) if mine else ()
    return any(_are_alike(place, one) for one in names if one for place in places)


def _are_alike(pointer: Symbol, other: Symbol) -> bool:
    """Whether one may be given what the other leads to."""
    is_any = not {"void", "char"}.isdisjoint((pointer.type_text, other.type_text))
    is_level = other.pointers + len(other.dimensions) == pointer.pointers > 0
    return is_level and (is_any or pointer.type_text == other.type_text)
