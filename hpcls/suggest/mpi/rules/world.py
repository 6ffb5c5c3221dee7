"""The name that a program has for the communicator of all its processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.expressions import Assign, Expression, Name

WORLD = "MPI_COMM_WORLD"


def with_own_name(draft: Draft, calls: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`calls` with the program's own name for MPI_COMM_WORLD: a macro, or a variable from where it is set."""
    return among(_named(draft), calls)


def among(other: tuple[str, int] | None, calls: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`calls` with another communicator for MPI_COMM_WORLD, from the line on from which it may be used."""
    for call in calls:
        if other is None or call.line < other[1]:
            yield call
        else:
            yield replace(call, arguments=tuple(other[0] if one == WORLD else one for one in call.arguments))


def _named(draft: Draft) -> tuple[str, int] | None:
    """(name, line from which on it may be used)."""
    source = draft.function.source
    for symbol in draft.program.scopes.symbols:
        if symbol.kind == "macro" and (symbol.value or "").strip(" ()") == WORLD:
            return symbol.name, source.line(symbol.start)
    for one in draft.function.variables:
        value = draft.values.initial.get(one.symbol.start) if one.symbol else None
        if one.symbol and value and _is_world(value):
            return one.name, source.line(one.symbol.start)
    for part in draft.values.expressions:
        if isinstance(part, Assign) and isinstance(part.target, Name) and _is_world(part.value):
            return part.target.name, source.line(part.start)
    return None


def _is_world(value: Expression) -> bool:
    return isinstance(value, Name) and value.name == WORLD
