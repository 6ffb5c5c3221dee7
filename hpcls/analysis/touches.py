"""Accesses to memory in one loop, as its dependence tests see them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from hpcls.analysis.accesses import Access
from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Bounds, Forms
from hpcls.syntax.expressions import Expression
from hpcls.syntax.record import entity
from hpcls.syntax.statements import Loop

_Form = tuple[tuple[tuple[str, ...], int], ...]


@entity
class Touch:
    """An access with its subscripts as polynomials."""

    access: Access
    forms: tuple[Polynomial | None, ...]
    loops: tuple[Loop, ...]
    guards: tuple[Expression, ...]
    tests: tuple[tuple[int, bool], ...]

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for accesses that no test tells apart."""
        forms = tuple(self.access.offset if form is None else form for form in self.forms)
        return self.access.place.key, self.access.place.path, self.access.is_write, forms, self.loops, self.tests


class Shapes:
    """Numbers of what subscripts and bounds say: the same for accesses that differ in the names of counters alone."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._numbers: dict[tuple[object, ...], int] = {}
        self._known: dict[Touch, int] = {}

    def of(self, touch: Touch) -> int:
        """The number of `touch`."""
        known = self._known.get(touch)
        if known is None:
            known = self._known[touch] = self._numbers.setdefault(self._shape(touch), len(self._numbers))
        return known

    def _shape(self, touch: Touch) -> tuple[object, ...]:
        inner = inner_bounds(touch, self._forms)
        names = {bounds.variable: f"%{depth}" for depth, bounds in enumerate(inner) if bounds}
        ends = [
            bounds and (_named(bounds.lowest, names), _named(bounds.highest, names), bounds.step) for bounds in inner
        ]
        return tuple(_named(form, names) for form in touch.forms), tuple(ends)


def _named(form: Polynomial | None, names: Mapping[str, str]) -> _Form | None:
    """`form` with other names."""
    if form is None:
        return None
    return tuple(
        sorted((tuple(sorted(names.get(name, name) for name in product)), c) for product, c in form.terms.items())
    )


def inner_bounds(touch: Touch, forms: Forms) -> tuple[Bounds | None, ...]:
    """The bounds of the loops around the access that are inside the tested one, outermost first."""
    first = touch.loops.index(forms.loop) + 1
    return tuple(forms.bounds(loop, touch.loops[: depth + 1]) for depth, loop in enumerate(touch.loops[first:], first))


def common_loops(left: Touch, right: Touch) -> int:
    """How many loops, from the outermost inwards, are around both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(left.loops, right.loops, strict=False)))


def place_of(touch: Touch) -> str:
    """What is touched, as C has it, subscripts left open."""
    return touch.access.place.spelling
