"""What a range-based loop runs over, by its type: OpenMP takes loops over random-access iterators alone.

OpenMP 5.0, 2.9.1: "random access iterator type" for range-based loops; C++20 [iterator.requirements].
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hpcls.analysis.model import UnitModel
from hpcls.syntax.expressions import Dereference, Expression, Literal, Member, Name, Subscript
from hpcls.syntax.loops import integer
from hpcls.syntax.range_for import elements_of, sequence_of
from hpcls.syntax.statements import Loop

_LISTED = re.compile(r"(?:std::)?(vector|array|span|deque|valarray|initializer_list|basic_string)\s*<(.*)>", re.DOTALL)
_STRING = re.compile(r"(?:std::)?(?:string|string_view)")
_DEEPEST = 8


@dataclass(frozen=True)
class _Type:
    """A type as spelled, with the pointers and the array dimensions of the variable around it."""

    text: str
    pointers: int
    dimensions: tuple[str, ...] = ()
    """Extents as written, outermost first."""


def why_not_shared_out(model: UnitModel, loop: Loop) -> str | None:
    """Why the iterations of a range-based loop are none that threads could share; None if they are."""
    sequence = sequence_of(loop)
    if sequence is None:
        return None
    text = model.source.slice(sequence.start, sequence.end)
    kind = _type(model, sequence)
    if kind is None or not _is_random_access(kind):
        return f"{text} is not known to have random-access iterators, as std::vector and arrays have"
    if not kind.dimensions and _element(kind) == _Type("bool", 0) and not _is_read_only(model, loop):
        return f"two elements of {text} may share memory: a std::vector<bool> packs them"
    return None


def extent(model: UnitModel, loop: Loop) -> int | None:
    """How many elements a range-based loop has, where a number in the type of its array or std::array says it."""
    sequence = sequence_of(loop)
    kind = _type(model, sequence) if sequence else None
    if kind and kind.dimensions:
        return integer(Literal(0, 0, kind.dimensions[0]))
    listed = _LISTED.fullmatch(kind.text) if kind else None
    if listed is None or listed[1] != "array":
        return None
    return integer(Literal(0, 0, listed[2].rpartition(",")[2].strip()))


def _is_read_only(model: UnitModel, loop: Loop) -> bool:
    """Whether the loop's variable is a copy of the element, or constant, and no stand-in for a bit."""
    found = [model.variables.symbol(model.variables.key(one.name, one.start)) for one in elements_of(loop)]
    return all(one is not None and (one.type_text == "bool" or "const" in one.storage) for one in found)


def _is_random_access(kind: _Type) -> bool:
    if kind.dimensions:
        return True
    return not kind.pointers and bool(_LISTED.fullmatch(kind.text) or _STRING.fullmatch(kind.text))


def _type(model: UnitModel, expression: Expression, depth: int = 0) -> _Type | None:
    """The type of `expression`; None where it is not in view."""
    if depth > _DEEPEST:
        return None
    match expression:
        case Name():
            return _declared(model, expression, depth)
        case Subscript(base=base) | Dereference(operand=base):
            kind = _type(model, base, depth + 1)
            return kind and _element(kind)
        case Member(base=base, field=field, arrow=arrow):
            kind = _type(model, base, depth + 1)
            owner = kind.text.removeprefix("struct ") if kind and kind.pointers == arrow else ""
            symbol = model.variables.field(owner, field) if owner else None
            return symbol and _Type(symbol.type_text, symbol.pointers, symbol.dimensions)
        case _:
            return None


def _declared(model: UnitModel, name: Name, depth: int) -> _Type | None:
    key = model.variables.key(name.name, name.start)
    symbol = model.variables.symbol(key)
    if symbol is None or symbol.kind not in ("variable", "parameter", "field"):
        return None
    if symbol.type_text == "auto":
        found = model.definitions.of(key)
        value = found[0].value if found and not symbol.pointers else None
        return _type(model, value, depth + 1) if value else None
    # the outermost dimension of a parameter is a pointer (C++20 [dcl.fct])
    decayed = 1 if symbol.kind == "parameter" and symbol.dimensions and not symbol.reference else 0
    return _Type(symbol.type_text, symbol.pointers + decayed, symbol.dimensions[decayed:])


def _element(kind: _Type) -> _Type | None:
    if kind.dimensions:
        return replace(kind, dimensions=kind.dimensions[1:])
    if kind.pointers:
        return replace(kind, pointers=kind.pointers - 1)
    listed = _LISTED.fullmatch(kind.text)
    if listed is None:
        return _Type("char", 0) if _STRING.fullmatch(kind.text) else None
    first = _first_argument(listed[2])
    return _Type(first.rstrip("*& "), first.count("*"))


def _first_argument(text: str) -> str:
    """The first of the template arguments `text`."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character in "<(") - (character in ">)")
        if character == "," and depth == 0:
            return text[:at].strip()
    return text.strip()
