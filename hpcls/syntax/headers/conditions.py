"""Conditions of `#if`, as far as they are known (C17 6.10.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal as OneOf

from hpcls.syntax.expressions import Binary, Conditional, Expression, Literal, Unary
from hpcls.syntax.headers.lines import Line, Truth, negation
from hpcls.syntax.loops import integer
from hpcls.syntax.macros import expression_of

_DEFINED = re.compile(r"\bdefined\s*(?:\(\s*(\w+)\s*\)|(\w+))")
_NAME = re.compile(r"\b[A-Za-z_]\w*\b(\s*\()?")
_DEEPEST = 16
"""Macros within macros that are still put in."""
_LONGEST = 2_000
"""Characters of a condition that is still looked at."""
_BITS = 64
_MOST_NESTED = 100
"""Parentheses in it."""


@dataclass(frozen=True)
class Definition:
    """What a macro stands for."""

    value: str
    parameters: str | None = None
    """As written, with their parentheses; None for an object-like macro."""


Meaning = Definition | OneOf["undefined", "unknown"]
"""What the preprocessor makes of a name at one place."""
MeaningOf = Callable[[str], Meaning]


def holds(line: Line, meaning_of: MeaningOf) -> Truth:
    """Whether the condition of an `#if`, `#ifdef`, `#elif` or the like is met."""
    if line.name.endswith(("ifdef", "ifndef")):
        is_defined = _is_defined(line.rest.partition(" ")[0], meaning_of)
        return negation(is_defined) if line.name.endswith("ndef") else is_defined
    text = _DEFINED.sub(lambda match: _digit(_is_defined(match[1] or match[2], meaning_of)), line.rest)
    text = _expanded(text, meaning_of)
    found = expression_of(text, True, "c") if text is not None else None
    value = value_of(found[0]) if found else None
    return None if value is None else value != 0


def _is_defined(name: str, meaning_of: MeaningOf) -> Truth:
    meaning = meaning_of(name)
    return None if meaning == "unknown" else meaning != "undefined"


def _digit(truth: Truth) -> str:
    return _UNKNOWN if truth is None else str(int(truth))


_UNKNOWN = '""'
"""Stands for a value that is not known: no condition has a string in it."""


def _expanded(text: str, meaning_of: MeaningOf) -> str | None:
    """`text` with numbers for its names; None where there are too many macros in macros, or characters in quotes."""

    def value(match: re.Match[str]) -> str:
        meaning = meaning_of(match[0].rstrip("( \t"))
        if match[1] or meaning == "unknown" or (isinstance(meaning, Definition) and meaning.parameters is not None):
            return _UNKNOWN + (match[1] or "")
        return "0" if meaning == "undefined" else f" {meaning.value} "

    for _ in range(_DEEPEST):
        if len(text) > _LONGEST or text.count("(") > _MOST_NESTED or "'" in text:
            return None
        if _NAME.search(text) is None:
            return text
        text = _NAME.sub(value, text)
    return None


_OPERATORS: Mapping[str, Callable[[int, int], int]] = MappingProxyType(
    {
        "+": int.__add__, "-": int.__sub__, "*": int.__mul__, "<": int.__lt__, "<=": int.__le__, ">": int.__gt__,
        ">=": int.__ge__, "==": int.__eq__, "!=": int.__ne__, "&": int.__and__, "|": int.__or__, "^": int.__xor__,
    }
)  # fmt: skip


def value_of(expression: Expression) -> int | None:
    """The value of an expression of whole numbers alone (C17 6.10.1)."""
    match expression:
        case Literal():
            return integer(expression)
        case Unary(operator=sign, operand=operand):
            inner = value_of(operand)
            return None if inner is None else {"!": int(not inner), "-": -inner, "+": inner, "~": ~inner}.get(sign)
        case Binary(operator="&&" | "||" as sign, left=left, right=right):
            return _logical(sign == "||", value_of(left), value_of(right))
        case Binary(operator=sign, left=left, right=right):
            a, b = value_of(left), value_of(right)
            return None if a is None or b is None else _computed(sign, a, b)
        case Conditional(test=test, yes=yes, no=no):
            asked = value_of(test)
            return None if asked is None else value_of(yes if asked else no)
        case _:
            return None


def _computed(sign: str, left: int, right: int) -> int | None:
    """None for what C leaves undefined (C17 6.5.5, 6.5.7), and for what has no value here."""
    match sign:
        case "/" | "%" if right:
            quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
            return quotient if sign == "/" else left - quotient * right
        case "<<" | ">>" if left >= 0 and 0 <= right < _BITS:
            return left << right if sign == "<<" else left >> right
        case _:
            return int(_OPERATORS[sign](left, right)) if sign in _OPERATORS else None


def _logical(deciding: bool, left: int | None, right: int | None) -> int | None:
    """`&&` and `||`: one operand of the `deciding` kind is enough."""
    truths = [None if one is None else bool(one) for one in (left, right)]
    if deciding in truths:
        return int(deciding)
    return None if None in truths else int(not deciding)
