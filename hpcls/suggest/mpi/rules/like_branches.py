"""Branches of one test on the rank that exchange the same with the same neighbours, but for one call.

if (rank % 2 == 0) {
    MPI_Send(&u[1], 1, MPI_DOUBLE, left, 0, comm);
    MPI_Recv(&u[0], 1, MPI_DOUBLE, left, 0, comm, &status);
} else {
    MPI_Recv(&u[0], 1, MPI_DOUBLE, left, 0, comm, &status);
    // MPI_Send(&u[1], 1, MPI_DOUBLE, left, 0, comm);
}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.exchanges import RECEIVES, SENDS
from hpcls.suggest.mpi.facts.program import line_before, way_to
from hpcls.suggest.mpi.facts.sides import Side, sides_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.mpi import MpiCall

_LIKELY = 0.75
_BOTH = "MPI_Sendrecv"
_LEAST = 2
"""Calls that branches have to have in common."""


@dataclass(frozen=True, eq=False)
class LikeBranches:
    """Those of one function."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """For each branch that lacks one call of another one, and has all others, that call."""
        for one, other in permutations(self._sides, 2):
            if one.chain is not other.chain:
                continue
            for rank in sorted({_rank(call) for call in self._in(one)} & {_rank(call) for call in self._in(other)}):
                yield from self._lacking(one, other, rank)

    @cached_property
    def _sides(self) -> tuple[Side, ...]:
        return sides_of(self.draft)

    def _in(self, side: Side) -> Sequence[MpiCall]:
        """The messages of a branch that stand in no further test on the rank."""
        inner = [one for one in self._sides if side.holds(one.block.start) and one is not side]
        found = [call for call in self.draft.program.calls if side.holds(call.start) and _is_message(call)]
        return [call for call in found if not any(one.holds(call.start) for one in inner)]

    def _lacking(self, one: Side, other: Side, rank: str) -> Iterator[PlacedCall]:
        whole, part = self._in(one), self._in(other)
        if self._is_edge(one) or self._is_edge(other):
            whole, part = ([call for call in calls if _rank(call) == rank] for calls in (whole, part))
        texts, known = [_plain(call) for call in whole], [_plain(call) for call in part]
        missing = [call for call in whole if _plain(call) not in known]
        is_all_known = all(text in texts for text in known) and len(known) == len(texts) - 1
        if len(missing) == 1 and is_all_known and (len(known) >= _LEAST or self._is_edge(other)):
            call = missing[0]
            yield PlacedCall(self._line(call, whole, part), call.name, tuple(a.text for a in call.arguments), _LIKELY)

    def _is_edge(self, side: Side) -> bool:
        """Whether it is of one process, which lacks a neighbour."""
        return side.only is not None

    def _line(self, missing: MpiCall, whole: Sequence[MpiCall], part: Sequence[MpiCall]) -> int:
        """Beside the call of its kind, on the side of it that it has in the other branch."""
        alike = [call for call in part if (call.name in SENDS) == (missing.name in SENDS)] or part
        beside = alike[-1]
        twin = next(call for call in whole if _plain(call) == _plain(beside))
        is_behind = twin.start < missing.start if alike is not part else True
        step = way_to(self.draft.function.body, beside.start, self.draft.function.source)[-1]
        return line_before(step.block, step.index + is_behind, self.draft.function.source)


def _is_message(call: MpiCall) -> bool:
    return call.name in SENDS | RECEIVES | {_BOTH} and call.arity_matches


def _rank(call: MpiCall) -> str:
    found = call.argument("dest") or call.argument("source")
    return "".join(found.text.split()) if found else ""


def _plain(call: MpiCall) -> str:
    return "".join(call.text.split())
