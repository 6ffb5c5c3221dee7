"""Subscripts that leave their row: `b[i][j - 1]` with j = 0 is the last element of the row before.

Dependence tests compare subscript by subscript, which says nothing about such elements.  C calls the access undefined
(C17 6.5.6), so no more is made of it than that the loop is not called independent.  Where the loop writes no element of
the array, it does not matter which one is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Bounds, Forms
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.verdict import Finding
from hpcls.syntax.loops import LoopFacts


def outside_rows(model: UnitModel, loop: LoopFacts, forms: Forms) -> Iterator[Finding]:
    """A finding for each access in `loop` that surely leaves its row, of an array that the loop writes."""
    inside = [(sited, sited.event) for sited in model.inside(loop.statement) if isinstance(sited.event, Access)]
    written = {access.place.key for _, access in inside if access.is_write}
    for sited, access in inside:
        is_asked = access.place.key in written and access.place.path.startswith("[][]")
        if is_asked and _leaves(model, sited, access, forms):
            text = " ".join(model.source.slice(access.offset, access.end).split())
            yield Finding(access.offset, f"{text} leaves its row: it may be an element of another one", False)


def _leaves(model: UnitModel, sited: Sited, access: Access, forms: Forms) -> bool:
    symbol = model.variables.symbol(access.place.key)
    if symbol is None or "." in access.place.path:
        return False
    extents = symbol.dimensions[1:] if not symbol.pointers else ()
    loops = sited.loops[sited.loops.index(forms.loop) :] if forms.loop in sited.loops else ()
    around = [forms.bounds(one, sited.loops[: sited.loops.index(one) + 1]) for one in loops]
    found = zip(access.place.subscripts[1:], extents, strict=False)
    return any(_is_outside(forms.polynomial(one, sited.loops), extent, around) for one, extent in found)


def _is_outside(form: Polynomial | None, extent: str, around: list[Bounds | None]) -> bool:
    """Whether c·v + r, for the counter v of one loop, leaves the row in its first or last iteration."""
    bounds = next((one for one in around if one and form and one.variable in form.names), None)
    parts = form.split(bounds.variable) if form and bounds else None
    if bounds is None or parts is None:
        return False
    ends = [one for one in (bounds.lowest, bounds.highest) if one is not None]
    places = [(parts[0] * end + parts[1]).value for end in ends]
    above = int(extent) if extent.isdecimal() else None
    return any(place is not None and (place < 0 or (above is not None and place >= above)) for place in places)
