"""Index arithmetic beyond polynomials: remainders, quotients, minima, maxima and choices, each as a new integer with
conditions on it.

C rounds quotients towards zero (C17 6.5.5); shifts and masks of powers of two round down.
"""

from __future__ import annotations

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Forms
from hpcls.analysis.nest.conditions import Atom, Both, Condition, Either, at_least, below, equal, negated
from hpcls.analysis.types import is_floating
from hpcls.analysis.variables import Variables, is_narrow_type
from hpcls.syntax.expressions import Binary, Call, Cast, Conditional, Expression, Name, Unary
from hpcls.syntax.statements import Loop

_SMALLEST = frozenset(("std::min", "min", "MIN"))
_LARGEST = frozenset(("std::max", "max", "MAX"))
_ZERO, _ONE = Polynomial.constant(0), Polynomial.constant(1)
_DEEPEST = 12

Loops = tuple[Loop, ...]


class Values:
    """The values of expressions in one nest; what they introduce is collected in `unknowns` and `conditions`."""

    def __init__(self, forms: Forms, variables: Variables, prefix: str) -> None:
        self._forms = forms
        self._variables = variables
        self._prefix = prefix
        self.unknowns: list[str] = []
        """Names of the integers that conditions speak of."""
        self.conditions: list[Condition] = []

    def value(self, expression: Expression, loops: Loops, depth: int = 0) -> Polynomial | None:
        """`expression` inside `loops`; None where it is not affine, even so."""
        form = self._forms.polynomial(expression, loops)
        is_whole = form is not None and form.names.isdisjoint(self._forms.computed)
        if is_whole or depth > _DEEPEST:
            return form
        found = self._composed(expression, loops, depth)
        return form if found is None else found

    def _composed(self, expression: Expression, loops: Loops, depth: int) -> Polynomial | None:
        match expression:
            case Binary(operator="+" | "-" | "*" as operator, left=left, right=right):
                a, b = self.value(left, loops, depth + 1), self.value(right, loops, depth + 1)
                if a is None or b is None:
                    return None
                return a + b if operator == "+" else a - b if operator == "-" else a * b
            case Binary(operator="/" | "%" | ">>" | "&" as operator, left=left, right=right):
                return self._divided(operator, self.value(left, loops, depth + 1), self.value(right, loops, depth + 1))
            case Unary(operator="-", operand=operand):
                inner = self.value(operand, loops, depth + 1)
                return None if inner is None else -inner
            case Cast(operand=operand, type_text=kind) if "*" not in kind and not is_narrow_type(kind):
                return self.value(operand, loops, depth + 1)
            case Conditional(test=test, yes=yes, no=no):
                return self._chosen(
                    self.truth(test, loops), self.value(yes, loops, depth + 1), self.value(no, loops, depth + 1)
                )
            case Call(function=Name(name=name, start=start), arguments=(left, right)):
                a, b = self.value(left, loops, depth + 1), self.value(right, loops, depth + 1)
                return self._extreme(name, start, a, b)
            case Name():
                definition = self._forms.definition(expression, loops)
                value = definition.value if definition else None
                return self.value(value, definition.loops, depth + 1) if definition and value else None
            case _:
                return None

    def truth(self, test: Expression, loops: Loops) -> Condition | None:
        """Where `test` holds; None where it is not affine, or compares floating-point numbers."""
        match test:
            case Unary(operator="!", operand=operand):
                inner = self.truth(operand, loops)
                return None if inner is None else negated(inner)
            case Binary(operator="&&" | "||" as operator, left=left, right=right):
                a, b = self.truth(left, loops), self.truth(right, loops)
                if a is None or b is None:
                    return None
                return Both((a, b)) if operator == "&&" else Either((a, b))
            case Binary(operator="<" | "<=" | ">" | ">=" | "==" | "!=" as operator, left=left, right=right):
                return self._compared(operator, left, right, loops)
            case Binary(operator="%" | "&"):
                value = self.value(test, loops)
                return None if value is None else negated(Atom(value, "="))
            case _:
                return None

    def _compared(self, operator: str, left: Expression, right: Expression, loops: Loops) -> Condition | None:
        if is_floating(self._variables, left) or is_floating(self._variables, right):
            return None
        a, b = self.value(left, loops), self.value(right, loops)
        if a is None or b is None:
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

    def _divided(self, operator: str, left: Polynomial | None, right: Polynomial | None) -> Polynomial | None:
        by = right.value if right is not None else None
        if left is None or by is None or by <= 0:
            return None if operator != ">>" or by != 0 else left
        if operator == "&" and by & (by + 1):
            return None
        divisor = {"&": by + 1, ">>": 1 << min(by, 31)}.get(operator, by)
        quotient, rest = self._new(), self._new()
        self.conditions.append(equal(left, quotient * Polynomial.constant(divisor) + rest))
        self.conditions.append(_remains(left, rest, divisor, rounds_down=operator in ("&", ">>")))
        return rest if operator in ("%", "&") else quotient

    def _chosen(self, test: Condition | None, yes: Polynomial | None, no: Polynomial | None) -> Polynomial | None:
        if test is None or yes is None or no is None:
            return None
        result = self._new()
        self.conditions.append(Either((Both((test, equal(result, yes))), Both((negated(test), equal(result, no))))))
        return result

    def _extreme(self, name: str, at: int, left: Polynomial | None, right: Polynomial | None) -> Polynomial | None:
        if left is None or right is None or self._variables.meanings.is_own_function(name, at):
            return None
        if name in _SMALLEST:
            return self._chosen(below(left, right), left, right)
        return self._chosen(below(left, right), right, left) if name in _LARGEST else None

    def _new(self) -> Polynomial:
        self.unknowns.append(f"{self._prefix}{len(self.unknowns)}")
        return Polynomial.variable(self.unknowns[-1])


def _remains(value: Polynomial, rest: Polynomial, divisor: int, *, rounds_down: bool) -> Condition:
    """What division leaves: of the sign of `value`, or never negative if it rounds down."""
    size = Polynomial.constant(divisor)
    above = Both((at_least(rest, _ZERO), below(rest, size)))
    if rounds_down:
        return above
    under = Both((at_least(_ZERO, rest), below(-size, rest)))
    return Either((Both((at_least(value, _ZERO), above)), Both((below(value, _ZERO), under))))
