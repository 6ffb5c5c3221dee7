"""The types of arrays, containers and their elements, as the declarations in view spell them."""

from __future__ import annotations

import re
from dataclasses import replace

from hpcls.analysis.model import UnitModel
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import (
    AddressOf,
    Binary,
    Cast,
    Conditional,
    Dereference,
    Expression,
    Items,
    Literal,
    Member,
    Name,
    Subscript,
    Unary,
)
from hpcls.syntax.loops import integer
from hpcls.syntax.record import record

_LISTED = re.compile(r"(?:std::)?(vector|array|span|deque|valarray|initializer_list|basic_string)\s*<(.*)>", re.DOTALL)
_STRING = re.compile(r"(?:std::)?(?:string|string_view)")
_DEDUCED = re.compile(r"(?:std::)?(?:vector|array|deque|valarray|initializer_list)")
"""A container whose first value says what it holds (C++20 [over.match.class.deduct])."""
_TRUTHS = frozenset("== != < > <= >= && ||".split())
_DEEPEST = 8


@record
class Type:
    """A type as spelled, with the pointers and the array dimensions of the variable around it."""

    text: str
    pointers: int
    dimensions: tuple[str, ...] = ()
    """Extents as written, outermost first."""


def is_random_access(kind: Type) -> bool:
    """Whether the iterators of a sequence of this type are random-access ones."""
    if kind.dimensions:
        return True
    return not kind.pointers and bool(_LISTED.fullmatch(kind.text) or _STRING.fullmatch(kind.text))


def extent_of(kind: Type) -> int | None:
    """How many elements it has, where a number in the type of the array or std::array says it."""
    if kind.dimensions:
        return integer(Literal(0, 0, kind.dimensions[0]))
    listed = _LISTED.fullmatch(kind.text)
    if listed is None or listed[1] != "array":
        return None
    return integer(Literal(0, 0, listed[2].rpartition(",")[2].strip()))


def type_of(model: UnitModel, expression: Expression, depth: int = 0) -> Type | None:
    """The type of `expression`; None where it is not in view."""
    if depth > _DEEPEST:
        return None
    match expression:
        case Name():
            return _declared(model, expression, depth)
        case Binary(operator="+" | "-", left=base):
            return type_of(model, base, depth + 1)
        case AddressOf(operand=operand):
            kind = type_of(model, operand, depth + 1)
            return kind and replace(kind, pointers=kind.pointers + 1)
        case Subscript(base=base) | Dereference(operand=base):
            kind = type_of(model, base, depth + 1)
            element = kind and element_of(kind)
            return element and _looked_up(element, model.variables.named_type(element.text, base.start))
        case Member(base=base, field=field, arrow=arrow):
            kind = type_of(model, base, depth + 1)
            owner = kind.text.removeprefix("struct ") if kind and kind.pointers == arrow else ""
            symbol = model.variables.field(owner, field) if owner else None
            return symbol and _spelled_out(model, symbol, Type(symbol.type_text, symbol.pointers, symbol.dimensions))
        case _:
            return None


def _declared(model: UnitModel, name: Name, depth: int) -> Type | None:
    key = model.variables.key(name.name, name.start)
    symbol = model.variables.symbol(key)
    if symbol is None or symbol.kind not in ("variable", "parameter", "field"):
        return None
    if symbol.type_text == "auto":
        found = model.definitions.of(key)
        value = found[0].value if found and not symbol.pointers else None
        return type_of(model, value, depth + 1) if value else None
    if symbol.kind == "variable" and _DEDUCED.fullmatch(symbol.type_text):
        found = model.definitions.of(key)
        return _deduced(model, symbol, found[0].value if found else None, depth)
    # the outermost dimension of a parameter is a pointer (C++20 [dcl.fct])
    decayed = 1 if symbol.kind == "parameter" and symbol.dimensions and not symbol.reference else 0
    return _spelled_out(model, symbol, Type(symbol.type_text, symbol.pointers + decayed, symbol.dimensions[decayed:]))


def _deduced(model: UnitModel, symbol: Symbol, value: Expression | None, depth: int) -> Type:
    """The type that the first value gives a container that is declared without what it holds."""
    kind = type_of(model, value, depth + 1) if value is not None else None
    if kind is not None and not kind.pointers and _LISTED.fullmatch(kind.text):
        return kind
    last = value.items[-1] if isinstance(value, Items) and value.items else None
    is_number = isinstance(last, Literal) and re.match(r"[\d.]", last.text)
    held = type_of(model, last, depth + 1) if last else None
    spelled = "bool" if last and is_truth(model, last) else "double" if is_number else _pointer(held)
    return Type(f"{symbol.type_text}<{spelled}>" if spelled else symbol.type_text, symbol.pointers, symbol.dimensions)


def _pointer(kind: Type | None) -> str:
    """A type as it stands between brackets, an array as the pointer that it becomes."""
    return kind.text + "*" * (kind.pointers + len(kind.dimensions)) if kind else ""


def is_truth(model: UnitModel, value: Expression) -> bool:
    """Whether `value` is visibly a bool."""
    match value:
        case Literal(text=text):
            return text in ("true", "false")
        case Binary(operator=operator):
            return operator in _TRUTHS
        case Unary(operator=operator):
            return operator == "!"
        case Cast(type_text=text):
            return text == "bool"
        case Conditional(yes=yes, no=no):
            return is_truth(model, yes) and is_truth(model, no)
        case _:
            return type_of(model, value) == Type("bool", 0)


def _spelled_out(model: UnitModel, symbol: Symbol, kind: Type) -> Type:
    """The type, a name that the file gives it (`using Row = std::vector<double>;`) replaced by what it stands for."""
    return _looked_up(kind, model.variables.alias(symbol))


def _looked_up(kind: Type, alias: Symbol | None) -> Type:
    if alias is None or alias.dimensions:
        return kind
    return Type(alias.type_text, kind.pointers + alias.pointers, kind.dimensions)


def element_of(kind: Type) -> Type | None:
    """The type of what a subscript on a value of this type names; None where that is not known."""
    if kind.dimensions:
        return replace(kind, dimensions=kind.dimensions[1:])
    if kind.pointers:
        return replace(kind, pointers=kind.pointers - 1)
    listed = _LISTED.fullmatch(kind.text)
    if listed is None:
        return Type("char", 0) if _STRING.fullmatch(kind.text) else None
    first = _first_argument(listed[2])
    return Type(first.rstrip("*& "), first.count("*"))


def _first_argument(text: str) -> str:
    """The first of the template arguments `text`."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character in "<(") - (character in ">)")
        if character == "," and depth == 0:
            return text[:at].strip()
    return text.strip()
