"""How much a loop computes: iterations times operations, the inner loops' included.

The estimate is that of static cost models for parallelisation (Sarkar, Determining Average Program Execution Times,
PLDI 1989): each operation has a fixed cost, each statement counts as often as the loops around it run, and branches
count as if they were taken.
"""

from __future__ import annotations

from collections.abc import Callable

from hpcls.suggest.directive.trips import Trips
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import (
    Assign,
    Binary,
    Call,
    Conditional,
    Dereference,
    Expression,
    Member,
    Step,
    Subscript,
    Unary,
)
from hpcls.syntax.statements import Loop, Statement

_CALL = 20
"""Operations of a call: an exponential or a sine costs about so much in current mathematical libraries."""


def work_of_iteration(loop: Loop, trips: Trips, is_meant: Callable[[Statement], bool] = lambda _: True) -> int:
    """Operations of one iteration of `loop`, each at most about a nanosecond, in the statements that are meant."""
    total = 0
    for statement, inner in with_inner_loops(loop):
        if not is_meant(statement):
            continue
        times = 1
        for one in inner:
            times *= trips.of(one).count
        total += times * sum(map(operations, statements.expressions_of(statement)))
    return total


def with_inner_loops(loop: Loop) -> list[tuple[Statement, tuple[Loop, ...]]]:
    """Every statement of the body with the loops around it inside of `loop`, the statement itself included."""
    found: list[tuple[Statement, tuple[Loop, ...]]] = []
    pending: list[tuple[Statement, tuple[Loop, ...]]] = [(loop.body, ())]
    while pending:
        statement, inner = pending.pop()
        inner = (*inner, statement) if isinstance(statement, Loop) else inner
        found.append((statement, inner))
        pending.extend((part, inner) for part in statements.parts(statement))
    return found


def operations(expression: Expression) -> int:
    """Arithmetic, accesses of memory and calls; plain variables are in registers."""
    return sum(map(_cost, expressions.walk(expression)))


def _cost(part: Expression) -> int:
    match part:
        case Call():
            return _CALL
        case Binary() | Unary() | Step() | Conditional() | Subscript() | Dereference() | Member(arrow=True):
            return 1
        case Assign(operator=operator):
            return 0 if operator == "=" else 1
        case _:
            return 0
