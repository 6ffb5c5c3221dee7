"""Calls that fill or read more bytes than a row has: `memset(a[i], 0, sizeof a)` goes on into the rows behind.

As with subscripts, a length of which nothing is known is taken to stay in its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from hpcls.analysis.accesses import ALL, Access
from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.places import MOST_BYTES
from hpcls.analysis.rows import ROW, declared_array, extent_of
from hpcls.analysis.verdict import Finding
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.expressions import Binary, Call, Cast, Expression, Literal, Opaque, walk
from hpcls.syntax.loops import LoopFacts
from hpcls.syntax.statements import expressions_of
from hpcls.syntax.statements import walk as statements_in

_MEASURED = re.compile(r"[()\s]")
_SUBSCRIPT = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True)
class _Row:
    """An array, and how many of its subscripts name the row."""

    symbol: Symbol
    extents: tuple[str, ...]
    count: int


def beyond_rows(model: UnitModel, loop: LoopFacts, forms: Forms) -> Iterator[Finding]:
    """A finding for each call in `loop` that surely or perhaps goes beyond a row of an array that the loop writes."""
    if not model.once(beyond_rows, lambda: any(_is_whole_row(sited) for sited in model.sites)):
        return
    inside = [(sited, sited.event) for sited in model.in_memory(loop.statement) if isinstance(sited.event, Access)]
    asked = [(sited, access) for sited, access in inside if _is_whole_row(sited)]
    written = {access.place.key for _, access in inside if access.is_write}
    calls = {argument.start: call for call in _calls(loop) for argument in call.arguments[:2]}
    for sited, access in asked:
        call, found = calls.get(access.offset), declared_array(model, access)
        if call and found and access.place.key in written and _goes_beyond(model, forms, sited, call, _Row(*found)):
            text = " ".join(model.source.slice(call.start, call.end).split())
            yield Finding(call.start, f"{text} may go on behind the row: it may be elements of another one", False)


def _is_whole_row(sited: Sited) -> bool:
    access = sited.event
    last = access.place.subscripts[-1] if isinstance(access, Access) and access.place.subscripts else None
    is_whole = isinstance(last, Opaque) and last.what == ALL
    return is_whole and isinstance(access, Access) and bool(ROW.search(access.place.path))


def _calls(loop: LoopFacts) -> Iterator[Call]:
    wholes = (whole for one in statements_in(loop.statement.body) for whole in expressions_of(one))
    return (part for whole in wholes for part in walk(whole) if isinstance(part, Call) and part.arguments)


def _goes_beyond(model: UnitModel, forms: Forms, sited: Sited, call: Call, row: _Row) -> bool:
    extents = [extent_of(model, row.symbol, text, forms) for text in row.extents]
    behind = _product(extents[row.count - 1 :])
    factors = list(_factors(call.arguments[-1]))
    sizes = [one for one in factors if isinstance(one, Literal) and one.text.startswith("sizeof")]
    counts = [forms.polynomial(one, sited.loops) for one in factors if one not in sizes]
    count = _product([*counts, *(_elements(one.text, row.symbol, extents) for one in sizes)])
    if behind is None or count is None:
        return False
    if not sizes:  # a number of bytes
        most = MOST_BYTES.get(row.symbol.type_text)
        return None not in (count.value, behind.value, most) and (count.value or 0) > (behind.value or 0) * (most or 0)
    is_more = (count - behind).is_positive(behind.names)
    return is_more or _degree(count) > _degree(behind) > 0 or _degree(count) > 1 > _degree(behind)


def _degree(form: Polynomial) -> int:
    return max((len(names) for names in form.terms), default=0)


def _factors(size: Expression) -> Iterator[Expression]:
    match size:
        case Cast(operand=operand):
            yield from _factors(operand)
        case Binary(operator="*", left=left, right=right):
            yield from _factors(left)
            yield from _factors(right)
        case _:
            yield size


def _product(parts: list[Polynomial | None]) -> Polynomial | None:
    known = [one for one in parts if one is not None]
    return prod(known, start=Polynomial.constant(1)) if len(known) == len(parts) else None


def _elements(size: str, symbol: Symbol, extents: list[Polynomial | None]) -> Polynomial | None:
    """How many elements of the array `sizeof …` is; one where it asks a type."""
    measured = _MEASURED.sub("", size.removeprefix("sizeof"))
    whole = _SUBSCRIPT.sub("", measured.lstrip("*"))
    if not re.search(rf"(?:^|\.|->){re.escape(symbol.name)}$", whole):
        return Polynomial.constant(1)
    last = re.split(r"\.|->", measured)[-1]
    picked = len(_SUBSCRIPT.findall(last)) + len(measured) - len(measured.lstrip("*"))
    return _product(extents[picked:])
