"""Polynomials with integer coefficients over named values: the affine forms of subscripts and bounds.

`2*i*n + j - 1` is {("i", "n"): 2, ("j",): 1, (): -1}.  A subscript is affine in a loop variable if that variable stands
in no monomial twice; its coefficient is then a polynomial of invariant values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hpcls.syntax.record import record

Monomial = tuple[str, ...]


@record
class Polynomial:
    """A sum of coefficients times products of names; `terms` holds no zero."""

    terms: Mapping[Monomial, int]

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    @staticmethod
    def constant(value: int) -> Polynomial:
        """The number `value`."""
        return Polynomial({(): value} if value else {})

    @staticmethod
    def variable(name: str) -> Polynomial:
        """The value called `name`."""
        return Polynomial({(name,): 1})

    @property
    def value(self) -> int | None:
        """The number that this is; None if names are left."""
        if not self.terms:
            return 0
        return self.terms.get(()) if len(self.terms) == 1 else None

    @property
    def names(self) -> frozenset[str]:
        """The names in it."""
        return frozenset(name for monomial in self.terms for name in monomial)

    def __add__(self, other: Polynomial) -> Polynomial:
        total = dict(self.terms)
        for monomial, coefficient in other.terms.items():
            total[monomial] = total.get(monomial, 0) + coefficient
        return Polynomial({monomial: c for monomial, c in total.items() if c})

    def __neg__(self) -> Polynomial:
        return Polynomial({monomial: -c for monomial, c in self.terms.items()})

    def __sub__(self, other: Polynomial) -> Polynomial:
        total = dict(self.terms)
        for monomial, coefficient in other.terms.items():
            total[monomial] = total.get(monomial, 0) - coefficient
        return Polynomial({monomial: c for monomial, c in total.items() if c})

    def __mul__(self, other: Polynomial) -> Polynomial:
        total: dict[Monomial, int] = {}
        for left, a in self.terms.items():
            for right, b in other.terms.items():
                monomial = tuple(sorted(left + right))
                total[monomial] = total.get(monomial, 0) + a * b
        return Polynomial({monomial: c for monomial, c in total.items() if c})

    def split(self, name: str) -> tuple[Polynomial, Polynomial] | None:
        """(coefficient of `name`, the rest); None if this is not affine in `name`."""
        coefficient: dict[Monomial, int] = {}
        rest: dict[Monomial, int] = {}
        for monomial, factor in self.terms.items():
            count = monomial.count(name)
            if count > 1:
                return None
            if count:
                coefficient[tuple(part for part in monomial if part != name)] = factor
            else:
                rest[monomial] = factor
        return Polynomial(coefficient), Polynomial(rest)

    def substitute(self, name: str, value: Polynomial) -> Polynomial | None:
        """This with `value` for `name`; None if this is not affine in `name`."""
        parts = self.split(name)
        return parts[0] * value + parts[1] if parts else None

    def divides(self, other: Polynomial) -> bool:
        """Whether this is one product of names and a number, and a factor of every product in `other`."""
        if len(self.terms) != 1:
            return False
        ((factors, coefficient),) = self.terms.items()
        return all(
            not Counter(factors) - Counter(monomial) and number % coefficient == 0
            for monomial, number in other.terms.items()
        )

    def is_positive(self, at_least_one: frozenset[str]) -> bool:
        """Whether this is above zero for every value of its names, those `at_least_one` being 1 or more."""
        total = 0
        for monomial, coefficient in self.terms.items():
            if monomial and (coefficient < 0 or not at_least_one.issuperset(monomial)):
                return False
            total += coefficient
        return total > 0
