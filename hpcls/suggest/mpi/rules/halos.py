"""Neighbours that are known and never spoken to, in front of a loop that reads their rows: the exchange of both.

int up = rank > 0 ? rank - 1 : MPI_PROC_NULL, down = rank < size - 1 ? rank + 1 : MPI_PROC_NULL;
// MPI_Sendrecv(u[1], n, MPI_DOUBLE, up, 0, u[rows + 1], n, MPI_DOUBLE, down, 0, MPI_COMM_WORLD, &status);
// MPI_Sendrecv(u[rows], n, MPI_DOUBLE, down, 0, u[0], n, MPI_DOUBLE, up, 0, MPI_COMM_WORLD, &status);
for (i = 1; i <= rows; i++)
    for (j = 1; j < n - 1; j++)
        next[i][j] = 0.5 * (u[i - 1][j] + u[i + 1][j]);
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.halves import BOTH, Halves
from hpcls.suggest.mpi.facts.partials import self_readings
from hpcls.suggest.mpi.facts.program import line_before, way_to
from hpcls.suggest.mpi.facts.statuses import status_at
from hpcls.suggest.mpi.facts.stencils import Stencil, stencils_of
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.requests import all_at_once
from hpcls.syntax.statements import Block, If, walk

_LIKELY = 0.6
_WORLD = "MPI_COMM_WORLD"
_TAG = "0"
_ROW = r"\b{name}\s*\[\s*\w+\s*\]\s*=\s*(?:\([^()]*\)\s*)?m?alloc\s*\(\s*([\w\s+*()-]+?)\s*\*\s*sizeof"


@dataclass(frozen=True, eq=False)
class Halos:
    """Those of one function."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """The exchange in front of the first loop that reads the rows of both neighbours of one array."""
        found = list(stencils_of(self.draft))
        pair = self._pair
        if pair is None or len({one.array.name for one in found}) != 1 or self._has_room_for_messages:
            return
        place, count, kind = self._place(found[0]), self._count(found[0]), self._datatype(found[0].array)
        if place is None or count is None or kind is None:
            return
        yield from self._exchange(found[0], pair, place, (count, kind))

    @property
    def _has_room_for_messages(self) -> bool:
        """Whether a test on the rank has nothing to do yet: the messages are meant to stand there."""
        tests = (part for part in walk(self.draft.function.body) if isinstance(part, If))
        return any(isinstance(one.then, Block) and not one.then.statements for one in tests)

    @cached_property
    def _pair(self) -> tuple[str, str] | None:
        """The variables for the neighbour before and the one behind, which nothing reads, if there is one such pair."""
        halves = Halves(self.draft)
        known = {where: name for name, where in halves.directions.variables.items()}
        before = [(where, name) for where, name in known.items() if where.sign == -1]
        pairs = [(name, known[where.opposite]) for where, name in before if where.opposite in known]
        if len(pairs) != 1 or halves.all:
            return None
        return pairs[0] if all(self._is_unused(name) for name in pairs[0]) else None

    def _is_unused(self, name: str) -> bool:
        harmless = self.draft.values.shown | self_readings(self.draft.function)
        one = self.draft.function.variable(name)
        return one is not None and all(use.access != "read" or use.offset in harmless for use in one.uses)

    def _datatype(self, array: Variable) -> str | None:
        return datatype(array.symbol.type_text) if array.symbol else None

    def _count(self, stencil: Stencil) -> str | None:
        """How many elements a row has."""
        if not stencil.is_of_rows:
            return stencil.stride or "1"
        symbol = stencil.array.symbol
        if symbol and len(symbol.dimensions) > 1:
            return symbol.dimensions[1]
        pattern = re.compile(_ROW.format(name=re.escape(stencil.array.name)))
        found = pattern.search(self.draft.program.source.text)
        return found[1].strip() if found else None

    def _place(self, stencil: Stencil) -> tuple[Block, int] | None:
        """In front of the loop over its rows; None where not every process gets there."""
        source = self.draft.function.source
        way = way_to(self.draft.function.body, stencil.loop.start, source)
        if not way or any(self.draft.flow.is_guard(step.item.statement) for step in way[:-1]):
            return None
        at = way[-1]
        return at.block, line_before(at.block, at.index, source)

    def _exchange(
        self, stencil: Stencil, pair: tuple[str, str], place: tuple[Block, int], message: tuple[str, str]
    ) -> Iterator[PlacedCall]:
        before, behind = pair
        block, line = place
        first, last = (stencil.row("1"), *message), (stencil.row(stencil.last), *message)
        ghosts = (stencil.row("0"), *message), (stencil.row(stencil.behind), *message)
        separate = [  # two tags, for with two processes in a ring both neighbours are one
            PlacedCall(line, "MPI_Recv", (*ghosts[0], before, "1", self._comm, ""), _LIKELY),
            PlacedCall(line, "MPI_Recv", (*ghosts[1], behind, "0", self._comm, ""), _LIKELY),
            PlacedCall(line, "MPI_Send", (*first, before, "0", self._comm), _LIKELY),
            PlacedCall(line, "MPI_Send", (*last, behind, "1", self._comm), _LIKELY),
        ]
        if together := all_at_once(self.draft, separate):
            yield from together
            return
        end = (self._comm, status_at(self.draft, block))
        yield PlacedCall(line, BOTH, (*first, before, _TAG, *ghosts[1], behind, _TAG, *end), _LIKELY)
        yield PlacedCall(line, BOTH, (*last, behind, _TAG, *ghosts[0], before, _TAG, *end), _LIKELY)

    @property
    def _comm(self) -> str:
        """That of the grid in which the neighbours are."""
        shifts = self.draft.program.calls_of("MPI_Cart_shift")
        given = shifts[0].argument("comm") if shifts else None
        return given.text if given else _WORLD
