"""Subscripts that leave their row: `b[i][j - 1]` with j = 0 is the last element of the row before.

Dependence tests compare subscript by subscript, which says nothing about such elements.  C calls the access undefined
(C17 6.5.6), so no more is made of it than that the loop is not called independent.  Where the loop writes no element of
the array, it does not matter which one is read.

Beside an access to another row, a counter with a factor has to be shown to stay in its own: those who write
`b[0][i * 10 + j]` take the array for one row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

from hpcls.analysis.accesses import Access
from hpcls.analysis.affine import Polynomial
from hpcls.analysis.dependence import Ranges, extreme
from hpcls.analysis.forms import Bounds, Forms
from hpcls.analysis.initial_values import declared_expression
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.nest.row_reach import keeps_to_row
from hpcls.analysis.verdict import Finding
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Expression, Literal
from hpcls.syntax.loops import LoopFacts

_ONE = Polynomial.constant(1)
ROW = re.compile(r"\[\]\[\]|\[\].*\.\w+\[\]$")
"""An element of an array in an array, or of one in a struct that is an element itself."""
_Picked = tuple[Symbol, list[tuple[Expression, str]]]
"""An array, and some subscripts on it with their extents as written."""


def outside_rows(model: UnitModel, loop: LoopFacts, forms: Forms) -> Iterator[Finding]:
    """A finding for each access in `loop` that may leave its row, of an array that the loop writes."""
    sites = [(sited, sited.event) for sited in model.in_memory(loop.statement) if isinstance(sited.event, Access)]
    picked = [one for one in sites if ROW.search(one[1].place.path)]
    inside = (sited.event for sited in model.inside(loop.statement)) if picked else ()
    written = {event.place.key for event in inside if isinstance(event, Access) and event.is_write}
    asked = [one for one in picked if one[1].place.key in written]
    rows = Counter(
        access.place.key for access in {_row(forms, sited, access): access for sited, access in asked}.values()
    )
    for sited, access in asked:
        if how := _leaves(model, sited, access, forms, has_others=rows[access.place.key] > 1):
            text = " ".join(model.source.slice(access.offset, access.end).split())
            yield Finding(access.offset, f"{text} {how} its row: it may be an element of another one", False)


def _row(forms: Forms, sited: Sited, access: Access) -> tuple[object, ...]:
    """What names the row: all but the last subscript."""
    subscripts = access.place.subscripts[:-1]
    return access.place.key, *(forms.polynomial(one, sited.loops) for one in subscripts)


def _leaves(model: UnitModel, sited: Sited, access: Access, forms: Forms, *, has_others: bool) -> str | None:
    """ "leaves" or "may leave", as is known; None where nothing says so."""
    named = _declared(model, access, has_others=has_others)
    loops = sited.loops[sited.loops.index(forms.loop) :] if forms.loop in sited.loops else ()
    bounds = (forms.bounds(one, sited.loops[: sited.loops.index(one) + 1]) for one in loops)
    around = [one for one in bounds if one]
    if named is None or not around:
        return None
    symbol, found = named
    asked = [(one, forms.polynomial(one, sited.loops), extent_of(model, symbol, text, forms)) for one, text in found]
    if any(form and _is_outside(form, extent, around) for _, form, extent in asked):
        return "leaves"
    if not has_others:
        return None
    for subscript, form, extent in asked:
        is_open = form is not None and _is_scaled(form, around) and not _stays(form, extent, around)
        if is_open and not keeps_to_row(model, forms, sited, subscript, extent):
            return "may leave"
    return None


def _declared(model: UnitModel, access: Access, *, has_others: bool) -> _Picked | None:
    """The declaration of the array, a variable or a field, and the subscripts that pick from its rows with their
    extents.
    """
    place, found = access.place, declared_array(model, access)
    if found is None:
        return None
    symbol, extents, count = found
    picked = list(zip(place.subscripts[-count:], extents, strict=False))
    # where a struct is the only one, there is none to get to behind its array
    is_part = has_others or any(not isinstance(one, Literal) for one in place.subscripts[:-count])
    is_part = is_part and count < len(place.subscripts)
    return symbol, picked if is_part else picked[1:]


def declared_array(model: UnitModel, access: Access) -> tuple[Symbol, tuple[str, ...], int] | None:
    """The declaration of the array, a variable or a field, its extents as written, and how many subscripts pick from
    it.
    """
    place = access.place
    way, _, last = place.path.rpartition(".")
    field, _, rest = last.partition("[")
    count = rest.count("]")
    symbol = _field(model, place.key, way, field) if field else model.variables.symbol(place.key)
    extents = _extents(model, symbol) if symbol else ()
    return (symbol, extents, count) if symbol and extents and count else None


def _extents(model: UnitModel, symbol: Symbol) -> tuple[str, ...]:
    """Those of the array or the pointer to rows, as written, `""` where there is none; empty if it is neither."""
    alias = model.variables.alias(symbol)
    inner = alias.dimensions if alias and not alias.pointers else ()  # `typedef double row[8];`
    leads_to_rows = symbol.leads_to_rows or bool(inner and not symbol.dimensions)
    extents = (*symbol.dimensions, *inner)
    return () if symbol.pointers > leads_to_rows else ("", *extents) if symbol.pointers else extents


def _field(model: UnitModel, key: str, way: str, name: str) -> Symbol | None:
    """The field called `name` on the way from a variable; None where several might be meant."""
    found = model.variables.fields.get(name, ())
    if len(found) == 1:
        return found[0]
    symbol = None if "." in way else model.variables.symbol(key)
    return model.variables.field(symbol.type_text.removeprefix("struct "), name) if symbol else None


def _is_outside(form: Polynomial, extent: Polynomial | None, around: list[Bounds]) -> bool:
    """Whether c·v + r, for the counter v of one loop, leaves the row in its first or last iteration."""
    bounds = next((one for one in around if one.variable in form.names), None)
    parts = form.split(bounds.variable) if bounds else None
    if bounds is None or parts is None:
        return False
    ends = [one for one in (bounds.lowest, bounds.highest) if one is not None]
    places = [parts[0] * end + parts[1] for end in ends]
    names = Ranges(around[0], tuple(around)).positive_names
    before = any((-place).is_positive(names) for place in places)
    return before or (extent is not None and any((place - extent + _ONE).is_positive(names) for place in places))


def _is_scaled(form: Polynomial, around: list[Bounds]) -> bool:
    """Whether a counter has another factor than 1 and -1."""
    parts = (form.split(one.variable) for one in around)
    return any(part is None or part[0].value not in (0, 1, -1) for part in parts)


def _stays(form: Polynomial, extent: Polynomial | None, around: list[Bounds]) -> bool:
    """Whether `form` is shown to be from 0 to below `extent` wherever the loops run."""
    ranges = Ranges(around[0], tuple(around))
    low, high = extreme(form, ranges, highest=False), extreme(form, ranges, highest=True)
    if low is None or high is None or extent is None:
        return False
    names = ranges.positive_names
    return (low + _ONE).is_positive(names) and (extent - high).is_positive(names)


def extent_of(model: UnitModel, symbol: Symbol, text: str, forms: Forms) -> Polynomial | None:
    """What is written as the extent of an array, where the array is declared."""
    if text.isdecimal():
        return Polynomial.constant(int(text))
    read = partial(declared_expression, model.variables, text, symbol.start)
    placed = model.once((declared_expression, text, symbol.start), read)
    return forms.polynomial(placed, ()) if placed else None
