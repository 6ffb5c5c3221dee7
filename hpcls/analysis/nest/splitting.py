"""Loop distribution (Allen & Kennedy, Optimizing Compilers for Modern Architectures, 6.2): statements that are in no
cycle of dependences go into a loop of their own, which is parallel if it carries nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Access, Action
from hpcls.analysis.effects import Effect
from hpcls.analysis.flow import is_scalar
from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.dependences import NestDependences
from hpcls.analysis.verdict import Verdict
from hpcls.syntax.loops import induction_of
from hpcls.syntax.statements import Block, Declare, Jump, Loop, Statement, walk

_MOST_STATEMENTS = 40
_HARMLESS = (Effect.PURE, Effect.READS, Effect.WRITES, Effect.ALLOCATION)


def free_statements(model: UnitModel, verdict: Verdict, nest: NestDependences) -> tuple[Statement, ...]:
    """The statements that would be parallel in a loop of their own; empty if none or all of them would."""
    body = verdict.loop.statement.body
    statements = body.statements if isinstance(body, Block) else ()
    stuck = any(isinstance(part, (Jump, Declare)) for part in statements) or verdict.loop.jumps
    has_skips = any(isinstance(part, Jump) for part in walk(body))
    if stuck or has_skips or not 2 <= len(statements) <= _MOST_STATEMENTS:
        return ()
    graph = _Graph(model, verdict, nest, statements)
    free = tuple(statement for index, statement in enumerate(statements) if graph.is_free(index))
    return free if len(free) < len(statements) else ()


class _Graph:
    """The statements of one loop, and which have to come after which."""

    def __init__(
        self, model: UnitModel, verdict: Verdict, nest: NestDependences, statements: tuple[Statement, ...]
    ) -> None:
        self._statements = statements
        self._after: dict[int, set[int]] = {index: set() for index in range(len(statements))}
        self._carried: set[tuple[int, int]] = set()
        self._unknown: set[int] = set()
        self._add_dependences(nest)
        self._add_order(model, verdict)
        self._add_scalars(model, verdict)

    def is_free(self, index: int) -> bool:
        """Whether no chain of dependences leads from the statement back to it over an earlier iteration."""
        group = {other for other in self._reached(index) if index in self._reached(other)} | {index}
        inside = any(source in group and sink in group for source, sink in self._carried)
        return not inside and not group & self._unknown

    def _at(self, offset: int) -> int | None:
        found = (k for k, statement in enumerate(self._statements) if statement.start <= offset < statement.end)
        return next(found, None)

    def _add_dependences(self, nest: NestDependences) -> None:
        level = len(nest.levels) - 1
        for dependence in nest.dependences:
            source, sink = self._at(dependence.source.access.offset), self._at(dependence.sink.access.offset)
            if source is not None and sink is not None and any(one.carrier == level for one in dependence.vectors):
                self._after[source].add(sink)
                self._carried.add((source, sink))
        for left, right in nest.undecided:
            self._unknown.update(one for one in (self._at(left.offset), self._at(right.offset)) if one is not None)

    def _add_order(self, model: UnitModel, verdict: Verdict) -> None:
        """What touches one variable in one iteration stays in order."""
        touched: dict[str, list[tuple[int, bool]]] = {}
        for index, access in self._accesses(model, verdict):
            touched.setdefault(access.place.key, []).append((index, access.is_write))
        for mine in touched.values():
            for source, writes in mine:
                self._after[source].update(sink for sink, also in mine if source < sink and (writes or also))

    def _add_scalars(self, model: UnitModel, verdict: Verdict) -> None:
        """A scalar that one statement sets for another keeps both in one loop; a counter of a loop inside does not."""
        key = model.variables.key
        inner = [induction_of(part) for part in walk(verdict.loop.statement.body) if isinstance(part, Loop)]
        counters = {key(one.variable, one.offset) for one in inner if one}
        written = set(model.flows.iteration(verdict.loop.statement).written) - counters
        users: dict[str, set[int]] = {}
        for index, access in self._accesses(model, verdict):
            if is_scalar(access) and access.place.key in written:
                users.setdefault(access.place.key, set()).add(index)
        for mine in users.values():
            for index in mine:
                self._after[index] |= mine
        for sited in model.inside(verdict.loop.statement):
            index = self._at(sited.event.offset)
            if isinstance(sited.event, Action) and sited.event.effect not in _HARMLESS and index is not None:
                self._unknown.add(index)

    def _accesses(self, model: UnitModel, verdict: Verdict) -> Iterator[tuple[int, Access]]:
        for sited in model.inside(verdict.loop.statement):
            index = self._at(sited.event.offset)
            if isinstance(sited.event, Access) and index is not None:
                yield index, sited.event

    def _reached(self, index: int) -> set[int]:
        found: set[int] = set()
        pending = [index]
        while pending:
            new = self._after[pending.pop()] - found
            found |= new
            pending.extend(new)
        return found
