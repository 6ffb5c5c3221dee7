"""Addresses that nothing sets and that are subtracted from each other: MPI_Get_address, and MPI_Aint_diff where a
difference is still to be typed (MPI-4.0 §5.1.5).  Only for answers that are forced.

MPI_Get_address(&one, &base);
MPI_Get_address(&one.field, &address);
places[1] = address - base;
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import line_before, way_to
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import unset_handles
from hpcls.syntax.expressions import Assign, Binary, Expression, Literal, Name, Subscript

_LIKELY = 0.4


def address_calls(draft: Draft) -> Iterator[PlacedCall]:
    """In front of each difference: where it begins, once, and the address that it is taken of, each time."""
    asked: set[str] = set()
    for whole, given, subtracted in _differences(draft):
        for place, again in ((subtracted, False), (given, isinstance(given, Name))):
            text = draft.function.source.slice(place.start, place.end)
            if _is_unset(draft, place, whole.start) and (again or text not in asked):
                asked.add(text)
                yield PlacedCall(_line(draft, whole), "MPI_Get_address", (_object(draft), f"&{text}"), _LIKELY)


def difference_calls(draft: Draft) -> Iterator[PlacedCall]:
    """For each gap of an address how far it is from the one that nothing else uses, and both addresses in front."""
    gaps = [gap for gap in draft.gaps if gap.line in draft.function.lines and _is_address(draft, gap.variable)]
    bases = [one.name for one in unset_handles(draft, "MPI_Aint")]
    if not gaps or not bases:
        return
    first = min(gap.line for gap in gaps) - 1
    for place in (bases[0], *(gap.target for gap in gaps)):
        yield PlacedCall(first, "MPI_Get_address", (_object(draft), f"&{place}"), _LIKELY)
    for gap in gaps:
        yield PlacedCall(gap.line, "MPI_Aint_diff", (gap.target, bases[0]), _LIKELY)


def _is_address(draft: Draft, name: str) -> bool:
    variable = draft.function.variable(name)
    return variable is not None and variable.symbol is not None and variable.symbol.type_text == "MPI_Aint"


def _differences(draft: Draft) -> Iterator[tuple[Expression, Expression, Expression]]:
    """(whole, minuend, subtrahend) of each."""
    for part in draft.values.expressions:
        match part:
            case Assign(operator="=", value=Binary(operator="-", left=left, right=right)):
                yield part, left, right
            case Assign(operator="-=", target=target, value=value):
                yield part, target, value
            case _:
                pass


def _is_unset(draft: Draft, place: Expression, offset: int) -> bool:
    """Whether it is an address, or an element of such an array at a place that is spelled, that nothing sets before."""
    match place:
        case Name(name=name) | Subscript(base=Name(name=name), index=Literal()):
            if not _is_address(draft, name):
                return False
        case _:
            return False
    source = draft.function.source
    text = source.slice(place.start, place.end)
    assigned = (one for one in draft.values.expressions if isinstance(one, Assign) and one.start < offset)
    return all(source.slice(one.target.start, one.target.end) != text for one in assigned)


def _line(draft: Draft, part: Expression) -> int:
    *_, step = way_to(draft.function.body, part.start, draft.function.source)
    return line_before(step.block, step.index, draft.function.source)


def _object(draft: Draft) -> str:
    """The first structure of the function."""
    plain = (one for one in draft.function.variables if one.is_number and one.symbol)
    found = (
        one.name for one in plain if one.symbol and not datatype_of(one.symbol) and "MPI_" not in one.symbol.type_text
    )
    return f"&{next(found, 'object')}"
