"""Derived datatypes that a program declares and does not use: how they are made and committed (MPI-4.0 §5.1).  Only for
answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from hpcls.suggest.mpi.facts.datatypes import datatype
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import items_of, line_before
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import (
    arrays_named,
    idle_handles,
    inner_declaration,
    line_behind,
    line_in_front,
    only_frees,
    unread_named,
)
from hpcls.suggest.mpi.rules.skeleton import end_calls

_LIKELY = 0.4
_TYPE = "MPI_Datatype"
_ANY = re.compile("")
_LENGTHS = re.compile(r"block|len", re.IGNORECASE)
_PLACES = re.compile(r"disp|offset|indic", re.IGNORECASE)
_COUNT = re.compile(r"^(?:n|num_?)?(?:count|blocks?)$", re.IGNORECASE)
_BLOCK = re.compile(r"^blo?c?k_?(?:len\w*|size)$", re.IGNORECASE)
_STRIDE = re.compile(r"strid", re.IGNORECASE)
_OTHER = re.compile(r"dim|period|coord|name|count|disp|len|rank|argv", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_]\w*")
_STRIDED = re.compile(r"col|vec|strid|plane|vert", re.IGNORECASE)


def datatype_calls(draft: Draft) -> Iterator[PlacedCall]:
    """What makes each of them, the commit behind it, and what frees it in front of the end."""
    ends = [call.line for call in end_calls(draft)]
    for one in idle_handles(draft, _TYPE):
        maker, arguments, needed = _maker(draft, one)
        line = _line_behind(draft, one, needed)
        yield PlacedCall(line, maker, (*arguments, f"&{one.name}"), _LIKELY)
        yield PlacedCall(line, "MPI_Type_commit", (f"&{one.name}",), _LIKELY)
        freed = _end_of_life(draft, one, ends)
        if freed is not None:
            yield PlacedCall(freed, "MPI_Type_free", (f"&{one.name}",), _LIKELY)


def _end_of_life(draft: Draft, one: Variable, ends: list[int]) -> int | None:
    """The line at the end of the block that declares the type, or in front of the end of MPI."""
    source, inner = draft.function.source, inner_declaration(draft, one)
    if inner:
        return line_before(inner.block, len(items_of(inner.block, source)), source)
    return line_in_front(draft, max(ends), only_frees) if ends else None


def _line_behind(draft: Draft, one: Variable, needed: list[Variable]) -> int:
    """Behind what declares the type and sets the arrays, and behind what gives a number its first value."""
    arrays = [each for each in needed if not each.is_number]
    firsts = (min(places) for each in needed if each.is_number and (places := draft.values.definitions(each)))
    held = (i + 1 for at in firsts for i, item in enumerate(draft.function.items) if item.holds(at))
    return max(line_behind(draft, (one, *arrays)), draft.function.line_before(max(held, default=0)))


def _maker(draft: Draft, one: Variable) -> tuple[str, tuple[str, ...], list[Variable]]:
    """The function, its arguments but for the new type, and the variables among them."""
    types = arrays_named(draft, _ANY, (_TYPE,))
    lengths = arrays_named(draft, _LENGTHS)
    places = arrays_named(draft, _PLACES, ("MPI_Aint", "int"))
    old = next((datatype(each.symbol.type_text) for each in _arrays(draft) if each.symbol), None) or "MPI_INT"
    if types and lengths and places:
        given = [lengths[0], places[0], types[0]]
        count = _fields(draft, [types[0], lengths[0], places[0]])
        return "MPI_Type_create_struct", (count, *(each.name for each in given)), given
    if lengths and places:
        given = [lengths[0], places[0]]
        count = _fields(draft, [lengths[0], places[0]])
        return "MPI_Type_indexed", (count, *(each.name for each in given), old), given
    return _regular(draft, one, old)


def _regular(draft: Draft, one: Variable, old: str) -> tuple[str, tuple[str, ...], list[Variable]]:
    """A column of the likeliest array where the type is called so or a stride is there, else one of its rows."""
    rows, columns = next(filter(None, (_shape(draft, each) for each in _arrays(draft))), ("1", "1"))
    named = [unread_named(draft, pattern) for pattern in (_COUNT, _BLOCK, _STRIDE)]
    if not named[-1] and not _STRIDED.search(one.name):
        return "MPI_Type_contiguous", (columns, old), _variables_in(draft, columns)
    usual = (rows, "1", columns)
    texts = [found.name if found else text for found, text in zip(named, usual, strict=True)]
    return "MPI_Type_vector", (*texts, old), _variables_in(draft, *texts)


def _shape(draft: Draft, array: Variable) -> tuple[str, str] | None:
    """How many rows and columns it has; an array that is no matrix is as long both ways."""
    extent = draft.values.extent(array)
    given = array.symbol.dimensions if array.symbol else ()
    factors = given if len(given) == 2 else tuple(part.strip() for part in (extent or "").split("*"))
    if len(factors) == 2 and all(one.count("(") == one.count(")") for one in factors):
        return factors[0], factors[1]
    return (extent, extent) if extent else None


def _variables_in(draft: Draft, *texts: str) -> list[Variable]:
    """The variables that these expressions need."""
    names = {name for text in texts for name in _NAME.findall(text)}
    return [one for one in draft.function.variables if one.name in names]


def _arrays(draft: Draft) -> list[Variable]:
    """Those that a type may describe, likeliest first: matrices, then others; no texts, no grids."""
    arrays = (one for one in draft.function.variables if not one.is_number and one.symbol)
    kinds = ((one, datatype(one.symbol.type_text)) for one in arrays if one.symbol)
    found = [one for one, kind in kinds if kind not in (None, "MPI_CHAR") and not _OTHER.search(one.name)]
    return sorted(found, key=lambda one: not _is_matrix(one))


def _is_matrix(one: Variable) -> bool:
    return one.symbol is not None and len(one.symbol.dimensions) + one.symbol.pointers == 2


def _fields(draft: Draft, arrays: list[Variable]) -> str:
    """How many elements such arrays have: a constant that nothing else uses, or what a declaration says or lists."""
    counts = [count for one in arrays if (count := draft.values.extent(one) or _listed(draft, one))]
    count = counts[0] if counts else "1"
    unread = (one for one in draft.function.variables if one.is_number and one.symbol and not one.is_read)
    named = (one.name for one in unread if one.symbol and _text(draft, one) == count)
    return next(named, count)


def _listed(draft: Draft, one: Variable) -> str | None:
    """The number of values in braces that its declaration gives an array of no stated length."""
    text = _text(draft, one)
    depths = accumulate((one in "({[") - (one in ")}]") for one in text)
    commas = sum(depth == 1 and character == "," for depth, character in zip(depths, text, strict=True))
    return str(commas + 1) if text.startswith("{") else None


def _text(draft: Draft, one: Variable) -> str:
    """What its declaration gives it."""
    given = one.symbol.initializer if one.symbol else None
    return draft.function.source.slice(*given).strip() if given else ""
