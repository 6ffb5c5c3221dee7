"""What authors write by habit where nothing else tells: only for answers that are forced, never for users.

A branch for one process sends and a branch for another receives; a complaint about the number of processes aborts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.failures import FAILURE
from hpcls.suggest.mpi.facts.flow import Flow
from hpcls.suggest.mpi.facts.program import Function, items_of, line_before
from hpcls.suggest.mpi.facts.texts import only_shows
from hpcls.suggest.mpi.facts.uses import names_in_statement
from hpcls.suggest.mpi.facts.values import tests_null
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.collect import collected
from hpcls.suggest.mpi.rules.idle import counted
from hpcls.suggest.mpi.rules.messages import Messages, may_send
from hpcls.suggest.mpi.rules.neighbours import neighbours
from hpcls.suggest.mpi.rules.partners import Partners
from hpcls.suggest.mpi.rules.ping_pong import ping_pong
from hpcls.suggest.mpi.rules.received import Received
from hpcls.suggest.mpi.rules.statuses import status_calls
from hpcls.syntax.expressions import Expression, names_in
from hpcls.syntax.statements import Block, If, walk

_CODE = re.compile(r"rc|ret|retval|i?err\w*_?code", re.IGNORECASE)
_IN_PARTS = frozenset({"MPI_Scatter", "MPI_Scatterv", "MPI_Gather", "MPI_Gatherv"})
_WRONG = re.compile(r"error|invalid|fail|must|can(?:'t|not)|could not|unable|wrong|usage", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Habits:
    """One function."""

    draft: Draft
    others: tuple[PlacedCall, ...]
    """The calls that other rules write."""
    doubtful: frozenset[str] = frozenset()
    """The arrays that no message is likely to fill."""

    @property
    def _function(self) -> Function:
        return self.draft.function

    @property
    def _flow(self) -> Flow:
        return self.draft.flow

    def calls(self) -> Iterator[PlacedCall]:
        """Messages, what is asked of their statuses, and aborts."""
        messages = [call for call in self._calls() if call.function == "MPI_Abort" or self._may_be_sent(call)]
        yield from messages
        yield from status_calls(self.draft, messages)

    def _may_be_sent(self, call: PlacedCall) -> bool:
        """Whether no other call cuts the array into parts, or puts it together."""
        in_parts = {name for one in self.others if one.function in _IN_PARTS for name in one.names}
        return may_send(self.draft) and call.arguments[0] not in in_parts

    def _calls(self) -> Iterator[PlacedCall]:
        served = {name for call in self.others for name in call.names} | {one.name for one in counted(self.draft)}
        received = list(Received(self.draft, frozenset(served | self.doubtful)).calls())
        partners = [*ping_pong(self.draft)] or [*Partners(self.draft).calls()] or [*neighbours(self.draft)]
        told: set[If | None] = {side.chain for side, _ in received}
        yield from (call for _, call in received)
        yield from (call for chain, call in partners if chain not in told)
        told |= {chain for chain, _ in partners}
        branches = [part for part in walk(self._function.body) if isinstance(part, If)]
        second = {branch.otherwise for branch in branches}
        for branch in branches:
            if branch not in second and branch not in told:
                yield from collected(self.draft, branch) or self._messages(branch)
            yield from self._abort(branch)

    def _messages(self, branch: If) -> Iterator[PlacedCall]:
        """A send at the end of the branch for one process, a receive at the start of that for another."""
        root = self._flow.root_of(branch, branch.then.start)
        if root is None:
            return
        other = branch.otherwise
        to = self._flow.root_of(other, other.then.start) if isinstance(other, If) else None
        if (
            isinstance(branch.then, Block)
            and isinstance(other, Block)
            and not _is_empty(branch.then)
            and not only_shows(branch.then)
            and self._has_status()
        ):
            yield from Messages(self.draft).send(branch.then, "1")
            yield from Messages(self.draft).receive(other, root)
            return
        if isinstance(branch.then, Block) and (_is_empty(branch.then) or to is not None):
            if other is not None:
                yield from Messages(self.draft).send(branch.then, to or "1")
            elif root != "0":
                yield from Messages(self.draft).receive(branch.then, "0")
        if isinstance(other, If) and isinstance(other.then, Block) and to is not None:
            yield from Messages(self.draft).receive(other.then, root)

    def _has_status(self) -> bool:
        """Whether a status is declared for messages that are not there."""
        of_type = (one for one in self._function.variables if one.symbol and one.symbol.type_text == "MPI_Status")
        return any(not one.uses for one in of_type)

    def _abort(self, branch: If) -> Iterator[PlacedCall]:
        """Behind a complaint, where the program would go on."""
        then = branch.then
        if branch.otherwise is not None or not isinstance(then, Block) or not self._is_complaint(branch.test, then):
            return
        line = line_before(then, len(items_of(then, self._function.source)), self._function.source)
        yield PlacedCall(line, "MPI_Abort", ("MPI_COMM_WORLD", self._code(branch.test)), 0.5)

    def _code(self, test: Expression) -> str:
        """The code of failure that is tested; else 1."""
        return next((name for name in sorted(names_in(test)) if _CODE.fullmatch(name)), "1")

    def _is_complaint(self, test: Expression, then: Block) -> bool:
        """Whether all processes show something on stderr there, or because of the arguments, the size, a pointer or a
        code of failure.
        """
        names = names_in(test)
        if not only_shows(then) or self._flow.rank in names:
            return False
        told = names & {self._flow.size, *self._function.parameters}
        pointers = {one.name for one in self._function.variables if not one.is_number}
        is_failure = any(FAILURE.fullmatch(name) for name in names)
        is_null = "NULL" in names or tests_null(test, pointers)
        is_said = "stderr" in names_in_statement(then) or self._says_so(then)
        return bool(told) or is_null or is_failure or is_said

    def _says_so(self, then: Block) -> bool:
        """Whether what is shown tells of something wrong."""
        return _WRONG.search(self._function.source.slice(then.start, then.end)) is not None


def _is_empty(block: Block) -> bool:
    return not block.statements
