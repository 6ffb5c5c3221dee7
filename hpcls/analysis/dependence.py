"""Dependence tests between two accesses of one array in different iterations of a loop.

Each subscript pair is tested alone (Goff, Kennedy, Tseng, Practical Dependence Testing, PLDI 1991, section 4): ZIV if
no loop variable is in it, SIV if only the loop's own is.  Variables of inner loops stand for a range: a pair whose
difference cannot reach a whole step of the loop is independent, which also covers linearised subscripts `a[i*n+j]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from math import gcd

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Bounds
from hpcls.analysis.variables import spelling


class Relation(Enum):
    """What one subscript pair says of iterations i ≠ i'."""

    NEVER = "they never meet"
    ALWAYS = "they meet whatever i and i' are"
    AT = "they meet at one distance"
    SOMEWHERE = "they meet for some i and i', tests of counters and inner loops included"
    PERHAPS = "not decided"


@dataclass(frozen=True)
class Meeting:
    """When two accesses touch the same element in different iterations."""

    relation: Relation
    distance: int | None = None
    """In iterations, for AT and, where there is only one, for SOMEWHERE."""
    assumes: str | None = None
    """What has to hold for NEVER."""


NEVER, ALWAYS, PERHAPS = Meeting(Relation.NEVER), Meeting(Relation.ALWAYS), Meeting(Relation.PERHAPS)


@dataclass(frozen=True)
class Ranges:
    """The variables of the loops inside the tested one, and the tested one's own bounds."""

    own: Bounds
    inner: tuple[Bounds, ...]
    outer: tuple[Bounds, ...] = ()
    """The counters of the loops around: each holds one value while the tested loop runs."""
    zeros: frozenset[str] = frozenset()
    """Names that are visibly given 0 somewhere: nobody may assume that they are not."""

    @cached_property
    def positive_names(self) -> frozenset[str]:
        """Names that are at least 1 wherever the loops run: upper bounds of ranges that start at 0 or above, and
        outer counters that start at 1 or above.
        """
        lows = ((one.variable, one.lowest.value if one.lowest is not None else None) for one in self.outer)
        found = {variable for variable, low in lows if low is not None and low > 0}
        for bounds in (self.own, *self.inner):
            low = bounds.lowest.value if bounds.lowest is not None else None
            if low is None or low < 0 or bounds.highest is None:
                continue
            above = bounds.highest + Polynomial.constant(1)
            names = [name for name in above.names if above == Polynomial.variable(name)]
            found.update(names)
        return frozenset(found)


def meet_all(left: list[Polynomial | None], right: list[Polynomial | None], ranges: Ranges) -> Meeting:
    """When the elements with the subscripts `left` (in iteration i) and `right` (in i') are the same."""
    met = [meet(a, b, ranges) for a, b in zip(left, right, strict=True)]
    never = [one for one in met if one.relation is Relation.NEVER]
    if never:
        return min(never, key=lambda one: one.assumes or "")
    distances = {one.distance for one in met if one.relation is Relation.AT}
    if len(distances) > 1:
        return NEVER
    if any(one.relation is Relation.PERHAPS for one in met):
        return PERHAPS
    return Meeting(Relation.AT, distances.pop()) if distances else ALWAYS


def meet(left: Polynomial | None, right: Polynomial | None, ranges: Ranges) -> Meeting:
    """When `left` in iteration i equals `right` in another iteration i'."""
    if left is None or right is None:
        return PERHAPS
    own = ranges.own.variable
    a, b = left.split(own), right.split(own)
    if a is None or b is None or (a[0].names | b[0].names) & {inner.variable for inner in ranges.inner}:
        return PERHAPS  # in `i*j` the coefficient of i is another one in each iteration
    if a[0] == b[0]:
        return _same_coefficient(a[0], a[1], b[1], ranges)
    return _different_coefficients(a, b, ranges)


def _same_coefficient(c: Polynomial, left: Polynomial, right: Polynomial, ranges: Ranges) -> Meeting:
    """ZIV and strong SIV: c·(i - i') + left - right = 0."""
    difference = left - right
    touched = {b.variable for b in ranges.inner} & (left.names | right.names)
    if not touched:
        return _without_inner(c, difference, ranges)
    if _never_reaches(c, left, right, ranges) or _fits_between_strides(c, left, right, ranges):
        return NEVER
    if not _gcd_allows([c, c], left, right, ranges):
        return NEVER
    # the same inner iteration on both sides: only what is left over can keep the elements apart
    plain = difference.value
    if plain == 0 and not c.terms and _is_free(touched, ranges):
        return ALWAYS
    return PERHAPS


def _without_inner(c: Polynomial, difference: Polynomial, ranges: Ranges) -> Meeting:
    gap = difference.value
    if not c.terms:
        return ALWAYS if gap == 0 else NEVER if gap is not None else PERHAPS
    if gap == 0:
        return _never_by_stride(c, ranges)
    step = ranges.own.step
    if gap is None or c.value is None or step is None:
        return NEVER if _out_of_reach(c, difference, difference, ranges) else PERHAPS
    if gap % (c.value * step):
        return NEVER
    # c·(i - i') = -gap: the right access comes gap/(c·step) iterations after the left one
    distance = gap // (c.value * step)
    trips = ranges.own.trip_count
    return NEVER if trips is not None and abs(distance) >= trips else Meeting(Relation.AT, distance)


def _never_by_stride(c: Polynomial, ranges: Ranges) -> Meeting:
    """c·(i - i') = 0 has no solution but i = i', if c is not 0."""
    names = ranges.positive_names
    if c.value is not None or c.is_positive(names) or (-c).is_positive(names):
        return NEVER
    if c.names & ({one.variable for one in ranges.outer} | ranges.zeros):
        return PERHAPS
    if len(c.terms) == 1:
        factors = "*".join(spelling(name) for name in next(iter(c.terms)))
        return Meeting(Relation.NEVER, assumes=f"{factors} is not 0")
    return _never_by_diagonal(c)


def _never_by_diagonal(c: Polynomial) -> Meeting:
    """As above where c is n + k, as in `a[n*i + i]`: for an extent n, which nobody makes negative, that is not 0."""
    named = [(names, factor) for names, factor in c.terms.items() if names]
    first = c.terms.get((), 0)
    if len(named) != 1 or named[0][1] != 1 or len(named[0][0]) != 1 or first <= 0:
        return PERHAPS
    return Meeting(Relation.NEVER, assumes=f"{spelling(named[0][0][0])} + {first} is not 0")


def _never_reaches(c: Polynomial, left: Polynomial, right: Polynomial, ranges: Ranges) -> bool:
    ends: list[Polynomial] = []
    for form, highest in ((left, True), (left, False), (right, True), (right, False)):
        end = extreme(form, ranges, highest)
        if end is None:
            return False
        ends.append(end)
    high_left, low_left, high_right, low_right = ends
    return _out_of_reach(c, low_left - high_right, high_left - low_right, ranges)


def _fits_between_strides(c: Polynomial, left: Polynomial, right: Polynomial, ranges: Ranges) -> bool:
    """Whether the tested loop, as i in `b[j*n+i]`, moves within one stride S of the inner ones: c·(i - i') is then a
    multiple of S only for i = i'.
    """
    own = ranges.own
    if not c.value or own.lowest is None or own.highest is None:
        return False
    strides, rests = list[Polynomial](), list[Polynomial]()
    for form in (left, right):
        rest: Polynomial | None = form
        for bounds in ranges.inner:
            parts = rest.split(bounds.variable) if rest else None
            rest = parts[1] if parts else None
            strides += [parts[0]] if parts and parts[0].terms else []
        rests += [rest] if rest else []
    if len(rests) < 2 or (rests[0] - rests[1]).value != 0:
        return False
    stride = min(strides, key=lambda one: sum(map(len, one.terms)))
    reach = (own.highest - own.lowest) * Polynomial.constant(abs(c.value))
    wide = (stride - reach).is_positive(ranges.positive_names)
    return wide and all(other in (stride, -stride) or stride.divides(other) for other in strides)


def _out_of_reach(c: Polynomial, lowest: Polynomial, highest: Polynomial, ranges: Ranges) -> bool:
    """Whether a difference from `lowest` to `highest` is never a multiple of c·step but zero; for c = 0, never zero."""
    names = ranges.positive_names
    if not c.terms:
        return lowest.is_positive(names) or (-highest).is_positive(names)
    stride = c * Polynomial.constant(abs(ranges.own.step or 1))
    sizes = (stride, -stride)
    return any((size - highest).is_positive(names) and (size + lowest).is_positive(names) for size in sizes)


def extreme(form: Polynomial, ranges: Ranges, highest: bool) -> Polynomial | None:
    """The largest or smallest value of `form` over the inner loops; None if a bound or a sign is not known."""
    names = ranges.positive_names
    for bounds in reversed(ranges.inner):
        parts = form.split(bounds.variable)
        if parts is None:
            return None
        if not parts[0].terms:
            continue
        if parts[0].is_positive(names):
            end = bounds.highest if highest else bounds.lowest
        elif (-parts[0]).is_positive(names):
            end = bounds.lowest if highest else bounds.highest
        else:
            return None
        if end is None:
            return None
        form = parts[0] * end + parts[1]
    return None if ranges.own.variable in form.names else form


def _is_free(touched: set[str], ranges: Ranges) -> bool:
    """Whether the inner loops take the same values in every iteration of the tested one."""
    for bounds in ranges.inner:
        if bounds.variable in touched:
            for end in (bounds.lowest, bounds.highest):
                if end is None or ranges.own.variable in end.names:
                    return False
    return True


def _gcd_allows(own: list[Polynomial], left: Polynomial, right: Polynomial, ranges: Ranges) -> bool:
    """GCD test: the coefficients' greatest common divisor must divide the constant difference."""
    variables = {b.variable for b in ranges.inner}
    factors = [c.value for c in own]
    constant = 0
    for form, sign in ((left, 1), (right, -1)):
        for monomial, factor in form.terms.items():
            if not monomial:
                constant += sign * factor
            elif variables.intersection(monomial):
                factors.append(factor)
            elif left.terms.get(monomial) != right.terms.get(monomial):
                return True
    if any(f is None for f in factors):
        return True
    divisor = gcd(*(f for f in factors if f is not None))
    return constant % divisor == 0 if divisor else constant == 0


def _different_coefficients(
    a: tuple[Polynomial, Polynomial], b: tuple[Polynomial, Polynomial], ranges: Ranges
) -> Meeting:
    """Weak-zero SIV by bounds, anything else by the GCD test."""
    if not _gcd_allows([a[0], b[0]], a[1], b[1], ranges):
        return NEVER
    for moving, fixed in ((a, b), (b, a)):
        if not fixed[0].terms and _misses(moving, fixed[1], ranges):
            return NEVER
    return PERHAPS


def _misses(moving: tuple[Polynomial, Polynomial], fixed: Polynomial, ranges: Ranges) -> bool:
    """Whether c·i + r never equals `fixed` within the loop's bounds."""
    low, high = ranges.own.lowest, ranges.own.highest
    names = ranges.positive_names
    highest_fixed, lowest_fixed = extreme(fixed, ranges, True), extreme(fixed, ranges, False)
    highest_rest, lowest_rest = extreme(moving[1], ranges, True), extreme(moving[1], ranges, False)
    if highest_fixed is None or lowest_fixed is None or highest_rest is None or lowest_rest is None:
        return False
    if moving[0].is_positive(names):
        first, last = low, high
    elif (-moving[0]).is_positive(names):
        first, last = high, low
    else:
        return False
    above = first is not None and (moving[0] * first + lowest_rest - highest_fixed).is_positive(names)
    below = last is not None and (lowest_fixed - moving[0] * last - highest_rest).is_positive(names)
    return above or below
