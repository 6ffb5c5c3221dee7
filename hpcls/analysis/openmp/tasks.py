"""Data races of explicit tasks with what their makers do next, before anything waits (OpenMP 5.2, 12.5 and 15.5)."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access
from hpcls.analysis.openmp.constructs import Construct
from hpcls.analysis.openmp.executors import is_unknown
from hpcls.analysis.openmp.made import surely_made
from hpcls.analysis.openmp.races import Race, Races
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Call
from hpcls.syntax.statements import Block, Loop, Pragma, Statement

_ORDERS = ("depend", "if", "final", "in_reduction", "detach")
"""Clauses by which a task may wait for others, or its maker for it."""
_TASK = ("task",)


class TaskRaces:
    """The races of one task."""

    def __init__(self, races: Races, task: Construct) -> None:
        self._races = races
        self._task = task

    def find(self) -> Iterator[Race]:
        """The first race of each variable that the task surely writes, with a use behind it in the same block."""
        if self._is_ordered(self._task) or not self._races.is_understood(self._task):
            return
        written = {one.place.key: one for one in self._shared(self._task) if one.is_write}
        for key, write in written.items():
            other = next((one for one in self._next() if one.place.key == key), None)
            if other is not None:
                yield Race(self._task, write, other, None)

    def _is_ordered(self, task: Construct) -> bool:
        return any(map(task.has, _ORDERS))

    def _shared(self, task: Construct) -> list[Access]:
        """The accesses to scalars of its maker's that `task` surely makes, with nothing that protects them."""
        statement = task.statement
        sites = map(surely_made, self._races.model.between(statement.start, statement.end))
        return [
            one.event
            for one in sites
            if isinstance(one.event, Access)
            and not (one.event.place.path or one.event.is_conditional)
            and not any(statement.start <= guard.start < statement.end for guard in one.guards)
            and not any(statement.start <= loop.start < statement.end for loop in one.loops)
            and self._is_unprotected(one.event, task)
        ]

    def _is_unprotected(self, access: Access, task: Construct) -> bool:
        chain = self._races.constructs.around(access.offset)
        inner = chain[: chain.index(task) + 1]
        return (
            self._is_shared(access.place.key, task)
            and self._races.storage.is_steady(access)
            and not self._races.protection.of(access.offset, inner)
            and all(one is task for one in inner)
        )

    def _is_shared(self, key: str, task: Construct) -> bool:
        """Whether the task uses its maker's variable: one of the team's, or one that a clause says is shared."""
        if key in self._races.sharing.listed(task, "shared"):
            return True
        chain = self._races.constructs.around(task.statement.start)
        team = next((at for at, one in enumerate(chain) if "parallel" in one.parts), None)
        return team is not None and self._races.sharing.is_shared(key, chain[: team + 1])

    def _next(self) -> Iterator[Access]:
        """What surely happens behind the task before its maker waits, or comes to what is not understood."""
        for statement, above in self._following():
            if above is not None:
                if above.parts != _TASK or self._is_ordered(above):
                    return
                yield from self._shared(above)
            elif any(isinstance(part, (Pragma, Loop)) for part in statements.walk(statement)) or _may_wait(statement):
                return
            else:
                yield from self._plain(statement)

    def _plain(self, statement: Statement) -> Iterator[Access]:
        for sited in self._races.model.between(statement.start, statement.end):
            access, guards = sited.event, sited.guards
            is_certain = not any(statement.start <= guard.start for guard in guards)
            if isinstance(access, Access) and is_certain and not (access.is_conditional or access.place.path):
                yield access

    def _following(self) -> Iterator[tuple[Statement, Construct | None]]:
        """The statements behind the task in its block, each with the construct that it belongs to."""
        own = self._task.statement
        for block in statements.walk(self._races.model.unit.body):
            if not isinstance(block, Block) or own not in block.statements:
                continue
            above: Construct | None = None
            for part in block.statements[block.statements.index(own) + 1 :]:
                if isinstance(part, Pragma) and part.is_openmp:
                    above = next((one for one in self._races.constructs.all if one.pragma.start == part.start), None)
                    if above is None:
                        return  # a directive that stands alone
                elif not isinstance(part, Pragma):
                    yield part, above
                    above = None


def _may_wait(statement: Statement) -> bool:
    """Whether a call in the statement may wait for the task."""
    wholes = (whole for part in statements.walk(statement) for whole in part.expressions)
    calls = (part for whole in wholes for part in expressions.walk(whole) if isinstance(part, Call))
    return any(map(is_unknown, calls))
