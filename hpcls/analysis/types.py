"""The types of values, as far as names and spelling tell them."""

from __future__ import annotations

import re

from hpcls.analysis.effects import computes_floating
from hpcls.analysis.number_types import is_integer_type, is_narrow_type
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
    pending = [(expression, 0)]
    while pending:
        part, depth = pending.pop()
        if _is_floating_by_itself(variables, part, depth):
            return True
        pending += _floating_by(part, depth)
    return False


def _is_floating_by_itself(variables: Variables, part: Expression, depth: int) -> bool:
    """Whether a type in view or the spelling of `part`, subscripted `depth` times, says so."""
    match part:
        case Literal(text=text):
            return bool(_FLOATING_LITERAL.match(text))
        case Cast(type_text=kind):
            return "*" not in kind and bool(FLOATING.search(kind))
        case Name():
            return _is_real(variables, _symbol(variables, part), depth)
        case Member(field=field):
            return any(_is_real(variables, one, depth) for one in variables.fields.get(field, ()))
        case Call(function=Name(name=name, start=start) as function):
            is_library = computes_floating(name) and not variables.meanings.is_own_function(name, start)
            return is_library or _is_real(variables, _symbol(variables, function), depth)
        case _:
            return False


def _floating_by(part: Expression, depth: int) -> list[tuple[Expression, int]]:
    """The operands that make it floating if they are, with their subscripts."""
    match part:
        case Call(function=Name(name="std::min" | "std::max"), arguments=arguments):
            return [(argument, 0) for argument in arguments]
        case Binary(operator="+" | "-" | "*" | "/", left=left, right=right):
            return [(left, depth), (right, 0)]
        case Conditional(yes=yes, no=no):
            return [(yes, depth), (no, depth)]
        case Subscript(base=inner) | Dereference(operand=inner):
            return [(inner, depth + 1)]
        case Unary(operator="-" | "+", operand=inner):
            return [(inner, depth)]
        case _:
            return []


def is_integer(variables: Variables, symbol: Symbol | None) -> bool:
    """Whether the variable, or each of its elements, is an integer, names of types in view followed."""
    return symbol is not None and is_integer_type(_type(variables, symbol))


def _is_real(variables: Variables, symbol: Symbol | None, depth: int) -> bool:
    """Whether what `depth` subscripts of the variable, or the function's result, lead to is of a floating type."""
    if symbol is None or symbol.pointers + len(symbol.dimensions) > depth:
        return False
    return bool(FLOATING.search(_type(variables, symbol)))


def _symbol(variables: Variables, name: Name) -> Symbol | None:
    return variables.symbol(variables.key(name.name, name.start))


def _type(variables: Variables, symbol: Symbol) -> str:
    return variables.number_types.named(symbol.type_text, symbol.start) or symbol.type_text
