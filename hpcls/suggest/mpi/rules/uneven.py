"""Parts of different lengths: arrays of counts and displacements are for MPI_Scatterv and MPI_Gatherv (MPI-4.0 §6.5,
§6.6).  Only for answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft, called_in
from hpcls.suggest.mpi.facts.program import line_before
from hpcls.suggest.mpi.facts.sides import sides_of
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import arrays_named, idle_handles, line_behind

_LIKELY = 0.4
_PLACES = re.compile(r"disp|despl|offsets", re.IGNORECASE)
_COUNTS = re.compile(r"count|cnt|sizes?$|elem|num|len", re.IGNORECASE)
_BLOCKS = re.compile(r"block_?len", re.IGNORECASE)
_RECEIVED = re.compile(r"rec", re.IGNORECASE)
_PART = re.compile(r"local|part|my|sub|recv|loc", re.IGNORECASE)
_WORLD = "MPI_COMM_WORLD"


@dataclass(frozen=True)
class _Lengths:
    counts: Variable
    places: Variable


def uneven(draft: Draft, even: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`even`, with the counts and displacements that the program has for it, and what they ask for besides."""
    lengths, listed = _lengths(draft), list(even)
    if lengths is None:
        yield from listed
        return
    varied = [_varied(draft, call, lengths) for call in listed]
    yield from varied
    functions = {call.function.removesuffix("v") for call in varied}
    buffers = _buffers(draft, lengths)
    if buffers is None:
        return
    whole, part, kind = buffers
    own = f"{lengths.counts.name}[{draft.flow.rank}]"
    given = (lengths.counts.name, lengths.places.name, kind)
    if "MPI_Scatter" not in functions and not _RECEIVED.search(lengths.counts.name):
        line = line_behind(draft, (lengths.counts, lengths.places))
        arguments = (whole.name, *given, part.name, own, kind, "0", _WORLD)
        yield PlacedCall(line, "MPI_Scatterv", arguments, _LIKELY)
    if "MPI_Gather" not in functions and (end := _last_root(draft)) is not None:
        yield PlacedCall(end, "MPI_Gatherv", (part.name, own, kind, whole.name, *given, "0", _WORLD), _LIKELY)


def _lengths(draft: Draft) -> _Lengths | None:
    places = arrays_named(draft, _PLACES)
    counts = [one for one in arrays_named(draft, _COUNTS) if one not in places]
    is_for_types = bool(arrays_named(draft, _BLOCKS)) and any(idle_handles(draft, "MPI_Datatype"))
    if not places or not counts or draft.flow.rank is None or is_for_types:
        return None
    return _Lengths(counts[0], places[0])


def _varied(draft: Draft, call: PlacedCall, lengths: _Lengths) -> PlacedCall:
    given, own = (lengths.counts.name, lengths.places.name), f"{lengths.counts.name}[{draft.flow.rank}]"
    match call.function, call.arguments:
        case "MPI_Scatter", (whole, _, kind, part, _, other, root, world) if not part.startswith("&"):
            arguments = (whole, *given, kind, part, own, other, root, world)
            return PlacedCall(call.line, "MPI_Scatterv", arguments, call.confidence)
        case "MPI_Gather", (part, _, kind, whole, _, other, root, world) if not part.startswith("&"):
            arguments = (part, own, kind, whole, *given, other, root, world)
            return PlacedCall(call.line, "MPI_Gatherv", arguments, call.confidence)
        case "MPI_Reduce", (part, whole, _, kind, _, root, world):  # a part as long as the whole, only in part filled
            arguments = (part, own, kind, whole, *given, kind, root, world)
            return PlacedCall(call.line, "MPI_Gatherv", arguments, call.confidence)
        case _:
            return call


def _buffers(draft: Draft, lengths: _Lengths) -> tuple[Variable, Variable, str] | None:
    """(whole, part, datatype): two arrays of one type."""
    arrays = [
        one
        for one in draft.function.variables
        if not one.is_number and one not in (lengths.counts, lengths.places) and one.name not in ("argv", "argc")
    ]
    for part in (one for one in arrays if _PART.search(one.name)):
        kind = datatype_of(part.symbol)
        whole = next((one for one in arrays if one is not part and kind and datatype_of(one.symbol) == kind), None)
        if whole and kind and kind != "MPI_CHAR":
            return whole, part, kind
    return None


def _last_root(draft: Draft) -> int | None:
    """The line before the last branch for one process in `main` itself that does not only free memory."""
    roots = (side for side in sides_of(draft) if side.only is not None)
    chains = {side.chain for side in roots if set(called_in(side.block)) != {"free"}}
    items = draft.function.items
    at = [i for i, item in enumerate(items) if item.statement in chains]
    return line_before(draft.function.body, at[-1], draft.function.source) if at else None
