"""The tests on the way to a place inside a loop, each with the outcome that leads there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from hpcls.syntax.expressions import Binary, Expression, Unary
from hpcls.syntax.record import record
from hpcls.syntax.statements import Block, Case, If, Jump, Loop, Statement, Switch, walk

Loops = tuple[Loop, ...]


@record
class Guard:
    """A test, the outcome that leads on, and the loops around it."""

    test: Expression
    outcome: bool | None
    """None where several lead on: those of a switch, those of a test that a label inside of a switch leads past."""
    loops: Loops
    branch: int
    """Where it leads on: the same for two places behind one test exactly if its outcome there is."""


class Guards:
    """The guards inside `body`, which is inside `loops`."""

    def __init__(self, body: Statement, loops: Loops) -> None:
        self._body = body
        self._loops = loops
        self._leaf, self._to_leaf = range(0), list[Guard]()
        """The last statement without others in it that was asked for: many accesses in a row stand in one."""
        self._skipping: dict[Block, list[If]] = {}
        self._labels: dict[Switch, list[int]] = {}

    @cached_property
    def _has_tests(self) -> bool:
        return any(isinstance(one, (If, Switch)) for one in walk(self._body))

    def to(self, offset: int) -> Sequence[Guard]:
        """Those on the way to the statement at `offset` in the body."""
        if self._has_tests and offset not in self._leaf:
            self._to_leaf, leaf = self._way(offset)
            self._leaf = range(0) if leaf.parts else range(leaf.start, leaf.end)
        return self._to_leaf

    def _way(self, offset: int) -> tuple[list[Guard], Statement]:
        """The guards, and the innermost statement that holds the place."""
        found: list[Guard] = []
        loops, labels = self._loops, list[list[int]]()
        statement: Statement = self._body
        while True:
            inner = _part_at(statement, offset)
            if isinstance(statement, Block):
                found += self._skips(statement, offset, loops, labels)
            elif isinstance(statement, Switch):
                own = self._labels_of(statement)
                labels.append(own)
                before = bisect_right(own, offset)
                found.append(Guard(statement.test, None, loops, own[before - 1] if before else 0))
            elif isinstance(statement, Loop) and inner is statement.body:
                loops = (*loops, statement)
            elif isinstance(statement, If) and inner is not None and inner is not statement.initial:
                outcome = None if _any_between(statement.start, statement.end, labels) else inner is statement.then
                found += _conjuncts(Guard(statement.test, outcome, loops, inner.start))
            if inner is None:
                return found, statement
            statement = inner

    def _labels_of(self, switch: Switch) -> list[int]:
        """Where the labels inside of `switch` stand, in order."""
        known = self._labels.get(switch)
        if known is None:
            found = sorted(part.start for part in walk(switch.body) if isinstance(part, Case))
            known = self._labels[switch] = found
        return known

    def _skips(self, block: Block, offset: int, loops: Loops, labels: list[list[int]]) -> Iterator[Guard]:
        """`if (test) continue;` before the place: the test has failed there."""
        known = self._skipping.get(block)
        if known is None:
            found = [s for s in block.statements if isinstance(s, If) and s.otherwise is None and _jumps(s.then)]
            known = self._skipping[block] = found
        for statement in known:
            if statement.end <= offset:
                outcome = None if _any_between(statement.start, offset, labels) else False
                yield from _conjuncts(Guard(statement.test, outcome, loops, statement.end))


def _any_between(start: int, end: int, offsets: list[list[int]]) -> bool:
    """Whether one of the rising offsets is behind `start`, and not behind `end`."""
    return any(bisect_right(one, start) < bisect_right(one, end) for one in offsets)


def _part_at(statement: Statement, offset: int) -> Statement | None:
    inside = statement.parts
    index = bisect_right(inside, offset, key=lambda part: part.start) - 1
    return inside[index] if index >= 0 and offset < inside[index].end else None


def _jumps(statement: Statement) -> bool:
    while isinstance(statement, Block) and statement.statements:
        statement = statement.statements[-1]
    return isinstance(statement, Jump)


def _conjuncts(guard: Guard) -> Iterator[Guard]:
    """Tests that all have the outcome given, so that one of them may be understood where another is not."""
    if guard.outcome is None:
        yield guard
        return
    pending = [(guard.test, guard.outcome)]
    while pending:
        current, outcome = pending.pop()
        match current:
            case Unary(operator="!", operand=operand):
                pending.append((operand, not outcome))
            case Binary(operator=operator, left=left, right=right) if operator == ("&&" if outcome else "||"):
                pending += [(right, outcome), (left, outcome)]
            case _:
                yield Guard(current, outcome, guard.loops, guard.branch)
