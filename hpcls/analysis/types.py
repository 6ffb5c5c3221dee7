"""The types of values, as far as names and spelling tell them."""

from __future__ import annotations

import re

from hpcls.analysis.effects import computes_floating
from hpcls.analysis.number_types import is_narrow_type
from hpcls.analysis.variables import Variables
from hpcls.syntax.expressions import (
    Binary,
    Call,
    Cast,
    Conditional,
    Dereference,
    Expression,
    Literal,
    Name,
    Subscript,
    Unary,
)

FLOATING = re.compile(r"real|float|double|scalar|complex|numeric", re.IGNORECASE)
"""Types that are floating, typedefs such as HYPRE_Real included."""
_INTEGERS = frozenset(("int", "long", "short", "char", "unsigned", "size_t", "bool"))
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
        match pending.pop():
            case Literal(text=text), _ if _FLOATING_LITERAL.match(text):
                return True
            case Name(name=name, start=start), depth:
                symbol = variables.symbol(variables.key(name, start))
                is_value = symbol is not None and symbol.pointers + len(symbol.dimensions) <= depth
                if symbol is not None and is_value and FLOATING.search(symbol.type_text):
                    return True
            case Cast(type_text=kind), _ if "*" not in kind and FLOATING.search(kind):
                return True
            case Call(function=Name(name=name, start=start)), _ if computes_floating(
                name
            ) and not variables.meanings.is_own_function(name, start):
                return True
            case Call(function=Name(name="std::min" | "std::max"), arguments=arguments), _:
                pending += [(argument, 0) for argument in arguments]
            case Binary(operator="+" | "-" | "*" | "/", left=left, right=right), depth:
                pending += [(left, depth), (right, 0)]
            case Conditional(yes=yes, no=no), depth:
                pending += [(yes, depth), (no, depth)]
            case ((Subscript(base=inner) | Dereference(operand=inner)), depth):
                pending.append((inner, depth + 1))
            case Unary(operator="-" | "+", operand=inner), depth:
                pending.append((inner, depth))
            case _:
                pass
    return False


def is_integer(type_text: str) -> bool:
    """Whether the type named `type_text` is an integer one as the language spells it."""
    words = set(type_text.replace("std::", "").split())
    return bool(words & _INTEGERS) and not words & {"double", "float"}
