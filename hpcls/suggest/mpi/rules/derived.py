"""Derived datatypes that a program declares and does not use: how they are made and committed (MPI-4.0 §5.1).  Only for
answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.frees import freed
from hpcls.suggest.mpi.rules.idle import arrays_named, idle_handles, line_behind, unset_handles

_LIKELY = 0.4
_TYPE = "MPI_Datatype"
_ANY = re.compile("")
_LENGTHS = re.compile(r"block|len", re.IGNORECASE)
_PLACES = re.compile(r"disp|offset|indic", re.IGNORECASE)
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
        line = line_behind(draft, (one, *(maker.needed if maker else ())))
        if maker:
            yield PlacedCall(line, maker.function, (*maker.arguments, f"&{one.name}"), _LIKELY)
        yield PlacedCall(line, "MPI_Type_commit", (f"&{one.name}",), _LIKELY)
        yield from freed(draft, one)


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
    """Elements with a stride for what is called a column or the like, else elements that follow each other."""
    count = next((extent for extent in map(draft.values.extent, draft.function.variables) if extent), "1")
    if _STRIDED.search(one.name):
        return _Maker("MPI_Type_vector", (count, "1", count, _old(draft)))
    return _Maker("MPI_Type_contiguous", (count, _old(draft)))


def _old(draft: Draft) -> str:
    """The type of the elements."""
    return next((kind for kind in map(_kind, draft.function.variables) if kind), "MPI_INT")


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


def _kind(variable: Variable) -> str | None:
    return None if variable.is_number else datatype_of(variable.symbol)
