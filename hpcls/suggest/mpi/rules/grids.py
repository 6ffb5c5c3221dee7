"""A grid of processes, from the arrays that describe it: MPI_Dims_create, MPI_Cart_create and what is asked of the grid
(MPI-4.0 §8.5).  Only for answers that are forced.

int dims[2] = {0, 0}, periods[2] = {1, 1};
MPI_Dims_create(size, 2, dims);
MPI_Cart_create(MPI_COMM_WORLD, 2, dims, periods, 0, &grid);
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.partials import number
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.idle import arrays_named, line_behind, numbers_named
from hpcls.syntax.expressions import Assign, Expression, Name, Subscript

_WORLD = "MPI_COMM_WORLD"
_LIKELY = 0.4
_ANY = re.compile("")
_DIMS = re.compile(r"dim|psize", re.IGNORECASE)
_PERIODS = re.compile(r"period|wrap|cycl|toro?[iu]?[sd]", re.IGNORECASE)
_COORDS = re.compile(r"coord", re.IGNORECASE)
_COUNT = re.compile(r"n_?dims?|num_?dims?", re.IGNORECASE)
_REORDER = re.compile(r"reorder|riordin", re.IGNORECASE)
_AXES = (("up", "down"), ("top", "bottom"), ("north", "south"), ("left", "right"), ("west", "east"))
"""What neighbours are called: those along rows come first."""
_RANK = re.compile(r"(?:grid|cart|2d|topo)\w*(?:rank|id)$", re.IGNORECASE)
_ZEROS = re.compile(r"\{\s*(?:0\s*,?\s*)*\}")


@dataclass(frozen=True, eq=False)
class Grid:
    """One that a function describes."""

    draft: Draft
    communicator: Variable
    """Which nothing sets."""
    dims: Variable
    periods: Variable

    def made(self) -> Iterator[PlacedCall]:
        """What makes it."""
        if self.draft.flow.size and self._is_left_open:
            line = line_behind(self.draft, (self.dims,))
            yield PlacedCall(line, "MPI_Dims_create", (self.draft.flow.size, self._count, self.dims.name), _LIKELY)
        reorder = next((one.name for one in self._reordered), "0")
        given = (_WORLD, self._count, self.dims.name, self.periods.name, reorder, f"&{self.communicator.name}")
        yield PlacedCall(self.line, "MPI_Cart_create", given, _LIKELY)

    def asked(self) -> Iterator[PlacedCall]:
        """What asks for a process' place and its neighbours."""
        for coords in arrays_named(self.draft, _COORDS)[:1]:
            rank = self._rank or self.draft.flow.rank or "rank"
            asked = (self.communicator.name, rank, self._count, coords.name)
            yield PlacedCall(max(self.line, line_behind(self.draft, (coords,))), "MPI_Cart_coords", asked, _LIKELY)
        for axis, (source, to) in enumerate(self._neighbours()):
            shifted = (self.communicator.name, str(axis), "1", f"&{source.name}", f"&{to.name}")
            yield PlacedCall(max(self.line, line_behind(self.draft, (source, to))), "MPI_Cart_shift", shifted, _LIKELY)

    @property
    def _rank(self) -> str | None:
        """The number that nothing sets and that is called the rank in the grid."""
        unset = (one.name for one in numbers_named(self.draft, _RANK) if one.is_never_set)
        return next(unset, None)

    @cached_property
    def line(self) -> int:
        """Where it is made: behind all that describes it."""
        return line_behind(self.draft, (self.communicator, self.dims, self.periods, *self._reordered))

    @property
    def _reordered(self) -> list[Variable]:
        """What tells whether ranks may change."""
        return numbers_named(self.draft, _REORDER)[:1]

    @cached_property
    def _count(self) -> str:
        """How many dimensions it has."""
        named = [one.name for one in numbers_named(self.draft, _COUNT) if _COUNT.fullmatch(one.name)]
        return next(iter(named), None) or self.draft.values.extent(self.dims) or "2"

    @cached_property
    def _is_left_open(self) -> bool:
        """Whether nothing but zeros tells how long the grid is."""
        symbol = self.dims.symbol
        given = symbol.initializer if symbol else None
        if given and _ZEROS.fullmatch(self.draft.function.source.slice(*given).strip(" =\n")) is None:
            return False
        zeroed = {base for part in self.draft.values.expressions if (base := _zeroed(part)) is not None}
        declared = symbol.start if symbol else -1
        return all(use.access == "read" or use.offset in (*zeroed, declared) for use in self.dims.uses)

    def _neighbours(self) -> Iterator[tuple[Variable, Variable]]:
        """The pairs of numbers that nothing sets and that are called so."""
        unset = [one for one in numbers_named(self.draft, _ANY) if one.is_never_set]
        for pair in _AXES:
            found = [next((one for one in unset if word in one.name.lower()), None) for word in pair]
            if found[0] and found[1]:
                yield found[0], found[1]


def grid_of(draft: Draft, communicator: Variable) -> Grid | None:
    """The grid that the function has the arrays for; of two as long the other one holds the dimensions."""
    for periods in arrays_named(draft, _PERIODS)[:1]:
        extent = draft.values.extent(periods)
        others = [one for one in arrays_named(draft, _ANY) if one is not periods and not _COORDS.search(one.name)]
        as_long = [one for one in others if extent is not None and draft.values.extent(one) == extent]
        named = [one for one in others if _DIMS.search(one.name)]
        for dims in (named or as_long)[:1]:
            return Grid(draft, communicator, dims, periods)
    return None


def _zeroed(part: Expression) -> int | None:
    """Where the name of an array stands of which `part` sets an element to zero."""
    match part:
        case Assign(operator="=", target=Subscript(base=Name(start=start)), value=value):
            return start if isinstance(value, Assign) or number(value) == 0.0 else None
        case _:
            return None
