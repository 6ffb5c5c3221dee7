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
_SIZED = re.compile(r"int(\d+)_t")
_BITS = {"bool": 1, "_Bool": 1, "char": 8, "short": 16, "long": 64}
_ADDRESS = re.compile(r"size_t|ptr")


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
    own = _of_type(model, symbol.type_text, symbol.start) or _INT
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
                yield _of_type(model, kind.strip("()"), start) or _INT
            case _:
                kind = type_of(model, part)
                is_plain = kind is not None and not kind.pointers and not kind.dimensions
                yield (_of_type(model, kind.text, part.start) if kind and is_plain else None) or _INT


def _of_type(model: UnitModel, type_text: str, offset: int) -> Width | None:
    """That of a type as spelled, names in view followed; None where it is not known to be an integer type."""
    named = model.variables.number_types.named(type_text.removeprefix("const "), offset)
    if named is None or not is_integer_type(named):
        return None
    if sized := _SIZED.search(named):
        bits = int(sized[1])
    else:
        bits = 64 if _ADDRESS.search(named) else min((_BITS[one] for one in named.split() if one in _BITS), default=32)
    return Width(bits, not _UNSIGNED.search(named))
