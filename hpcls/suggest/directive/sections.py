"""Which part of an array a nest touches, as an array section: `[first:length]` of names that stand in front of it
(OpenMP 5.2, 3.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hpcls.analysis.affine import Monomial, Polynomial
from hpcls.analysis.dependence import Ranges, extreme
from hpcls.analysis.forms import Bounds, Forms
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.variables import spelling
from hpcls.syntax.expressions import Expression
from hpcls.syntax.statements import Loop

_FIELD = re.compile(r"\(([A-Za-z_]\w*)(?:(?:->|\.)[A-Za-z_]\w*)+\)")
_OUTSIDE = Bounds("", None, None, None)

Span = tuple[Polynomial, Polynomial]
"""The lowest and the highest value of a subscript."""


class Sections:
    """The sections of the arrays in one loop."""

    def __init__(self, model: UnitModel, loop: Loop) -> None:
        self._model = model
        self._loop = loop
        self._forms = Forms(model, loop)

    def form(self, subscript: Expression, sited: Sited) -> Polynomial | None:
        """The subscript over the counters of the loops around it, from this one inwards."""
        return self._forms.polynomial(subscript, sited.loops)

    def bounds(self, sited: Sited) -> tuple[Bounds | None, ...]:
        """Those of this loop and of the ones inside, outermost first."""
        first = sited.loops.index(self._loop)
        return tuple(
            self._forms.bounds(loop, sited.loops[: depth + 1]) for depth, loop in enumerate(sited.loops[first:], first)
        )

    def span(self, subscript: Expression, sited: Sited) -> Span | None:
        """The values that a subscript takes in all iterations; None where they cannot be named."""
        form, found = self.form(subscript, sited), self.bounds(sited)
        known = tuple(one for one in found if one is not None)
        if form is None or len(known) < len(found):
            return None
        ranges = Ranges(_OUTSIDE, known)
        low, high = extreme(form, ranges, False), extreme(form, ranges, True)
        return None if low is None or high is None else (low, high)

    def union(self, spans: Iterable[Span], sited: Sited) -> Span | None:
        """The smallest span around all of `spans`; None where it is not known which end lies further out."""
        known = tuple(one for one in self.bounds(sited) if one is not None)
        names = Ranges(_OUTSIDE, known).positive_names
        pairs = list(spans)
        low = _least([low for low, _ in pairs], names)
        high = _least([-high for _, high in pairs], names)
        return None if low is None or high is None else (low, -high)

    def text(self, span: Span) -> str | None:
        """`[0:n]`; None where a name in it does not mean the same in front of the loop."""
        low, high = span
        first, length = self._sum(low), self._sum(high - low + Polynomial.constant(1))
        return None if first is None or length is None else f"[{first}:{length}]"

    def _sum(self, value: Polynomial) -> str | None:
        """The value as C: `n * m - 1`."""
        ordered = sorted(value.terms.items(), key=lambda term: (not term[0], term[1] < 0, term[0]))
        products = [(self._product(monomial, abs(factor)), factor < 0) for monomial, factor in ordered]
        if any(text is None for text, _ in products):
            return None
        text = "".join(f" {'-' if is_negative else '+'} {text}" for text, is_negative in products)
        return re.sub(r"^ - ", "-", text).removeprefix(" + ") or "0"

    def _product(self, monomial: Monomial, factor: int) -> str | None:
        names = [self._name(name) for name in monomial]
        known = [name for name in names if name is not None]
        if len(known) < len(names):
            return None
        return " * ".join([str(factor)] * (factor != 1 or not known) + known)

    def _name(self, name: str) -> str | None:
        field = _FIELD.fullmatch(name)
        if field:
            return name[1:-1]
        plain = spelling(name)
        same = self._model.variables.key(plain, self._loop.start) == name
        return plain if same and plain.isidentifier() else None


def _least(values: list[Polynomial], positive: frozenset[str]) -> Polynomial | None:
    """The one that is below all others, or equal to them."""
    one = Polynomial.constant(1)
    return next(
        (low for low in values if all((other - low + one).is_positive(positive) for other in values)),
        None,
    )
