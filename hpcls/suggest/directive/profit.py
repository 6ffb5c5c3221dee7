"""Whether threads would pay on a loop: a few cheap iterations get nothing.

Starting and joining a team costs some microseconds (Bull, Measuring Synchronisation and Scheduling Overheads in OpenMP,
EWOMP 1999, and later runs of its benchmarks), so that work worth ten times as much is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from math import prod

from tree_sitter import Node

from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.model import UnitModel
from hpcls.analysis.variables import Variables
from hpcls.suggest.directive.trips import Basis, Estimate, Trips
from hpcls.suggest.directive.work import work_of_iteration
from hpcls.suggest.legality import Site
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import (
    Assign,
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
from hpcls.syntax.loops import LoopFacts
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Block, Evaluate, If, Loop, Statement

_DECLARES = frozenset({"identifier", "function_declarator", "pointer_declarator", "reference_declarator"})
"""What stands between a function's name and its definition."""
LEAST_TRIPS = 8
LEAST_WORK = 20_000
"""Operations, each about a nanosecond: less than this does not repay waking the threads."""


def why_not_worthwhile(nest: tuple[Site, ...], trips: Trips) -> str | None:
    """Why threads would not pay on the loops of `nest` as one; None if they may."""
    facts, model = nest[0].verdict.loop, nest[0].model
    counts = [trips.of(site.verdict.loop.statement) for site in nest]
    runs = prod(one.count for one in counts)
    if runs < LEAST_TRIPS:
        return _too_few(counts[-1], runs)
    if only_moves(facts.statement):
        return "it only copies, fills or allocates memory, one value an iteration: threads gain little"
    innermost = nest[-1].verdict.loop.statement
    each = work_of_iteration(innermost, trips)
    if 2 * _work_of_one_thread(innermost, model, trips) > each:
        return "most of it is done under `omp critical`, by one thread at a time"
    work = runs * each
    if work < LEAST_WORK:
        return f"it does too little work for threads (about {work:,} operations)"
    if len(nest) == 1 and _is_inner_of_a_nest(facts, model, trips):
        return "it is the inner loop of a nest: threads would start and stop in every iteration of the outer one"
    return None


def _work_of_one_thread(loop: Loop, model: UnitModel, trips: Trips) -> int:
    """Operations of one iteration that no other thread runs meanwhile."""
    alone = [(start, end) for start, end, what in model.synchronised if what == "`omp critical`"]
    return work_of_iteration(loop, trips, lambda one: any(start <= one.start < end for start, end in alone))


def _too_few(last: Estimate, runs: int) -> str:
    match last.basis:
        case Basis.HANDFUL:
            return f"it runs a few times only, as {last.what} says"
        case Basis.EXTENT:
            return f"it runs {runs} times at most, the size of {last.what}"
        case Basis.LIMIT:
            return f"it runs {runs} times at most"
        case _:
            return f"it runs {runs} times only"


def has_inner_loops(loop: Loop) -> bool:
    """Whether a loop stands in `loop`."""
    return any(isinstance(part, Loop) for part in statements.walk(loop.body))


def _calls_loops(loop: Loop, source: Source) -> bool:
    """Whether the body calls a function of the file in which a loop stands."""
    wholes = (whole for part in statements.walk(loop.body) for whole in statements.expressions_of(part))
    calls = (part for whole in wholes for part in expressions.walk(whole) if isinstance(part, Call))
    names = {call.function.name for call in calls if isinstance(call.function, Name)}
    return any(_holds_loop(node, source) for name in names for node in _definitions(source, name))


def _definitions(source: Source, name: str) -> Iterator[Node]:
    for start in source.openings.get(name, ()):
        node = source.tree.root_node.descendant_for_byte_range(start, start + len(name))
        while node is not None and node.type in _DECLARES:
            node = node.parent
        if node is not None and node.type == "function_definition":
            yield node


def _holds_loop(function: Node, source: Source) -> bool:
    at = bisect_left(source.loops, function.start_byte, key=lambda loop: loop.start_byte)
    return at < len(source.loops) and source.loops[at].start_byte < function.end_byte


def only_moves(loop: Loop) -> bool:
    """Whether the body does nothing but store values that need no computation, allocate and free."""
    return not has_inner_loops(loop) and all(_moves(part) for part in statements.walk(loop.body))


def _moves(statement: Statement) -> bool:
    match statement:
        case Block():
            return True
        case Evaluate(expression=Assign(operator="=", target=Name(), value=expressions.Binary())):
            return False
        case Evaluate(expression=Assign(operator="=", value=value)):
            return _is_plain(value)
        case Evaluate(expression=Call(function=Name(name=name))):
            return effect_of(name) is Effect.ALLOCATION
        case If(then=then, otherwise=None):
            return all(isinstance(one, Block) or _frees(one) for one in statements.walk(then))
        case _:
            return False


def _frees(statement: Statement) -> bool:
    match statement:
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
        case expressions.Binary(operator="+" | "-", left=Name() | Literal(), right=Name() | Literal()):
            # numbering elements, `a[i] = i + 1`, is filling too
            return True
        case _:
            return isinstance(value, (Name, Literal, Subscript, Member, Dereference))


def _is_inner_of_a_nest(facts: LoopFacts, model: UnitModel, trips: Trips) -> bool:
    """Whether a loop without loops inside works on what the loops around it pick: no repetition of a whole sweep."""
    if has_inner_loops(facts.statement) or _calls_loops(facts.statement, model.source):
        return False
    outer, counters, around = facts.parent, set[str](), list[Loop]()
    while outer is not None:
        around.append(outer.statement)
        if outer.induction:
            counters.add(model.variables.key(outer.induction.variable, outer.induction.offset))
        outer = outer.parent
    if prod(trips.of(loop).count for loop in around) < LEAST_TRIPS:
        return False
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
