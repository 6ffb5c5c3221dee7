"""Derived datatypes that a program declares and does not use: how they are made and committed (MPI-4.0 §5.1).  Only for
answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from hpcls.suggest.mpi.facts.datatypes import datatype
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import items_of, line_before
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.frees import freed
from hpcls.suggest.mpi.rules.idle import (
    arrays_named,
    idle_handles,
    inner_declaration,
    line_behind,
    line_in_front,
    only_frees,
    unread_named,
    unset_handles,
)

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
_SIZES = re.compile(r"^(?!.*sub)(?!l).*size", re.IGNORECASE)
_PARTS = re.compile(r"sub.*size|^l\w*size", re.IGNORECASE)
_STARTS = re.compile(r"start", re.IGNORECASE)
_SHARED = tuple(re.compile(name, re.IGNORECASE) for name in ("gsize", "distrib", "darg", "psize"))
_STRIDED = re.compile(r"col|vec|strid|plane|vert", re.IGNORECASE)


@dataclass(frozen=True)
class _Maker:
    """How a datatype is made."""

    function: str
    arguments: tuple[str, ...]
    """But for the new type."""
    needed: tuple[Variable, ...] = ()
    """The variables among them."""


def datatype_calls(draft: Draft) -> Iterator[PlacedCall]:
    """What makes each of them, the commit behind it, and what frees it in front of the end.

    Of those that are used it is only written where arrays tell it.
    """
    idle = [*idle_handles(draft, _TYPE)]
    for one in unset_handles(draft, _TYPE):
        described = _shared_out(draft) or _subarray(draft)
        maker = (_structure(draft) or _indexed(draft) or described or _plain(draft, one)) if one in idle else described
        line = _line_behind(draft, one, [*maker.needed] if maker else [])
        if maker:
            yield PlacedCall(line, maker.function, (*maker.arguments, f"&{one.name}"), _LIKELY)
        yield PlacedCall(line, "MPI_Type_commit", (f"&{one.name}",), _LIKELY)
        yield from (replace(call, line=_end_of_life(draft, one, call.line)) for call in freed(draft, one))


def _end_of_life(draft: Draft, one: Variable, end: int) -> int:
    """The line at the end of the block that declares the type, or in front of the end of MPI."""
    source, inner = draft.function.source, inner_declaration(draft, one)
    if inner:
        return line_before(inner.block, len(items_of(inner.block, source)), source)
    return line_in_front(draft, end, only_frees)


def _line_behind(draft: Draft, one: Variable, needed: list[Variable]) -> int:
    """Behind what declares the type and sets the arrays, and behind what gives a number its first value."""
    arrays = [each for each in needed if not each.is_number]
    firsts = (min(places) for each in needed if each.is_number and (places := draft.values.definitions(each)))
    held = (i + 1 for at in firsts for i, item in enumerate(draft.function.items) if item.holds(at))
    return max(line_behind(draft, (one, *arrays)), draft.function.line_before(max(held, default=0)))


def _structure(draft: Draft) -> _Maker | None:
    """Of an array of types, their lengths and their places."""
    types, lengths = arrays_named(draft, _ANY, (_TYPE,)), arrays_named(draft, _LENGTHS)
    places = arrays_named(draft, _PLACES, ("MPI_Aint", "int"))
    if not types or not lengths or not places:
        return None
    given = (lengths[0], places[0], types[0])
    count = _fields(draft, [types[0], lengths[0], places[0]])
    return _Maker("MPI_Type_create_struct", (count, *(one.name for one in given)), given)


def _indexed(draft: Draft) -> _Maker | None:
    lengths, places = arrays_named(draft, _LENGTHS), arrays_named(draft, _PLACES, ("MPI_Aint", "int"))
    if not lengths or not places:
        return None
    given = (lengths[0], places[0])
    return _Maker("MPI_Type_indexed", (_fields(draft, [*given]), *(one.name for one in given), _old(draft)), given)


def _shared_out(draft: Draft) -> _Maker | None:
    """An array that all processes share, as described by arrays under the names of the standard (MPI-4.0 §5.1.4)."""
    found = [arrays_named(draft, called)[:1] for called in _SHARED]
    given = tuple(one for listed in found for one in listed)
    if len(given) < len(_SHARED):
        return None
    known = (draft.flow.size or "1", draft.flow.rank or "0", _fields(draft, [*given]))
    arguments = (*known, *(one.name for one in given), "MPI_ORDER_C", _old(draft))
    return _Maker("MPI_Type_create_darray", arguments, given)


def _subarray(draft: Draft) -> _Maker | None:
    found = [arrays_named(draft, called)[:1] for called in (_SIZES, _PARTS, _STARTS)]
    given = tuple(one for listed in found for one in listed)
    if len(given) < len(found):
        return None
    arguments = (_fields(draft, [*given]), *(one.name for one in given), "MPI_ORDER_C", _old(draft))
    return _Maker("MPI_Type_create_subarray", arguments, given)


def _plain(draft: Draft, one: Variable) -> _Maker:
    """A column of the likeliest array where the type is called so or a stride is there, else one of its rows."""
    rows, columns = next(filter(None, (_shape(draft, each) for each in _arrays(draft))), ("1", "1"))
    named = [unread_named(draft, pattern) for pattern in (_COUNT, _BLOCK, _STRIDE)]
    if not named[-1] and not _STRIDED.search(one.name):
        return _Maker("MPI_Type_contiguous", (columns, _old(draft)), _variables_in(draft, columns))
    usual = (rows, "1", columns)
    texts = [found.name if found else text for found, text in zip(named, usual, strict=True)]
    return _Maker("MPI_Type_vector", (*texts, _old(draft)), _variables_in(draft, *texts))


def _old(draft: Draft) -> str:
    """The type of the elements."""
    return next((datatype(each.symbol.type_text) for each in _arrays(draft) if each.symbol), None) or "MPI_INT"


def _shape(draft: Draft, array: Variable) -> tuple[str, str] | None:
    """How many rows and columns it has; an array that is no matrix is as long both ways."""
    extent = draft.values.extent(array)
    given = array.symbol.dimensions if array.symbol else ()
    factors = given if len(given) == 2 else tuple(part.strip() for part in (extent or "").split("*"))
    if len(factors) == 2 and all(one.count("(") == one.count(")") for one in factors):
        return factors[0], factors[1]
    return (extent, extent) if extent else None


def _variables_in(draft: Draft, *texts: str) -> tuple[Variable, ...]:
    """The variables that these expressions need."""
    names = {name for text in texts for name in _NAME.findall(text)}
    return tuple(one for one in draft.function.variables if one.name in names)


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
