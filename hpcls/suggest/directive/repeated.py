"""A team that is made in each iteration of a loop around it, for iterations that are cheap and nobody knows how many:
`if` makes one only where there are enough of them (OpenMP 5.2, 3.4 and 10.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log10, prod

from hpcls.analysis.effects import Effect, effect_of
from hpcls.suggest.directive.profit import LEAST_TRIPS, LEAST_WORK
from hpcls.suggest.directive.short_lengths import short_length
from hpcls.suggest.directive.trips import Basis, Trips
from hpcls.suggest.directive.work import with_inner_loops, work_of_iteration
from hpcls.suggest.legality import Site
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Binary, Call, Expression, Literal, Member, Name, Subscript
from hpcls.syntax.loops import Induction, integer
from hpcls.syntax.openmp_text import Clause, plain
from hpcls.syntax.statements import Loop, expressions_of

_CHEAP = 1000
"""Iterations: where fewer repay a team, nearly every loop that somebody wants to be faster has them."""
_SETTLED = (Basis.KNOWN, Basis.HANDFUL, Basis.LIMIT, Basis.EXTENT)
_PLAIN = (Name, Literal, Member, Subscript, Binary)
_ARITHMETIC = ("+", "-", "*", "/", "%")


@dataclass(frozen=True)
class Condition:
    """An `if` clause and why."""

    clause: Clause
    reason: str
    short: str | None = None
    """The name that says that the loop has too few iterations anyway."""


def condition_for(nest: tuple[Site, ...], trips: Trips) -> Condition | None:
    """When the loops of `nest`, which `parallel for` shares out as one, are worth a team; None where nothing in view
    makes the team often, where they are long or short for certain, or where their iterations repay a team anyway."""
    around = _around(nest[0])
    unknown = [site for site in nest if trips.of(site.verdict.loop.statement).basis is Basis.ASSUMED]
    if len(unknown) != 1 or prod(trips.of(loop).count for loop in around) < LEAST_TRIPS:
        return None
    work = _constant_work(nest, trips)
    enough = 10 ** ceil(log10(LEAST_WORK / work)) if work else 0
    count = _count(unknown[0])
    if enough < _CHEAP or count is None:
        return None
    line = nest[0].source.line(around[0].start)
    clause = Clause("if", None, (f"{count} > {enough}",))
    induction = unknown[0].induction
    return Condition(
        clause,
        f"the team is made once for each iteration of the loop at line {line}; below about {enough:,} iterations it "
        "costs more than it gains",
        short_length(induction) if induction else None,
    )


def _around(site: Site) -> list[Loop]:
    """The loops around, innermost first."""
    found, outer = list[Loop](), site.verdict.loop.parent
    while outer is not None:
        if not _runs_once(outer.statement):
            found.append(outer.statement)
        outer = outer.parent
    return found


def _runs_once(loop: Loop) -> bool:
    """Whether it is `do … while (0)`."""
    return loop.form == "do" and isinstance(loop.test, Literal) and loop.test.text in ("0", "false")


def _constant_work(nest: tuple[Site, ...], trips: Trips) -> int | None:
    """Operations for each iteration of the loop of unknown length; None where they are not always about the same."""
    loop = nest[-1].verdict.loop.statement
    for statement, inner in with_inner_loops(loop):
        if any(trips.of(one).basis not in _SETTLED for one in inner):
            return None
        if any(_is_of_unknown_cost(part) for part in expressions_of(statement)):
            return None
    counts = (trips.of(site.verdict.loop.statement) for site in nest)
    times = prod(one.count for one in counts if one.basis is not Basis.ASSUMED)
    return times * work_of_iteration(loop, trips)


def _is_of_unknown_cost(whole: Expression) -> bool:
    calls = (part for part in expressions.walk(whole) if isinstance(part, Call))
    return any(not isinstance(one.function, Name) or effect_of(one.function.name) is not Effect.PURE for one in calls)


def _count(site: Site) -> str | None:
    """How often a loop runs, about, as an expression to be evaluated in front of it."""
    induction = site.induction
    if induction is None or induction.step not in (1, -1) or _is_a_place(site, induction):
        return None
    is_up = induction.step > 0
    low, high = (induction.lower, induction.upper) if is_up else (induction.upper, induction.lower)
    low, high = _without_offset(low), _without_offset(high)
    if not _is_arithmetic(low) or not _is_arithmetic(high):
        return None
    if integer(low) is not None:
        return _text(site, high)
    below = _text(site, low)
    return f"{_text(site, high)} - {f'({below})' if isinstance(low, Binary) else below}"


def _is_a_place(site: Site, induction: Induction) -> bool:
    """Whether a pointer or an iterator counts: what lies between two of them is no matter of one name."""
    symbol = site.variables.symbol(site.variables.key(induction.variable, induction.offset))
    known = symbol is None or site.variables.is_arithmetic(site.variables.key(induction.variable, induction.offset))
    return not known or (symbol is not None and symbol.pointers > 0)


def _without_offset(bound: Expression) -> Expression:
    """`n` of `n - 1`: one more or less is nothing to a threshold."""
    match bound:
        case Binary(operator="+" | "-", left=left, right=Literal()):
            return left
        case _:
            return bound


def _is_arithmetic(bound: Expression) -> bool:
    parts = [*expressions.walk(bound)]
    is_known = all(isinstance(part, _PLAIN) for part in parts)
    return is_known and all(part.operator in _ARITHMETIC for part in parts if isinstance(part, Binary))


def _text(site: Site, bound: Expression) -> str:
    return " ".join(plain(site.source.slice(bound.start, bound.end)).split())
