"""The least and the greatest value that an integer expression takes, for inputs that lie between given ends.

Interval arithmetic (Moore, Interval Analysis, 1966): sound for what it answers, and never exact where a name stands
twice.  None: nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping

from hpcls.analysis.model import UnitModel
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
from hpcls.syntax.loops import induction_of, integer
from hpcls.syntax.statements import Loop

Interval = tuple[int, int]
_DEEPEST = 24


class Intervals:
    """The values of expressions of one unit."""

    def __init__(self, model: UnitModel, given: Mapping[str, Interval]) -> None:
        """`given` are the variables that a caller chooses, and the elements of arrays that it fills, by key."""
        self._model = model
        self._given = given

    def of(self, expression: Expression, loops: tuple[Loop, ...], depth: int = 0) -> Interval | None:
        """The values of `expression` inside `loops`."""
        if depth > _DEEPEST:
            return None
        match expression:
            case Literal():
                number = integer(expression)
                return None if number is None else (number, number)
            case Name():
                return self._name(expression, loops, depth + 1)
            case Cast(operand=operand):
                return self.of(operand, loops, depth + 1)
            case Unary(operator="-", operand=operand):
                inner = self.of(operand, loops, depth + 1)
                return inner and (-inner[1], -inner[0])
            case Binary(operator=operator, left=left, right=right):
                a, b = self.of(left, loops, depth + 1), self.of(right, loops, depth + 1)
                return None if a is None or b is None else _combined(operator, a, b)
            case Conditional(yes=yes, no=no):
                return _hull(self.of(yes, loops, depth + 1), self.of(no, loops, depth + 1))
            case Call(function=Name(name=name), arguments=(left, right)) if name.lower() in _CHOICES:
                return _hull(self.of(left, loops, depth + 1), self.of(right, loops, depth + 1))
            case Subscript() | Dereference() | Member():
                place = self._model.places.place(expression, loops)
                return place and self._given.get(place.key + place.path)
            case _:
                return None

    def _name(self, name: Name, loops: tuple[Loop, ...], depth: int) -> Interval | None:
        key = self._model.variables.key(name.name, name.start)
        given = self._given.get(key)
        constant = self._model.variables.usual(key)
        if constant is not None:
            return self.of(constant, loops, depth)
        counted = next((loop for loop in reversed(loops) if self._model.definitions.counts(key, loop)), None)
        if counted is not None:
            return self._counted(counted, loops[: loops.index(counted)], depth)
        values = [found.value and self.of(found.value, found.loops, depth) for found in self._model.definitions.of(key)]
        if given is not None:
            values.append(given)
        initial = self._initial(key, loops, depth)
        return _hull(*values, *initial) if values or initial else None

    def _initial(self, key: str, loops: tuple[Loop, ...], depth: int) -> list[Interval | None]:
        """What the file gives a variable of its own to begin with: a number, or another name."""
        symbol = self._model.variables.symbol(key)
        body = self._model.unit.body
        if symbol is None or symbol.initializer is None or body.start <= symbol.start < body.end:
            return []
        text = self._model.source.slice(*symbol.initializer)
        value = (Name if text.isidentifier() else Literal)(*symbol.initializer, text)
        return [self.of(value, loops, depth)]

    def _counted(self, loop: Loop, around: tuple[Loop, ...], depth: int) -> Interval | None:
        """The values of a loop's variable in its iterations."""
        induction = induction_of(loop)
        if induction is None:
            return None
        first = self.of(induction.lower, around, depth)
        last = self.of(induction.upper, around, depth)
        if first is None or last is None:
            return None
        if induction.relation in ("<", ">", "!="):
            ends_above = induction.relation == "<" or (induction.relation == "!=" and (induction.step or 0) > 0)
            last = _combined("-", last, (1, 1)) if ends_above else _combined("+", last, (1, 1))
        return _hull(first, last)


_CHOICES = frozenset(("min", "max", "std::min", "std::max", "imin", "imax"))


def _combined(operator: str, a: Interval, b: Interval) -> Interval | None:
    match operator:
        case "+":
            return a[0] + b[0], a[1] + b[1]
        case "-":
            return a[0] - b[1], a[1] - b[0]
        case "*":
            products = [x * y for x in a for y in b]
            return min(products), max(products)
        case "/" if b[0] > 0:
            quotients = [int(x / y) for x in a for y in b]
            return min(quotients), max(quotients)
        case "%" if b[0] > 0:
            return (0 if a[0] >= 0 else 1 - b[1]), b[1] - 1
        case "&" if a[0] >= 0 and b[0] >= 0:
            return 0, min(a[1], b[1])
        case "<<" if b[0] >= 0 and b[1] < 32:
            return _combined("*", a, (1 << b[0], 1 << b[1]))
        case ">>" if b[0] >= 0 and a[0] >= 0:
            return a[0] >> b[1], a[1] >> b[0]
        case _:
            return None


def _hull(*parts: Interval | None) -> Interval | None:
    """The smallest interval around all of `parts`; None where one of them is not known."""
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    return min(low for low, _ in known), max(high for _, high in known)
