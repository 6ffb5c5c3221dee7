"""Two accesses of one array: the pairs of iterations in which they touch the same element, as an integer set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, takewhile
from math import gcd

from hpcls.analysis.affine import Monomial, Polynomial
from hpcls.analysis.nest.conditions import Atom, Both, Condition, alternatives, forms_of, shape_of, written
from hpcls.analysis.nest.executions import Executions, Level
from hpcls.analysis.nest.isl import IntegerSet, Row, Rows, Solver

_LARGE = 64
"""Sizes from which on a dependence has to exist."""

_MOST_CASES = 16
"""Of one side, that are still told apart one by one."""

Equations = list[tuple[Polynomial, Polynomial]]


class NotAffineError(Exception):
    """A product of counters, or of a counter and a value that is not known, is left in a condition."""


@dataclass(frozen=True)
class Pair:
    """`left` and `right` inside the loops that are around both; `context` holds of the values from outside."""

    left: Executions
    right: Executions
    context: Condition

    @cached_property
    def common(self) -> tuple[Level, ...]:
        """The levels that both accesses are in, outermost first."""
        pairs = zip(self.left.levels, self.right.levels, strict=False)
        return tuple(a for a, _ in takewhile(lambda pair: pair[0].loop is pair[1].loop, pairs))

    @cached_property
    def _sides(self) -> tuple[dict[str, str], dict[str, str]]:
        """For each side its counters and unknowns, and what they are called in isl's notation."""
        left, right = _own(self.left), _own(self.right)
        return {name: f"l{k}" for k, name in enumerate(left)}, {name: f"r{k}" for k, name in enumerate(right)}

    @cached_property
    def _forms(self) -> list[Polynomial]:
        sides = (self.left, self.right)
        conditions = (*(condition_of(one) for one in sides), self.context)
        return [form for c in conditions for form in forms_of(c)] + [form for one in sides for form in one.subscripts]

    def _outside(self, monomial: Monomial) -> Monomial:
        """Its values from outside."""
        left, right = self._sides
        return tuple(name for name in monomial if name not in left and name not in right)

    @cached_property
    def _outsides(self) -> dict[Monomial, None]:
        found = (self._outside(monomial) for form in self._forms for monomial in form.terms)
        return dict.fromkeys(one for one in found if one)

    @cached_property
    def parameters(self) -> dict[Monomial, str]:
        """The values from outside, products of them too, and what they are called in isl's notation."""
        parts = (part for one in self._outsides for size in range(len(one)) for part in combinations(one, size + 1))
        return {outside: f"p{index}" for index, outside in enumerate(dict.fromkeys(parts))}

    @cached_property
    def shape(self) -> Hashable:
        """The same for pairs that differ in nothing but names; those of values from outside keep their order."""
        values = sorted({name for monomial in self._outsides for name in monomial})
        outside = {name: f"v{index}" for index, name in enumerate(values)}
        left, right = (_shower({**outside, **own}) for own in self._sides)
        conditions = shape_of(condition_of(self.left), left), shape_of(condition_of(self.right), right)
        subscripts = tuple(map(left, self.left.subscripts)), tuple(map(right, self.right.subscripts))
        asked = self.counters(0), self.common[0].step, self.is_exact, self.given, self.sizes
        return conditions, shape_of(self.context, left), subscripts, asked

    @property
    def is_exact(self) -> bool:
        """Whether the conditions hold exactly where the accesses happen, and no product stands for a value."""
        has_products = any(len(outside) > 1 for outside in self._outsides)
        return self.left.is_exact and self.right.is_exact and not has_products

    @cached_property
    def sizes(self) -> frozenset[str]:
        """The parameters that bound loops and may be anything, in isl's notation."""
        levels = (*self.left.levels, *self.right.levels)
        bounds = [form for level in levels for form in forms_of(level.condition)] + forms_of(self.context)
        names = frozenset(name for form in bounds for name in form.names) - self._fixed
        return frozenset(symbol for outside, symbol in self.parameters.items() if names.issuperset(outside))

    @cached_property
    def given(self) -> frozenset[str]:
        """The parameters that do more than bound loops, in isl's notation: offsets in subscripts, operands of tests."""
        forms = [*self.left.subscripts, *self.right.subscripts]
        forms += forms_of(self.left.condition) + forms_of(self.right.condition)
        outsides = {self._outside(monomial) for form in forms for monomial in form.terms}
        return frozenset(
            symbol
            for outside, symbol in self.parameters.items()
            if outside in outsides or not self._fixed.isdisjoint(outside)
        )

    @property
    def _fixed(self) -> frozenset[str]:
        return frozenset(name for level in (*self.left.levels, *self.right.levels) for name in level.fixed)

    def is_shown(self, found: IntegerSet) -> bool:
        """Whether `found` surely has a point: for all that is given, however large if it is a size too.

        A value that bounds loops and does nothing else may be anything; it is chosen well.
        """
        return self.is_exact and found.exists_for_all(self.given, at_least=_LARGE, sizes=self.sizes)

    def linear(self, side: int, form: Polynomial) -> dict[str, int]:
        """The coefficients of a polynomial of one side, by names in isl's notation; "" for the constant.

        Raises NotAffineError.
        """
        own = self._sides[side]
        found: dict[str, int] = {}
        for monomial, coefficient in form.terms.items():
            outside = self._outside(monomial)
            names = [own[name] for name in monomial if name not in outside]
            names += [self.parameters[outside]] if outside else []
            if len(names) > 1:
                raise NotAffineError
            found["".join(names)] = coefficient
        return found

    def show(self, side: int) -> Callable[[Polynomial], str]:
        """How a polynomial of one side is written in isl's notation.  Raises NotAffineError."""
        return lambda form: " + ".join(f"{c}{name}" for name, c in self.linear(side, form).items()) or "0"

    def difference(self, equation: tuple[Polynomial, Polynomial]) -> str:
        """Left minus right, in isl's notation."""
        return f"({self.show(0)(equation[0])}) - ({self.show(1)(equation[1])})"

    def text(self, dimensions: list[str], *conditions: str) -> str:
        """The set of `dimensions` for which both accesses happen and `conditions` hold."""
        own = [*self._sides[0].values(), *self._sides[1].values()]
        sides = (written(condition_of(one), self.show(k)) for k, one in enumerate((self.left, self.right)))
        everything = (*sides, written(self.context, self.show(0)), *conditions)
        where = " and ".join(f"({one})" for one in everything)
        bound = f"exists ({', '.join(own)} : {where})" if own else where
        return f"[{', '.join(self.parameters.values())}] -> {{ [{', '.join(dimensions)}] : {bound} }}"

    def counters(self, index: int) -> tuple[str, str]:
        """The counters of a common level on both sides, in isl's notation."""
        variable = self.common[index].variable
        return self._sides[0][variable], self._sides[1][variable]

    def touching(self, solver: Solver) -> list[str] | None:
        """`equations` in isl's notation.  Raises NotAffineError."""
        found = self.equations(solver)
        return None if found is None else [f"{self.difference(one)} = 0" for one in found]

    def equations(self, solver: Solver) -> Equations | None:
        """What has to be equal on both sides where they touch one element; None where that is not affine.

        Of a part and its whole, such as `s[i].x[j]` and `s[i]`, the subscripts that both have.  Raises NotAffineError.
        """
        found: Equations = []
        for left, right in zip(self.left.subscripts, self.right.subscripts, strict=False):
            equations = self._delinearised(left, right, solver)
            if equations is None:
                return None
            found += equations
        return found

    def apart(self, equations: Equations) -> Rows | None:
        """Where both touch one element in different iterations of the outermost loop; None where conditions branch too
        often.  Raises NotAffineError.

        The first dimension is the distance.
        """
        left, right = self.counters(0)
        always = (Row({"d": 1, left: 1, right: -1}, True), *(Row(self._gap(one), True) for one in equations))
        ways = [(Row({right: sign, left: -sign, "": -1}, False),) for sign in (1, -1)]
        return self._rows(["d"], [always], ways)

    def _rows(self, dimensions: list[str], *groups: list[tuple[Row, ...]]) -> Rows | None:
        """Where both happen and in every group a case holds; None where conditions branch too often.

        Raises NotAffineError.
        """
        sides = [alternatives(condition_of(one), _MOST_CASES) for one in (self.left, self.right)]
        around = alternatives(self.context, _MOST_CASES)
        if sides[0] is None or sides[1] is None or around is None:
            return None
        dimensions = [*dimensions, *self._sides[0].values(), *self._sides[1].values()]
        happen = self._cases(0, sides[0]), self._cases(1, sides[1]), self._cases(0, around)
        return Rows(tuple(self.parameters.values()), tuple(dimensions), (*happen, *groups))

    def _cases(self, side: int, cases: list[tuple[Atom, ...]]) -> list[tuple[Row, ...]]:
        return [tuple(Row(self.linear(side, one.form), one.relation == "=") for one in case) for case in cases]

    def _gap(self, equation: tuple[Polynomial, Polynomial]) -> dict[str, int]:
        """Left minus right, as coefficients.  Raises NotAffineError."""
        coefficients = self.linear(0, equation[0])
        for name, coefficient in self.linear(1, equation[1]).items():
            coefficients[name] = coefficients.get(name, 0) - coefficient
        return coefficients

    def _is_within(self, equation: tuple[Polynomial, Polynomial], size: dict[str, int], solver: Solver) -> bool:
        """Whether both sides always differ by less than `size`, as coefficients.  Raises NotAffineError."""
        gap = self._gap(equation)
        ways = [(Row(_sum(gap, sign, size), False),) for sign in (1, -1)]
        rows = self._rows([], ways)
        if rows is not None:
            return solver.build(rows).is_empty
        shown, most = self.difference(equation), " + ".join(f"{c}{name}" for name, c in size.items())
        return solver.read(self.text(["g"], f"g = {shown} and (g >= {most} or -g >= {most})")).is_empty

    def _delinearised(self, left: Polynomial, right: Polynomial, solver: Solver) -> Equations | None:
        """`n*i + j` of two sides are equal exactly if the i and the j are, where the j differ by less than n
        (Maslov, Delinearization: An Efficient Way to Break Multiloop Dependence Equations, PLDI 1992).
        """
        found: Equations = []
        while strides := {*self._strides(left), *self._strides(right)}:
            stride = min(strides, key=lambda one: (len(one), one))
            if any(Counter(stride) - Counter(other) for other in strides):
                return None
            factor = gcd(*(abs(c) for form in (left, right) for m, c in form.terms.items() if self._is_in(stride, m)))
            (high_left, low_left), (high_right, low_right) = (_divided(form, stride, factor) for form in (left, right))
            if not self._is_within((low_left, low_right), {self.parameters[stride]: factor}, solver):
                return None
            found.append((low_left, low_right))
            left, right = high_left, high_right
        return [*found, (left, right)]

    def _strides(self, form: Polynomial) -> Iterator[Monomial]:
        for monomial in form.terms:
            outside = self._outside(monomial)
            if self._is_in(outside, monomial):
                yield outside

    def _is_in(self, stride: Monomial, monomial: Monomial) -> bool:
        """Whether the monomial is that product of values from outside times a counter."""
        outside = self._outside(monomial)
        return bool(outside) and len(outside) < len(monomial) and not Counter(stride) - Counter(outside)


def condition_of(executions: Executions) -> Condition:
    """All that holds when the access happens."""
    return Both((*(level.condition for level in executions.levels), executions.condition))


def _shower(names: Mapping[str, str]) -> Callable[[Polynomial], Hashable]:
    """How polynomials look with other names."""
    return lambda form: tuple((tuple(sorted(names[name] for name in m)), c) for m, c in form.terms.items())


def _own(executions: Executions) -> list[str]:
    names = [level.variable for level in executions.levels]
    return [*names, *(name for level in executions.levels for name in level.unknowns), *executions.unknowns]


def _sum(gap: Mapping[str, int], sign: int, size: Mapping[str, int]) -> dict[str, int]:
    """`sign` times the one minus the other, as coefficients."""
    return {name: sign * gap.get(name, 0) - size.get(name, 0) for name in {**gap, **size}}


def _divided(form: Polynomial, stride: Monomial, factor: int) -> tuple[Polynomial, Polynomial]:
    """(quotient, remainder) by a product of names and a number."""
    quotient: dict[Monomial, int] = {}
    remainder: dict[Monomial, int] = {}
    for monomial, coefficient in form.terms.items():
        left = Counter(monomial)
        if Counter(stride) - left or coefficient % factor:
            remainder[monomial] = coefficient
        else:
            quotient[tuple(sorted((left - Counter(stride)).elements()))] = coefficient // factor
    return Polynomial(quotient), Polynomial(remainder)
