"""Expressions that read the same, wherever they stand: each has a number, found once a unit (hash-consing)."""

from __future__ import annotations

from collections.abc import Callable

from hpcls.syntax.expressions import Assign, Binary, Cast, Expression, Literal, Member, Name, Opaque, Step, Unary


class Alike:
    """The numbers of one unit's expressions: the same for the same operators on the same variables and literals."""

    def __init__(self, key: Callable[[str, int], str]) -> None:
        self._key = key
        self._numbers: dict[tuple[object, ...], int] = {}
        self._known: dict[int, tuple[Expression, int]] = {}

    def number(self, expression: Expression) -> int:
        """The number of `expression`."""
        known = self._known.get(id(expression))
        if known is None:
            inside = (self.number(part) for part in expression.operands)
            found = (type(expression), self._label(expression), *inside)
            known = self._known[id(expression)] = expression, self._numbers.setdefault(found, len(self._numbers))
        return known[1]

    def _label(self, expression: Expression) -> object:
        """What tells it apart from others with the same operands."""
        match expression:
            case Name(name=name, start=start):
                return self._key(name, start)
            case Literal(text=text) | Cast(type_text=text):
                return text
            case (
                Unary(operator=operator)
                | Binary(operator=operator)
                | Assign(operator=operator)
                | Step(operator=operator)
            ):
                return operator
            case Member(field=field, arrow=arrow):
                return field, arrow
            case Opaque():
                return id(expression)
            case _:
                return None
