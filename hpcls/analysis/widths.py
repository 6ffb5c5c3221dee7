"""Integer types by the values that they hold (C17 6.2.6.2): whether a variable keeps what it takes over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.analysis.element_types import type_of
from hpcls.analysis.model import UnitModel
from hpcls.analysis.number_types import is_integer_type
from hpcls.analysis.reductions import EXTREMES
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Binary, Call, Cast, Conditional, Expression, Literal, Name, Unary
from hpcls.syntax.loops import integer

_UNSIGNED = re.compile(r"\b(?:unsigned|size_t|uint\w*|bool|_Bool)\b")
_UNSIGNED_NAME = re.compile(r"(?:\w+_|g|gl|q)?(?:u_?int(?:32)?|u32|dword)(?:_t)?", re.IGNORECASE)
"""Names that are not in view and that libraries give to unsigned integers of 32 bits: `uint`, `guint`, `cl_uint`."""
_SIZED = re.compile(r"int(\d+)_t")
_BITS = {"bool": 1, "_Bool": 1, "char": 8, "short": 16, "long": 64}
_SUFFIX = re.compile(r"[uUlLzZ]*$")
_ADDRESS = re.compile(r"size_t|ptr")


@dataclass(frozen=True)
class Kept:
    """How many bits of a value are left."""

    bits: int
    is_cut: bool
    """By a conversion to an unsigned type."""


@dataclass(frozen=True)
class Width:
    """The bits of an integer type, its sign among them."""

    bits: int
    is_signed: bool

    def holds(self, other: Width) -> bool:
        """Whether a variable of this type, which is compared with a value of the `other`, can be given that value.

        From the size of an `int` on, one of as many bits and another sign is compared as what it becomes (C17 6.3.1.8).
        """
        if self.is_signed == other.is_signed or self.bits >= _INT.bits:
            return self.bits >= other.bits
        return self.is_signed and self.bits > other.bits


_INT = Width(32, True)


def keeps_its_values(model: UnitModel, symbol: Symbol, value: Expression) -> bool:
    """Whether the integer variable can hold whatever `value` may be; a type that is not in view is taken for `int`."""
    own = width_of(model, symbol.type_text, symbol.start) or _INT
    return all(own.holds(one) for one in _widths(model, value))


def _widths(model: UnitModel, value: Expression) -> Iterator[Width]:
    pending = [value]
    while pending:
        part = pending.pop()
        match part:
            case Conditional(yes=yes, no=no):
                pending += [yes, no]
            case Call(function=Name(name=name), arguments=arguments) if name in EXTREMES:
                pending += arguments
            case Literal():
                number = integer(part)
                yield _INT if number is None else Width(number.bit_length(), False)
            case Binary(left=left, right=right):
                yield _INT  # what is narrower becomes one first (C17 6.3.1.1)
                pending += [left, right]
            case Unary(operand=operand):
                yield _INT
                pending.append(operand)
            case Cast(type_text=kind, start=start):
                yield width_of(model, kind.strip("()"), start) or _INT
            case _:
                kind = type_of(model, part)
                is_plain = kind is not None and not kind.pointers and not kind.dimensions
                yield (width_of(model, kind.text, part.start) if kind and is_plain else None) or _INT


def width_of(model: UnitModel, type_text: str, offset: int) -> Width | None:
    """That of a type as spelled, names in view followed; None where it is not known to be an integer type."""
    named = model.variables.number_types.named(type_text.removeprefix("const "), offset)
    if named is None or not is_integer_type(named):
        return Width(32, is_signed=False) if _UNSIGNED_NAME.fullmatch(type_text) else None
    if sized := _SIZED.search(named):
        bits = int(sized[1])
    else:
        bits = 64 if _ADDRESS.search(named) else min((_BITS[one] for one in named.split() if one in _BITS), default=32)
    return Width(bits, not _UNSIGNED.search(named))


def kept_bits(model: UnitModel, expression: Expression, converted: Expression | None) -> Kept | None:
    """The bits that are left of sums and products in `expression`, or of the value `converted` to its type; None where
    it keeps the value, or the program means nothing.
    """
    own = computed_in(model, expression)
    if own is None:
        return None
    if converted is None:
        return None if own.is_signed else Kept(own.bits, is_cut=False)
    before = computed_in(model, converted)
    is_cut = before is not None and before.bits > own.bits
    return Kept(own.bits, is_cut=not own.is_signed) if is_cut else None


def computed_in(model: UnitModel, expression: Expression) -> Width | None:
    """The integer type that `expression` has (C17 6.3.1.8); None where it is none, or not in view."""
    # what is kept holds the expression, so that no other one gets its number
    return model.once((computed_in, id(expression)), lambda: (expression, _computed_in(model, expression)))[1]


def _computed_in(model: UnitModel, expression: Expression) -> Width | None:
    match expression:
        case Literal(text=text):
            return _literal(text)
        case Cast(type_text=kind, start=start):
            return width_of(model, kind.strip("()"), start)
        case Binary(operator="<<" | ">>", left=operand) | Unary(operator="-" | "+" | "~", operand=operand):
            return _promoted(computed_in(model, operand))
        case Binary(operator="+" | "-" | "*" | "/" | "%" | "&" | "|" | "^", left=left, right=right):
            return _common(computed_in(model, left), computed_in(model, right))
        case Conditional(yes=yes, no=no):
            return _common(computed_in(model, yes), computed_in(model, no))
        case _:
            return _declared(model, expression)


def _declared(model: UnitModel, expression: Expression) -> Width | None:
    if isinstance(expression, Name):
        constant = model.variables.constant(model.variables.key(expression.name, expression.start))
        symbol = model.variables.symbol(model.variables.key(expression.name, expression.start))
        if isinstance(constant, Literal) and (symbol is None or symbol.kind != "variable"):
            return _literal(constant.text)
        if symbol is not None and symbol.type_text == "auto" and symbol.initializer:
            return _literal(model.source.slice(*symbol.initializer))
    kind = type_of(model, expression)
    is_plain = kind is not None and not kind.pointers and not kind.dimensions
    return width_of(model, kind.text, expression.start) if kind and is_plain else None


def _literal(text: str) -> Width | None:
    """C17 6.4.4.1."""
    number = integer(Literal(0, 0, text))
    suffix = _SUFFIX.search(text)
    if number is None or suffix is None:
        return None
    is_signed = "u" not in suffix[0].lower()
    is_long = "l" in suffix[0].lower() or "z" in suffix[0].lower()
    return Width(64 if is_long or number.bit_length() + is_signed > _INT.bits else 32, is_signed)


def _promoted(width: Width | None) -> Width | None:
    return _INT if width is not None and width.bits < _INT.bits else width


def _common(left: Width | None, right: Width | None) -> Width | None:
    """The type of both operands; where one is not in view, that of the other."""
    a, b = _promoted(left), _promoted(right)
    if a is None or b is None:
        return a or b
    if a.bits == b.bits:
        return Width(a.bits, a.is_signed and b.is_signed)
    return max(a, b, key=lambda one: one.bits)
