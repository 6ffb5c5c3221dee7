"""The types of values, as far as names and spelling tell them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hpcls.analysis.effects import computes_floating
from hpcls.analysis.number_types import is_integer_type, is_narrow_type
from hpcls.analysis.reductions import EXTREMES
from hpcls.analysis.variables import Variables
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import (
    Binary,
    Call,
    Cast,
    Conditional,
    Dereference,
    Expression,
    Literal,
    Member,
    Name,
    Subscript,
    Unary,
)

FLOATING = re.compile(r"real|float|double|scalar|complex|numeric", re.IGNORECASE)
"""Types that are floating, typedefs such as HYPRE_Real included."""
_FLOATING_LITERAL = re.compile(r"\d*\.\d*|\d+[eE][-+]?\d+")
_UNSIGNED = re.compile(r"\b(?:unsigned|size_t|uint\d+_t|uintptr_t|uint|size_type)\b")
_LONG = re.compile(r"\blong\b|size_t|size_type|uintptr_t|64")
_UNSIGNED_LITERAL = re.compile(r"(?:0[xX][\da-fA-F]+|\d+)[lLzZ]*[uU]")
_COUNTING = frozenset("strlen strnlen strspn strcspn wcslen std::size std::strlen".split())
"""Library functions whose result is a `size_t`."""
_COUNTING_METHODS = frozenset("size length capacity".split())
"""Member functions of containers whose result is one."""
_INT_BITS = 32


@dataclass(frozen=True)
class _Kind:
    """A kind of numbers, told by a literal, by the name of a type and by the name of a library function."""

    is_literal: Callable[[str], bool]
    is_type: Callable[[str], bool]
    is_result: Callable[[str], bool]
    methods: frozenset[str] = frozenset()
    """Member functions of the library whose results are such numbers."""


def unsigned_bits(variables: Variables, expression: Expression) -> int | None:
    """The fewest bits in which the value, of an unsigned type, may wrap around (C17 6.2.5); None for other types."""
    found: list[int] = []
    pending = [expression]
    while pending:
        match pending.pop():
            case Literal(text=text) if _UNSIGNED_LITERAL.match(text):
                found.append(64 if "l" in text.lower() else 32)
            case Name(name=name, start=start):
                symbol = variables.symbol(variables.key(name, start))
                if symbol is not None and not symbol.pointers:
                    found += _wraps(symbol.type_text)
            case Cast(operand=operand, type_text=kind):
                found += _wraps(kind)
                pending += [operand] if is_narrow_type(kind) else []
            case Binary(operator="+" | "-" | "*" | "/" | "%", left=left, right=right):
                pending += [left, right]
            case Conditional(yes=yes, no=no):
                pending += [yes, no]
            case Unary(operator="-" | "+", operand=inner):
                pending.append(inner)
            case _:
                pass
    return min(found, default=None)


def _wraps(type_text: str) -> list[int]:
    """The bits of an unsigned type; none of others, and of narrow ones, which become `int` first (C17 6.3.1.1)."""
    if is_narrow_type(type_text) or not _UNSIGNED.search(type_text):
        return []
    return [64 if _LONG.search(type_text) else 32]


def is_floating(variables: Variables, expression: Expression) -> bool:
    """Whether the value is of a floating type; a value whose type is not in view is taken to be none."""
    return _is_of(variables, expression, _FLOATING)


def is_unsigned(variables: Variables, expression: Expression, bits: int) -> bool:
    """Whether the value is of an unsigned type of `bits` bits or more (32 or 64), to which it makes a signed number of
    as many that it is compared with (C17 6.3.1.8); a value whose type is not in view is taken to be none.
    """
    return _is_of(variables, expression, _UNSIGNED_LONG if bits > _INT_BITS else _UNSIGNED_INT)


def bits_of(variables: Variables, symbol: Symbol) -> int:
    """The bits of the integer variable once it is an operand (C17 6.3.1.1)."""
    return 64 if _LONG.search(_type(variables, symbol)) else _INT_BITS


def is_signed(variables: Variables, symbol: Symbol) -> bool:
    """Whether the integer variable is a signed one once it is an operand."""
    return not _wraps(_type(variables, symbol))


def _is_of(variables: Variables, expression: Expression, kind: _Kind) -> bool:
    pending = [(expression, 0)]
    while pending:
        part, depth = pending.pop()
        if _is_by_itself(variables, part, depth, kind):
            return True
        pending += _made_by(part, depth)
    return False


def _is_by_itself(variables: Variables, part: Expression, depth: int, kind: _Kind) -> bool:
    """Whether a type in view or the spelling of `part`, subscripted `depth` times, says so."""
    match part:
        case Literal(text=text):
            return kind.is_literal(text)
        case Cast(type_text=text):
            return "*" not in text and kind.is_type(text)
        case Name():
            return _leads_to(variables, _symbol(variables, part), depth, kind)
        case Member(field=field):
            return any(_leads_to(variables, one, depth, kind) for one in variables.fields.get(field, ()))
        case Call(function=Name(name=name, start=start) as function):
            is_library = kind.is_result(name) and not variables.meanings.is_own_function(name, start)
            return is_library or _leads_to(variables, _symbol(variables, function), depth, kind)
        case Call(function=Member(field=field)):
            return field in kind.methods
        case _:
            return False


def _made_by(part: Expression, depth: int) -> list[tuple[Expression, int]]:
    """The operands that make it of a kind if they are, with their subscripts."""
    match part:
        case Call(function=Name(name=name), arguments=arguments) if name in EXTREMES:
            return [(argument, 0) for argument in arguments]
        case Binary(operator="+" | "-" | "*" | "/" | "%", left=left, right=right):
            return [(left, depth), (right, 0)]
        case Conditional(yes=yes, no=no):
            return [(yes, depth), (no, depth)]
        case Subscript(base=inner) | Dereference(operand=inner):
            return [(inner, depth + 1)]
        case Unary(operator="-" | "+", operand=inner):
            return [(inner, depth)]
        case _:
            return []


def is_bool(variables: Variables, symbol: Symbol) -> bool:
    """Whether the variable is a `bool`."""
    return _type(variables, symbol) in ("bool", "_Bool")


def is_integer(variables: Variables, symbol: Symbol | None) -> bool:
    """Whether the variable, or each of its elements, is an integer, names of types in view followed."""
    return symbol is not None and is_integer_type(_type(variables, symbol))


def _leads_to(variables: Variables, symbol: Symbol | None, depth: int, kind: _Kind) -> bool:
    """Whether what `depth` subscripts of the variable, or the function's result, lead to is of the kind."""
    if symbol is None or symbol.pointers + len(symbol.dimensions) > depth:
        return False
    return kind.is_type(_type(variables, symbol))


def _symbol(variables: Variables, name: Name) -> Symbol | None:
    return variables.symbol(variables.key(name.name, name.start))


def _type(variables: Variables, symbol: Symbol) -> str:
    return variables.number_types.named(symbol.type_text, symbol.start) or symbol.type_text


def _unsigned(bits: int) -> _Kind:
    return _Kind(
        lambda text: bool(_UNSIGNED_LITERAL.match(text)),
        lambda text: any(one >= bits for one in _wraps(text)),
        _COUNTING.__contains__,
        _COUNTING_METHODS,
    )


_FLOATING = _Kind(
    lambda text: bool(_FLOATING_LITERAL.match(text)), lambda text: bool(FLOATING.search(text)), computes_floating
)
_UNSIGNED_INT, _UNSIGNED_LONG = _unsigned(32), _unsigned(64)
