"""Integers that index arithmetic introduces beside counters and values from outside: quotients, extremes, choices.

Each is introduced once, however often an expression repeats it, and only where a condition cannot do without: `i <=
min(a, b)` is `i <= a and i <= b`, `i <= floor(a / b)` is `b*i <= a`.  What is left makes sets harder (Verdoolaege, isl:
An Integer Set Library for the Polyhedral Model, ICMS 2010: a choice of two doubles the number of basic sets).
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from math import prod

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.nest.conditions import Atom, Both, Condition, Either, at_least, below, equal, forms_of, negated

_ZERO = Polynomial.constant(0)
_MOST = 64
"""Atoms that one may become when minima and maxima are put in."""


@dataclass(frozen=True)
class Extreme:
    """The least or the greatest of two values."""

    one: Polynomial
    other: Polynomial
    is_least: bool

    def definition(self, result: Polynomial) -> Condition:
        """What `result` has to be."""
        ends = [at_least(end, result) if self.is_least else at_least(result, end) for end in (self.one, self.other)]
        return Both((*ends, Either((equal(result, self.one), equal(result, self.other)))))

    def replaced(self, factor: int, rest: Polynomial) -> Condition:
        """`factor * this + rest >= 0`."""
        by = Polynomial.constant(factor)
        parts = tuple(Atom(end * by + rest, ">=") for end in (self.one, self.other))
        return Both(parts) if (factor > 0) == self.is_least else Either(parts)


@dataclass(frozen=True)
class Floor:
    """A quotient that is rounded down."""

    value: Polynomial
    divisor: int

    def definition(self, result: Polynomial) -> Condition:
        """What `result` has to be."""
        size = Polynomial.constant(self.divisor)
        rest = self.value - size * result
        return Both((at_least(rest, _ZERO), below(rest, size)))

    def replaced(self, factor: int, rest: Polynomial) -> Condition | None:
        """`factor * this + rest >= 0`; None where the factor is not 1 or -1."""
        size = Polynomial.constant(self.divisor)
        if factor == 1:
            return Atom(self.value + size * rest, ">=")
        return below(self.value, size * (rest + Polynomial.constant(1))) if factor == -1 else None


@dataclass(frozen=True)
class Quotient:
    """A quotient that is rounded towards zero (C17 6.5.5) of a value whose sign is not known."""

    value: Polynomial
    divisor: int

    def definition(self, result: Polynomial) -> Condition:
        """What `result` has to be."""
        size = Polynomial.constant(self.divisor)
        rest = self.value - size * result
        above = Both((at_least(self.value, _ZERO), at_least(rest, _ZERO), below(rest, size)))
        under = Both((below(self.value, _ZERO), at_least(_ZERO, rest), below(-size, rest)))
        return Either((above, under))

    def replaced(self, factor: int, rest: Polynomial) -> None:
        """No condition does without."""


@dataclass(frozen=True)
class Choice:
    """One of two values."""

    test: Condition
    yes: Polynomial
    no: Polynomial

    def definition(self, result: Polynomial) -> Condition:
        """What `result` has to be."""
        otherwise = Both((negated(self.test), equal(result, self.no)))
        return Either((Both((self.test, equal(result, self.yes))), otherwise))

    def replaced(self, factor: int, rest: Polynomial) -> None:
        """No condition does without."""


Meaning = Extreme | Floor | Quotient | Choice


@dataclass(frozen=True)
class Settled:
    """Conditions with the integers that are left in them."""

    conditions: tuple[Condition, ...]
    """What defines the integers among them."""
    names: tuple[str, ...]


class Integers:
    """Those of one nest."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._names: dict[Meaning, str] = {}
        self._meanings: dict[str, Meaning] = {}
        """In the order in which they were introduced: later ones may speak of earlier ones."""
        self._leaves: dict[str, int] = {}

    def floor(self, value: Polynomial, divisor: int) -> Polynomial:
        """`value` by a positive number, rounded down; written in one way, so that equal quotients are one integer."""
        whole = Polynomial(
            {m: c // divisor for m, c in value.terms.items() if c // divisor and (not m or c % divisor == 0)}
        )
        rest = value - whole * Polynomial.constant(divisor)
        if rest.value is not None:
            return whole
        if rest.terms[min(monomial for monomial in rest.terms if monomial)] < 0:
            return whole - self.floor(Polynomial.constant(divisor - 1) - rest, divisor)
        return whole + self._named(Floor(rest, divisor))

    def quotient(self, value: Polynomial, divisor: int) -> Polynomial:
        """`value` by a positive number, rounded towards zero."""
        return value if divisor == 1 else self._named(Quotient(value, divisor))

    def least(self, one: Polynomial, other: Polynomial) -> Polynomial:
        """The smaller of two values."""
        return one if one == other else self._named(Extreme(one, other, True))

    def greatest(self, one: Polynomial, other: Polynomial) -> Polynomial:
        """The larger of two values."""
        return one if one == other else self._named(Extreme(one, other, False))

    def chosen(self, test: Condition, yes: Polynomial, no: Polynomial) -> Polynomial:
        """`test ? yes : no`, where it is one, as a minimum or a maximum."""
        if yes == no:
            return yes
        gap = yes - no
        if isinstance(test, Atom) and test.relation == ">=":
            # where the test holds up to equality, `yes` is the larger one or the smaller one
            if (gap - test.form).value in (0, 1):
                return self.greatest(yes, no)
            if (gap + test.form).value in (0, -1):
                return self.least(yes, no)
        return self._named(Choice(test, yes, no))

    def settled(self, conditions: Iterable[Condition], forms: Iterable[Polynomial] = ()) -> Settled:
        """`conditions`, and what defines the integers that are left in them and in `forms`."""
        found = [self._without(one, frozenset()) for one in conditions]
        kept: dict[str, None] = {}
        pending = self._named_in((*forms, *(form for one in found for form in forms_of(one))))
        while pending:
            name = pending.pop()
            if name not in kept:
                kept[name] = None
                definition = self._without(self._meanings[name].definition(Polynomial.variable(name)), kept.keys())
                found.append(definition)
                pending += self._named_in(forms_of(definition))
        return Settled(tuple(found), tuple(kept))

    def _named(self, meaning: Meaning) -> Polynomial:
        name = self._names.get(meaning)
        if name is None:
            name = self._names[meaning] = f"{self._prefix}{len(self._names)}"
            self._meanings[name] = meaning
            self._leaves[name] = _leaves(meaning, self._leaves)
        return Polynomial.variable(name)

    def _named_in(self, forms: Iterable[Polynomial]) -> list[str]:
        return [name for form in forms for name in form.names if name in self._meanings]

    def _without(self, condition: Condition, kept: Set[str]) -> Condition:
        """`condition` without the integers that it can do without, those `kept` apart."""
        if not isinstance(condition, Atom):
            return type(condition)(tuple(self._without(part, kept) for part in condition.parts))
        inside = condition.form.names - kept
        names = [name for name in self._meanings if name in inside] if inside else []
        if prod(self._leaves[name] for name in names) > _MOST:
            return condition
        replaced = next(filter(None, (self._replaced(condition, name) for name in reversed(names))), None)
        return condition if replaced is None else self._without(replaced, kept)

    def _replaced(self, atom: Atom, name: str) -> Condition | None:
        """`atom` without the integer `name`; None where that does not go."""
        parts = atom.form.split(name)
        factor = parts[0].value if parts else None
        if parts is None or factor is None:
            return None
        above = self._meanings[name].replaced(factor, parts[1])
        if above is None or atom.relation == ">=":
            return above
        under = self._meanings[name].replaced(-factor, -parts[1])
        return under and Both((above, under))


def _leaves(meaning: Meaning, known: dict[str, int]) -> int:
    """How many conditions one becomes when the integer, and those that it is made of, are put in."""
    match meaning:
        case Extreme(one=one, other=other):
            return sum(prod(known.get(name, 1) for name in end.names) for end in (one, other))
        case Floor(value=value):
            return prod(known.get(name, 1) for name in value.names)
        case _:
            return 1
