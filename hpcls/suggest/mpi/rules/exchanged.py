"""The half of an exchange between neighbours that is missing: what goes up has to come from below (MPI-4.1 §3.5).

MPI_Irecv(&u[0], 1, MPI_DOUBLE, left, 0, comm, &requests[0]);
MPI_Irecv(&u[n + 1], 1, MPI_DOUBLE, right, 1, comm, &requests[1]);
MPI_Isend(&u[1], 1, MPI_DOUBLE, left, 1, comm, &requests[2]);
// MPI_Isend(&u[n], 1, MPI_DOUBLE, right, 0, comm, &requests[3]);
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.directions import Direction, mirrored
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.ghosts import distance, moved, unit_of
from hpcls.suggest.mpi.facts.guards import guarded
from hpcls.suggest.mpi.facts.halves import BOTH, Half, Halves
from hpcls.suggest.mpi.facts.program import Step, line_before, way_to
from hpcls.suggest.mpi.facts.statuses import status_at
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.other_place import waited_for
from hpcls.syntax.statements import Block, If, walk

_LIKELY = 0.7
_NAME = re.compile(r"[A-Za-z_]\w*")
_ELEMENT = re.compile(r"(&\s*\w+\s*\[\s*)(\d+)(\s*\])")


@dataclass(frozen=True, eq=False)
class Exchanged:
    """Those of one function."""

    draft: Draft

    def calls(self) -> Iterator[PlacedCall]:
        """A call for each half that nobody meets, where none of the others may be meant for it."""
        left = [one for one in self._halves if not any(one.meets(other) for other in self._halves)]
        for across in left:
            rivals = (one for one in left if one.is_sent is not across.is_sent)
            if across.call.name == BOTH or any(one.partner == across.partner.opposite for one in rivals):
                continue
            found = self._missing(across)
            if found:
                yield found

    @cached_property
    def _all(self) -> Halves:
        return Halves(self.draft)

    @property
    def _halves(self) -> tuple[Half, ...]:
        return self._all.all

    def _missing(self, across: Half) -> PlacedCall | None:
        partner = across.partner.opposite
        beside = self._one(across.is_sent, partner)
        twin = self._one(not across.is_sent, across.partner)
        buffer = self._buffer(across, beside, twin) if beside and twin else self._in_ring(across)
        place = self._place(across, beside, twin)
        rank = self._rank(partner)
        if buffer is None or place is None or rank is None:
            return None
        name = self._function(across)
        last = self._last(name, twin, place[0])
        comm = across.call.argument("comm")
        if last is None or comm is None:
            return None
        given = (buffer, across.count, across.datatype, rank, across.tag, comm.text, *last)
        return PlacedCall(place[1], name, given, _LIKELY)

    def _one(self, is_sent: bool, partner: Direction) -> Half | None:
        found = [one for one in self._halves if one.is_sent is is_sent and one.partner == partner]
        return found[0] if len(found) == 1 else None

    def _buffer(self, across: Half, beside: Half, twin: Half) -> str | None:
        """As far from what goes to, or comes from, the same neighbour as on the other side."""
        unit = unit_of(across.count, across.buffer, beside.buffer, twin.buffer)
        by = distance(across.buffer, twin.buffer, unit)
        if by is not None:
            return moved(beside.buffer, -by, unit)
        return self._mirrored(twin.buffer)

    def _mirrored(self, text: str) -> str | None:
        known = {one.name for one in self.draft.function.variables}
        names = _NAME.findall(text)
        found = [other for other in mirrored(names[0]) if other in known] if names else []
        return text.replace(names[0], found[0]) if len(set(found)) == 1 else None

    def _in_ring(self, across: Half) -> str | None:
        """The variable that waits for what is sent, or has what somebody waits for."""
        names = _NAME.findall(across.buffer)
        sent = self.draft.function.variable(names[0]) if names else None
        alike = [
            one
            for one in self.draft.function.variables
            if sent and one is not sent and one.is_number is sent.is_number
            and one.symbol and one.symbol.kind == "variable"
            and datatype_of(one.symbol) == datatype_of(sent.symbol) is not None
            and one.name not in (self.draft.flow.rank, self.draft.flow.size, *self.draft.function.counters)
            and one.name not in self._all.directions.variables
        ]  # fmt: skip
        found = [one for one in alike if (self._waits(one, across) if across.is_sent else self._is_left(one, across))]
        return (f"&{found[0].name}" if found[0].is_number else found[0].name) if len(found) == 1 else None

    def _waits(self, one: Variable, across: Half) -> bool:
        """Whether it is read behind the message, and nothing gave it a value."""
        return not self.draft.values.definitions(one) and any(
            use.access == "read" and use.offset > across.call.start for use in one.uses
        )

    def _is_left(self, one: Variable, across: Half) -> bool:
        """Whether it has a value that nothing reads."""
        places = [at for at in self.draft.values.definitions(one) if at < across.call.start]
        return bool(places) and not any(use.access == "read" and use.offset > max(places) for use in one.uses)

    def _rank(self, partner: Direction) -> str | None:
        """How the neighbour is spelled."""
        spelled = [one.rank for one in self._halves if one.partner == partner and not one.rank.isdigit()]
        named = [name for name, where in self._all.directions.variables.items() if where == partner]
        return next(iter((*spelled, *named)), None)

    def _function(self, across: Half) -> str:
        """As the program sends, or receives, elsewhere."""
        used = Counter(one.call.name for one in self._halves if one.is_sent is not across.is_sent)
        usual = next((name for name, _ in used.most_common() if name != BOTH), None)
        is_waited_for = waited_for(self.draft, self.draft.function.body) is not None
        if across.call.name.startswith("MPI_I") or is_waited_for:
            return usual or ("MPI_Irecv" if across.is_sent else "MPI_Isend")
        return usual or ("MPI_Recv" if across.is_sent else "MPI_Send")

    def _last(self, name: str, twin: Half | None, block: Block) -> tuple[str, ...] | None:
        """The request or the status."""
        if name.startswith("MPI_I"):
            request = self._request(twin)
            return None if request is None else (request,)
        if name != "MPI_Recv":
            return ()
        status = twin.call.argument("status") if twin else None
        return (status.text if status else status_at(self.draft, block),)

    def _request(self, twin: Half | None) -> str | None:
        given = twin.call.argument("request") if twin else None
        if given is None:
            waiting = waited_for(self.draft, self.draft.function.body) if twin is None else None
            return waiting[0] if waiting else None
        if "++" in given.text:
            return given.text
        found = _ELEMENT.fullmatch(given.text)
        if found is None:
            return self._mirrored(given.text)
        taken = {one.text for half in self._halves if (one := half.call.argument("request"))}
        free = (f"{found[1]}{at}{found[3]}" for at in range(len(taken) + 1))
        return next((one for one in free if one not in taken), None)

    def _place(self, across: Half, beside: Half | None, twin: Half | None) -> tuple[Block, int] | None:
        if beside is None or twin is None:
            return self._next_to(across) if beside is None and twin is None else None
        near, far, same = self._step(beside), self._step(across), self._step(twin)
        if near is None or far is None or same is None:
            return None
        if far.block is same.block and near.block is not far.block:
            return self._at(near, same.index > far.index)
        if near.block is same.block:
            return self._at(same, near.index > far.index) if near.block is far.block else None
        return self._in_guard(across.partner.opposite)

    def _next_to(self, across: Half) -> tuple[Block, int] | None:
        """Beside the other half of a shift that all processes run: a send comes first, but for a started receive."""
        step = self._step(across)
        around = way_to(self.draft.function.body, across.call.start, self.draft.function.source)
        if step is None or any(self.draft.flow.is_guard(one.item.statement) for one in around):
            return None
        return self._at(step, across.is_sent is not across.call.name.startswith("MPI_I"))

    def _in_guard(self, partner: Direction) -> tuple[Block, int] | None:
        """Inside the one test for that neighbour that has no message yet."""
        taken = [one.call.start for one in self._halves]
        tests = [part for part in walk(self.draft.function.body) if isinstance(part, If)]
        free = [
            part.then
            for part in tests
            if guarded(self.draft, part.test) == partner.sign
            and not any(part.then.start <= at < part.then.end for at in taken)
        ]
        if len(free) != 1 or not isinstance(free[0], Block):
            return None
        return free[0], line_before(free[0], 0, self.draft.function.source)

    def _step(self, half: Half) -> Step | None:
        way = way_to(self.draft.function.body, half.call.start, self.draft.function.source)
        return way[-1] if way else None

    def _at(self, step: Step, is_behind: bool) -> tuple[Block, int]:
        return step.block, line_before(step.block, step.index + is_behind, self.draft.function.source)
