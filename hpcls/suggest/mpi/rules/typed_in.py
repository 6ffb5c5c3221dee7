"""What one process alone is told, on a terminal or by a file, and the others need, too (MPI-4.1 §6.4).

void get_input(int rank, double *a, int *n) {
    if (rank == 0)
        scanf("%lf %d", a, n);
    // MPI_Bcast(a, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD); MPI_Bcast(n, 1, MPI_INT, 0, MPI_COMM_WORLD);
}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.process_loops import ProcessLoops
from hpcls.suggest.mpi.facts.program import line_before, way_to
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.expressions import Binary, Call, Expression, Name

_LIKELY = 0.7
_READS = re.compile(r"f?scanf(?:_s)?")
_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, eq=False)
class TypedIn:
    """What one function reads."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """A broadcast behind the branch for each number that is read there alone: by a function for whoever calls it,
        or by `std::cin` for what all processes do later.
        """
        for side in sides_of(self.draft):
            if side.only is None or side.chain.otherwise is not None or self._is_dealt_out(side):
                continue
            for one, is_pointer in self._read_in(side):
                kind = datatype_of(one.symbol)
                if kind and one.name not in self._known and self._is_set_only_in(one, side):
                    yield from self._broadcast(side, one.name if is_pointer else f"&{one.name}", kind)

    def _is_dealt_out(self, side: Side) -> bool:
        """Whether the process that reads goes through the others, to send it to each of them."""
        return ProcessLoops(self.draft).first_in(side.block) is not None

    @cached_property
    def _known(self) -> frozenset[str]:
        """The names that calls of MPI are given, anywhere in the program."""
        return frozenset(
            name for call in self.draft.program.calls for one in call.arguments for name in _NAME.findall(one.text)
        )

    def _read_in(self, side: Side) -> Iterator[tuple[Variable, bool]]:
        for part in self.draft.values.expressions:
            if not side.holds(part.start):
                continue
            for name, is_pointer in (*_scanned(part), *_streamed(part)):
                one = self.draft.function.variable(name)
                if one is None or one.symbol is None or one.symbol.dimensions:
                    continue
                is_for_caller = one.symbol.kind == "parameter" and one.symbol.pointers == 1 and is_pointer
                is_own = one.symbol.kind == "variable" and not one.symbol.pointers and not is_pointer
                if is_for_caller or (is_own and self._is_used_by_all(one, side)):
                    yield one, is_pointer

    def _is_set_only_in(self, one: Variable, side: Side) -> bool:
        declared = one.symbol.start if one.symbol else -1
        return all(side.holds(at) for at in self.draft.values.definitions(one) if at != declared)

    def _is_used_by_all(self, one: Variable, side: Side) -> bool:
        """Whether it is read behind the branch, where every process comes along."""
        body, source, flow = self.draft.function.body, self.draft.function.source, self.draft.flow
        later = [use.offset for use in one.uses if use.access == "read" and use.offset >= side.chain.end]
        ways = (way_to(body, at, source) for at in later)
        return any(not any(flow.is_guard(step.item.statement) for step in way) for way in ways)

    def _broadcast(self, side: Side, buffer: str, kind: str) -> Iterator[PlacedCall]:
        source = self.draft.function.source
        way = way_to(self.draft.function.body, side.chain.start, source)
        if way and not any(self.draft.flow.is_guard(step.item.statement) for step in way[:-1]):
            line = line_before(way[-1].block, way[-1].index + 1, source)
            yield PlacedCall(line, "MPI_Bcast", (buffer, "1", kind, side.only or "0", "MPI_COMM_WORLD"), _LIKELY)


def _scanned(part: Expression) -> Iterator[tuple[str, bool]]:
    """The pointers that `scanf` is given: the address of a number is `shared`'s."""
    if isinstance(part, Call) and isinstance(part.function, Name) and _READS.fullmatch(part.function.name):
        yield from ((one.name, True) for one in part.arguments[1:] if isinstance(one, Name))


def _streamed(part: Expression) -> Iterator[tuple[str, bool]]:
    """What `std::cin >> a` reads."""
    match part:
        case Binary(operator=">>", left=left, right=Name(name=name)) if _is_input(left):
            yield name, False
        case _:
            pass


def _is_input(stream: Expression) -> bool:
    while isinstance(stream, Binary) and stream.operator == ">>":
        stream = stream.left
    return isinstance(stream, Name) and stream.name.rpartition("::")[2] == "cin"
