"""The tests on the way to a place inside a loop, each with the outcome that leads there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.syntax.expressions import Binary, Expression, Unary
from hpcls.syntax.statements import Block, If, Jump, Loop, Statement, Switch, parts

Loops = tuple[Loop, ...]


@dataclass(frozen=True)
class Guard:
    """A test, the outcome that leads on, and the loops around it."""

    test: Expression
    outcome: bool
    loops: Loops


def guards_to(offset: int, root: Loop, around: Loops) -> Iterator[Guard | Switch]:
    """The guards between `root`, which is inside `around`, and the statement at `offset` in its body.

    A switch ends them: its labels lead past the tests inside.
    """
    loops = (*around, root)
    statement: Statement | None = root.body
    while statement is not None:
        if isinstance(statement, Switch):
            yield statement
            return
        if isinstance(statement, Block):
            yield from _skips(statement, offset, loops)
        inner = next((part for part in parts(statement) if part.start <= offset < part.end), None)
        if isinstance(statement, Loop) and inner is statement.body:
            loops = (*loops, statement)
        if isinstance(statement, If) and inner is not None and inner is not statement.initial:
            yield from _conjuncts(Guard(statement.test, inner is statement.then, loops))
        statement = inner


def _skips(block: Block, offset: int, loops: Loops) -> Iterator[Guard]:
    """`if (test) continue;` before the place: the test has failed there."""
    for statement in block.statements:
        if statement.end > offset:
            return
        if isinstance(statement, If) and statement.otherwise is None and _jumps(statement.then):
            yield from _conjuncts(Guard(statement.test, False, loops))


def _jumps(statement: Statement) -> bool:
    while isinstance(statement, Block) and statement.statements:
        statement = statement.statements[-1]
    return isinstance(statement, Jump)


def _conjuncts(guard: Guard) -> Iterator[Guard]:
    """Tests that all have the outcome given, so that one of them may be understood where another is not."""
    pending = [(guard.test, guard.outcome)]
    while pending:
        current, outcome = pending.pop()
        match current:
            case Unary(operator="!", operand=operand):
                pending.append((operand, not outcome))
            case Binary(operator=operator, left=left, right=right) if operator == ("&&" if outcome else "||"):
                pending += [(right, outcome), (left, outcome)]
            case _:
                yield Guard(current, outcome, guard.loops)
