"""Index arithmetic beyond polynomials: remainders, quotients, minima, maxima and choices, each as a new integer with
conditions on it.

C rounds quotients towards zero (C17 6.5.5); shifts and masks of powers of two round down.
"""

from __future__ import annotations

from math import prod

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Bounds, Forms, wraps
from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.conditions import (
    Atom,
    Both,
    Condition,
    Either,
    at_least,
    below,
    decided,
    equal,
    facts_of,
    is_natural,
    negated,
)
from hpcls.analysis.nest.integers import Integers
from hpcls.analysis.types import is_floating, unsigned_bits
from hpcls.syntax.expressions import Binary, Call, Cast, Conditional, Expression, Name, Unary
from hpcls.syntax.statements import Loop

_SMALLEST = frozenset(("std::min", "min", "MIN"))
_LARGEST = frozenset(("std::max", "max", "MAX"))
_DEEPEST = 12

_UNBOUNDED = 1 << 24
"""Iterations that a loop may well have of which none knows how many it has."""

Loops = tuple[Loop, ...]
Facts = tuple[Atom, ...]
Operands = tuple[Expression, ...]


class Values:
    """The values of expressions in one nest, each looked at once."""

    def __init__(self, forms: Forms, model: UnitModel, prefix: str) -> None:
        self._forms = forms
        self._variables = model.variables
        self._alike = model.alike
        self._known: dict[tuple[int, Loops, Facts], Polynomial | None] = {}
        self.integers = Integers(prefix)
        """Those that the values are made of, beside counters and values from outside."""

    def value(self, expression: Expression, loops: Loops, facts: Facts = (), depth: int = 0) -> Polynomial | None:
        """`expression` inside `loops`, where `facts` hold; None where it is not affine, even so."""
        place = self._alike.number(expression), loops, facts
        if place not in self._known:
            self._known[place] = self._value(expression, loops, facts, depth)
        return self._known[place]

    def _value(self, expression: Expression, loops: Loops, facts: Facts, depth: int) -> Polynomial | None:
        form = self._forms.polynomial(expression, loops)
        is_whole = form is not None and form.names.isdisjoint(self._forms.computed)
        if is_whole or depth > _DEEPEST:
            return form
        found = self._composed(expression, loops, facts, depth + 1)
        return form if found is None else self._forms.fitted(expression, found, loops)

    def _composed(self, expression: Expression, loops: Loops, facts: Facts, depth: int) -> Polynomial | None:
        match expression:
            case Binary(operator=operator, left=left, right=right):
                a, b = self.value(left, loops, facts, depth), self.value(right, loops, facts, depth)
                if a is None or b is None:
                    return None
                if operator == "%" and _divides_ranges(b) and self._bits((left, right)):
                    operator, b = "&", b - Polynomial.constant(1)
                if operator in ("/", "%", ">>") and self._may_wrap((left, right), (a,), loops):
                    return None
                return self._combined(operator, a, b, facts)
            case Unary(operator="-", operand=operand):
                inner = self.value(operand, loops, facts, depth)
                return None if inner is None else -inner
            case Cast(operand=operand) if self._forms.keeps_value(expression):
                return self.value(operand, loops, facts, depth)
            case Conditional():
                return self._conditional(expression, loops, facts, depth)
            case Call(function=Name(name=name, start=start), arguments=(left, right)):
                a, b = self.value(left, loops, facts, depth), self.value(right, loops, facts, depth)
                return None if a is None or b is None else self._extreme(name, start, a, b)
            case Name():
                definition = self._forms.definition(expression, loops)
                value = definition.value if definition else None
                return self.value(value, definition.loops, (), depth) if definition and value else None
            case _:
                return None

    def truth(self, test: Expression, loops: Loops, facts: Facts = ()) -> Condition | None:
        """Where `test` holds; None where it is not affine, or compares floating-point numbers."""
        match test:
            case Unary(operator="!", operand=operand):
                inner = self.truth(operand, loops, facts)
                return None if inner is None else negated(inner)
            case Binary(operator="&&" | "||" as operator, left=left, right=right):
                a, b = self.truth(left, loops, facts), self.truth(right, loops, facts)
                if a is None or b is None:
                    return None
                return Both((a, b)) if operator == "&&" else Either((a, b))
            case Binary(operator="<" | "<=" | ">" | ">=" | "==" | "!=" as operator, left=left, right=right):
                return self._compared(operator, left, right, loops, facts)
            case Binary(operator="%" | "&"):
                value = self.value(test, loops, facts)
                return None if value is None else negated(Atom(value, "="))
            case _:
                return None

    def _compared(
        self, operator: str, left: Expression, right: Expression, loops: Loops, facts: Facts
    ) -> Condition | None:
        if is_floating(self._variables, left) or is_floating(self._variables, right):
            return None
        a, b = self.value(left, loops, facts), self.value(right, loops, facts)
        if a is None or b is None or self._may_wrap((left, right), (a, b), loops):
            return None
        match operator:
            case "<":
                return below(a, b)
            case "<=":
                return at_least(b, a)
            case ">":
                return below(b, a)
            case ">=":
                return at_least(a, b)
            case "==":
                return equal(a, b)
            case _:
                return negated(equal(a, b))

    def _may_wrap(self, operands: Operands, values: tuple[Polynomial, ...], loops: Loops) -> bool:
        """Whether the operands are unsigned, and a value in which a counter stands might leave their range."""
        bits = self._bits(operands)
        return bits is not None and any(self._may_leave(bits, one, loops) for one in values)

    def _bits(self, operands: Operands) -> int | None:
        """See `unsigned_bits`."""
        found = (unsigned_bits(self._variables, one) for one in operands)
        return min((one for one in found if one is not None), default=None)

    def _may_leave(self, bits: int, value: Polynomial, loops: Loops) -> bool:
        if value.value is not None:
            return value.value < 0
        found = (self._forms.bounds(loop, loops[: depth + 1]) for depth, loop in enumerate(loops))
        counters = {one.variable: _largest(one) for one in found if one is not None}
        counted = [(names, by) for names, by in value.terms.items() if not counters.keys().isdisjoint(names)]
        sizes = (abs(by) * prod(counters.get(name, 1) for name in names) for names, by in counted)
        return bool(counted) and (min(value.terms.values()) < 0 or sum(sizes) >= 1 << bits)

    def _combined(self, operator: str, left: Polynomial, right: Polynomial, facts: Facts) -> Polynomial | None:
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                product = left * right
                return None if wraps(product) else product
            case "/" | "%" | ">>" | "&":
                return self._divided(operator, left, right.value, facts)
            case _:
                return None

    def _divided(self, operator: str, value: Polynomial, by: int | None, facts: Facts) -> Polynomial | None:
        if by is None or by <= 0:
            return value if operator == ">>" and by == 0 else None
        if operator == "&" and by & (by + 1):
            return None
        divisor = {"&": by + 1, ">>": 1 << min(by, 31)}.get(operator, by)
        if operator in ("&", ">>") or is_natural(value, facts):
            quotient = self.integers.floor(value, divisor)
        elif is_natural(-value, facts):
            quotient = -self.integers.floor(-value, divisor)
        else:
            quotient = self.integers.quotient(value, divisor)
        return quotient if operator in ("/", ">>") else value - quotient * Polynomial.constant(divisor)

    def _conditional(self, choice: Conditional, loops: Loops, facts: Facts, depth: int) -> Polynomial | None:
        """A branch is looked at with what its test says, which tells the signs of numerators."""
        test = self.truth(choice.test, loops, facts)
        if test is None:
            return None
        is_so = decided(test)
        if is_so is not None:
            return self.value(choice.yes if is_so else choice.no, loops, facts, depth)
        yes = self.value(choice.yes, loops, (*facts, *facts_of(test)), depth)
        no = self.value(choice.no, loops, (*facts, *facts_of(negated(test))), depth)
        return None if yes is None or no is None else self.integers.chosen(test, yes, no)

    def _extreme(self, name: str, at: int, left: Polynomial, right: Polynomial) -> Polynomial | None:
        if name not in _SMALLEST | _LARGEST or self._variables.meanings.is_own_function(name, at):
            return None
        return self.integers.least(left, right) if name in _SMALLEST else self.integers.greatest(left, right)


def _largest(bounds: Bounds) -> int:
    """How far a counter may be from 0."""
    ends = [end.value if end is not None else None for end in (bounds.lowest, bounds.highest)]
    return max(_UNBOUNDED if end is None else abs(end) for end in ends)


def _divides_ranges(divisor: Polynomial) -> bool:
    """Whether it is a power of two: of unsigned values, wrapped around or not, the remainder is what a mask leaves."""
    return divisor.value is not None and divisor.value > 0 and not divisor.value & (divisor.value - 1)
