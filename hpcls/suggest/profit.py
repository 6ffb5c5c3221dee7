"""Whether a parallel loop would pay: threads cost microseconds, so a few cheap iterations get nothing."""

from __future__ import annotations

from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.model import UnitModel
from hpcls.analysis.variables import Variables
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import (
    Assign,
    Binary,
    Call,
    Cast,
    Dereference,
    Expression,
    Literal,
    Member,
    Name,
    Subscript,
    Unary,
)
from hpcls.syntax.loops import Induction, LoopFacts, induction_of, integer
from hpcls.syntax.statements import Block, Evaluate, Loop, Statement

_UNKNOWN_TRIPS = 10_000
"""How often a loop is taken to run whose bounds are not numbers."""
_LEAST_TRIPS = 8
_LEAST_WORK = 20_000
"""Operations, each about a nanosecond: less than this does not repay waking the threads."""
_CALL = 20


def why_not_worthwhile(facts: LoopFacts, model: UnitModel) -> str | None:
    """Why threads would not pay on this loop; None if they may."""
    trips = _trips(facts.statement, model.variables)
    if trips is not None and trips < _LEAST_TRIPS:
        return f"it runs {trips} times only"
    work = _work(facts.statement, model.variables)
    if work < _LEAST_WORK:
        return f"it does too little work for threads (about {work:,} operations)"
    if only_moves(facts.statement):
        return "it only copies, fills or allocates memory, one value an iteration: threads gain little"
    if _is_inner_of_a_nest(facts, model):
        return "it is the inner loop of a nest: threads would start and stop in every iteration of the outer one"
    return None


def has_inner_loops(loop: Loop) -> bool:
    """Whether a loop stands in `loop`."""
    return any(isinstance(part, Loop) for part in statements.walk(loop.body))


def only_moves(loop: Loop) -> bool:
    """Whether the body does nothing but store values that need no computation, allocate and free."""
    return not has_inner_loops(loop) and all(_moves(part) for part in statements.walk(loop.body))


def _moves(statement: Statement) -> bool:
    match statement:
        case Block():
            return True
        case Evaluate(expression=Assign(operator="=", value=value)):
            return _is_plain(value)
        case Evaluate(expression=Call(function=Name(name=name))):
            return effect_of(name) is Effect.ALLOCATION
        case _:
            return False


def _is_plain(value: Expression) -> bool:
    match value:
        case Cast(operand=operand) | Unary(operand=operand) | Assign(operator="=", value=operand):
            return _is_plain(operand)
        case Call(function=Name(name=name)):
            return effect_of(name) is Effect.ALLOCATION
        case _:
            return isinstance(value, (Name, Literal, Subscript, Member, Dereference))


def _trips(loop: Loop, variables: Variables) -> int | None:
    induction = induction_of(loop)
    if induction is None or not induction.step:
        return None
    lower, upper = _number(induction.lower, variables), _number(induction.upper, variables)
    if lower is None or upper is None:
        return None
    return max(0, _span(induction, lower, upper) // abs(induction.step))


def _span(induction: Induction, lower: int, upper: int) -> int:
    inclusive = 1 if induction.relation in ("<=", ">=") else 0
    return abs(upper - lower) + inclusive + abs(induction.step or 1) - 1


def _number(expression: Expression, variables: Variables) -> int | None:
    match expression:
        case Name(name=name, start=start):
            literal = variables.constant(variables.key(name, start))
            return integer(literal) if literal else None
        case Binary(operator="+" | "-" as operator, left=left, right=right):
            a, b = _number(left, variables), _number(right, variables)
            if a is None or b is None:
                return None
            return a + b if operator == "+" else a - b
        case _:
            return integer(expression)


def _work(loop: Loop, variables: Variables) -> int:
    """Operations in all iterations of `loop`, inner loops included; statements count once, however they are guarded."""
    trips = _trips(loop, variables)
    total = 0
    for statement, inner in _with_inner_loops(loop):
        times = 1
        for one in inner:
            found = _trips(one, variables)
            times *= _UNKNOWN_TRIPS if found is None else found
        total += times * sum(_operations(part) for part in statements.expressions_of(statement))
    return total * (_UNKNOWN_TRIPS if trips is None else trips)


def _with_inner_loops(loop: Loop) -> list[tuple[Statement, tuple[Loop, ...]]]:
    found: list[tuple[Statement, tuple[Loop, ...]]] = []
    pending: list[tuple[Statement, tuple[Loop, ...]]] = [(loop.body, ())]
    while pending:
        statement, inner = pending.pop()
        inner = (*inner, statement) if isinstance(statement, Loop) else inner
        found.append((statement, inner))
        pending.extend((part, inner) for part in statements.parts(statement))
    return found


def _operations(expression: Expression) -> int:
    return sum(_CALL if isinstance(part, Call) else 1 for part in expressions.walk(expression))


def _is_inner_of_a_nest(facts: LoopFacts, model: UnitModel) -> bool:
    """Whether a loop without loops inside works on what the loops around it pick: no repetition of a whole sweep."""
    if has_inner_loops(facts.statement):
        return False
    outer, counters, around = facts.parent, set[str](), list[Loop]()
    while outer is not None:
        around.append(outer.statement)
        if outer.induction:
            counters.add(model.variables.key(outer.induction.variable, outer.induction.offset))
        outer = outer.parent
    if not counters.isdisjoint(_keys(facts.statement, model.variables)):
        return True
    bounds = _bound_keys(facts, model.variables)
    return any(model.definitions.changes_in(key, loop) for loop in around for key in bounds)


def _bound_keys(facts: LoopFacts, variables: Variables) -> set[str]:
    """The variables in the bounds of a loop, its own counter apart."""
    induction = facts.induction
    ends = (induction.lower, induction.upper) if induction else ()
    parts = (part for end in ends for part in expressions.walk(end))
    return {variables.key(part.name, part.start) for part in parts if isinstance(part, Name)}


def _keys(loop: Loop, variables: Variables) -> set[str]:
    found: set[str] = set()
    for statement in statements.walk(loop):
        for part in statements.expressions_of(statement):
            found.update(variables.key(e.name, e.start) for e in expressions.walk(part) if isinstance(e, Name))
    return found
