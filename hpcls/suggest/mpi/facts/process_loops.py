"""Loops over the other processes: `for (source = 1; source < size; source++)`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.last_rank import last_ranks
from hpcls.syntax.expressions import names_in
from hpcls.syntax.loops import induction_of
from hpcls.syntax.statements import Block, Loop, Statement, walk


@dataclass(frozen=True, eq=False)
class ProcessLoops:
    """Those of one function."""

    draft: Draft

    def counter(self, statement: Statement) -> str | None:
        """The counter of such a loop; None for any other statement."""
        counter = induction_of(statement) if isinstance(statement, Loop) else None
        return counter.variable if counter and not names_in(counter.upper).isdisjoint(self._ends) else None

    def first_in(self, block: Block) -> tuple[Block, str] | None:
        """The body and the counter of the first one inside of `block`."""
        for part in walk(block):
            counter = self.counter(part)
            if counter and isinstance(part, Loop) and isinstance(part.body, Block):
                return part.body, counter
        return None

    @cached_property
    def _ends(self) -> frozenset[str]:
        """The number of processes, and what is the last of their ranks."""
        size = self.draft.flow.size
        return frozenset({size, *last_ranks(self.draft)}) if size else frozenset()
