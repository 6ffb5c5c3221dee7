"""Whether the value of index arithmetic fits into the type that it is computed in.

Unsigned arithmetic of 32 bits, and conversions from 64 bits to 32, keep a number modulo 2^32 (C17 6.2.5, 6.3.1.3): as
long as all values lie less than that apart, two are equal there only if they are equal.  What is signed does not
overflow in a program that means something (C17 6.5), and 64 bits nobody fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from hpcls.analysis.affine import Monomial, Polynomial
from hpcls.analysis.widths import Width

Interval = tuple[int, int]
"""Both ends inside."""


class Fit(Enum):
    """What is known of all values together."""

    SURE = auto()
    """They fit."""
    OPEN = auto()
    """It hangs on numbers that are not known."""
    NOT = auto()
    """The numbers that are known say that they may not fit."""


@dataclass(frozen=True)
class Counter:
    """The values of a loop's counter."""

    known: Interval | None
    """By numbers in the loop's bounds."""
    possible: Interval | None
    """By its type too."""


def of_type(width: Width | None) -> Interval | None:
    """The values of an integer type of up to 32 bits."""
    if width is None or width.bits > 32:
        return None
    return (-(1 << width.bits - 1), (1 << width.bits - 1) - 1) if width.is_signed else (0, (1 << width.bits) - 1)


def reduced(form: Polynomial, bits: int) -> Polynomial:
    """The same modulo 2^bits, factors such as 4294967295u as the -1 that they are."""
    half = 1 << bits - 1
    terms = {names: (factor + half) % (2 * half) - half for names, factor in form.terms.items()}
    return Polynomial({names: factor for names, factor in terms.items() if factor})


def is_small(form: Polynomial) -> bool:
    """Whether it is made of counters and numbers that nothing multiplies: the first look at what nearly always is."""
    return all(
        len(names) < 2 and (factor in (1, -1) if names else abs(factor) < 1 << 31)
        for names, factor in form.terms.items()
    )


def fit(form: Polynomial, counters: Mapping[str, Counter], moving: frozenset[str], is_cut: bool) -> Fit:
    """How the values of `form` fit into 32 bits while the counters `moving` run.

    What nothing multiplies is a position in an array: it fits as that does, unless a conversion cuts it (`is_cut`).
    """
    terms = {names: factor for names, factor in form.terms.items() if not moving.isdisjoint(names)}
    known = {name: one.known for name, one in counters.items()}
    span = _span(terms, known)
    if span is not None:
        return Fit.SURE if span < 1 << 32 else Fit.NOT
    span = _span(terms, {name: one.possible for name, one in counters.items()})
    is_position = not is_cut and is_small(Polynomial(terms))
    return Fit.SURE if is_position or (span is not None and span < 1 << 32) else Fit.OPEN


def _span(terms: Mapping[Monomial, int], known: Mapping[str, Interval | None]) -> int | None:
    """How far apart the values may be."""
    found = interval(Polynomial(terms), known)
    return found and found[1] - found[0]


def interval(form: Polynomial, known: Mapping[str, Interval | None]) -> Interval | None:
    """From the least to the greatest value; None where a name in it has none."""
    low = high = 0
    for names, factor in form.terms.items():
        ends = factor, factor
        for name in names:
            values = known.get(name)
            if values is None:
                return None
            products = [one * other for one in ends for other in values]
            ends = min(products), max(products)
        low, high = low + ends[0], high + ends[1]
    return low, high


def within(
    low: Polynomial | None, high: Polynomial | None, known: Mapping[str, Interval | None], by_type: Interval | None
) -> Interval | None:
    """From the least that `low` may be to the most that `high` may be, or that the type holds; None where an end is not
    known.
    """
    lowest, highest = (interval(end, known) if end is not None else None for end in (low, high))
    least = [one[0] for one in (lowest, by_type) if one]
    most = [one[1] for one in (highest, by_type) if one]
    return (max(least), min(most)) if least and most else None
