"""Derived datatypes that a program declares and does not use: how they are made and committed (MPI-4.0 §5.1).  Only for
answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.frees import freed
from hpcls.suggest.mpi.rules.idle import arrays_named, idle_handles, line_behind

_LIKELY = 0.4
_TYPE = "MPI_Datatype"
_ANY = re.compile("")
_LENGTHS = re.compile(r"block|len", re.IGNORECASE)
_PLACES = re.compile(r"disp|offset|indic", re.IGNORECASE)
_STRIDED = re.compile(r"col|vec|strid|plane|vert", re.IGNORECASE)


def datatype_calls(draft: Draft) -> Iterator[PlacedCall]:
    """What makes each of them, the commit behind it, and what frees it in front of the end."""
    for one in idle_handles(draft, _TYPE):
        maker, arguments, needed = _maker(draft, one)
        line = line_behind(draft, (one, *needed))
        yield PlacedCall(line, maker, (*arguments, f"&{one.name}"), _LIKELY)
        yield PlacedCall(line, "MPI_Type_commit", (f"&{one.name}",), _LIKELY)
        yield from freed(draft, one)


def _maker(draft: Draft, one: Variable) -> tuple[str, tuple[str, ...], list[Variable]]:
    """The function, its arguments but for the new type, and the variables among them."""
    types = arrays_named(draft, _ANY, (_TYPE,))
    lengths = arrays_named(draft, _LENGTHS)
    places = arrays_named(draft, _PLACES, ("MPI_Aint", "int"))
    old = next((kind for kind in map(_kind, draft.function.variables) if kind), "MPI_INT")
    if types and lengths and places:
        given = [lengths[0], places[0], types[0]]
        count = _fields(draft, [types[0], lengths[0], places[0]])
        return "MPI_Type_create_struct", (count, *(each.name for each in given)), given
    if lengths and places:
        given = [lengths[0], places[0]]
        count = _fields(draft, [lengths[0], places[0]])
        return "MPI_Type_indexed", (count, *(each.name for each in given), old), given
    count = next((extent for extent in map(draft.values.extent, draft.function.variables) if extent), "1")
    if _STRIDED.search(one.name):
        return "MPI_Type_vector", (count, "1", count, old), []
    return "MPI_Type_contiguous", (count, old), []


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
