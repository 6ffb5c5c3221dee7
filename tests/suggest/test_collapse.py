"""Loops that may run as one, against brute force: no two iterations of a nest that `collapse` would take meet.

Random small programs, their nests made perfect, are run; every iteration of the innermost loop is one of the collapsed
loop's.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome
from hpcls.suggest.directive.clauses import clauses_of
from hpcls.suggest.directive.nest import collapsible, counters_inside
from hpcls.suggest.legality import Site, why_not
from hpcls.suggest.regions import Regions
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from tests.analysis.claims import Claim, is_excluded, runs_of
from tests.analysis.generator import Generator
from tests.analysis.interpreter import Iteration, Machine, clashes
from tests.analysis.programs import (
    Assign,
    Element,
    For,
    Loop,
    Number,
    Operation,
    Program,
    Statement,
    Use,
    Variable,
    loops_with_scope,
    text_of,
)


@dataclass(frozen=True)
class Nest:
    """Loops that hpcls takes to be collapsible."""

    loops: tuple[For, ...]
    claim: Claim
    """Of the outermost."""
    private: frozenset[Variable]
    """As the clauses have it."""


def perfect(statement: Statement) -> Statement:
    """The statement with nothing but the inner loop in every loop that holds one."""
    if not isinstance(statement, For):
        return statement
    inner = next((one for one in statement.body if isinstance(one, For)), None)
    return replace(statement, body=(perfect(inner),)) if inner else statement


def nests_of(program: Program) -> Iterator[Nest]:
    """Every nest of two loops or more that would be collapsed if it were short enough."""
    source = parse(text_of(program), "program.c")
    found, _ = analyse(source, scopes_of(source))
    regions = Regions(source)
    sites = {one.verdict.loop.statement: Site(source, one.verdict, one.model, regions, (4, 5)) for one in found}
    scoped = dict(zip(sites, loops_with_scope(program), strict=True))
    for statement, site in sites.items():
        if site.verdict.outcome is not Outcome.INDEPENDENT or why_not(site):
            continue
        nest, _ = collapsible(site, sites)
        if len(nest) > 1:
            loops = [scoped[one.verdict.loop.statement][0] for one in nest]
            loop, scope = scoped[statement]
            clauses = clauses_of(site.verdict, counters_inside(nest))
            listed = {name for one in clauses if one.name in ("private", "lastprivate") for name in one.arguments}
            names = frozenset(scope[name] for name in listed)
            yield Nest(tuple(one for one in loops if isinstance(one, For)), Claim(loop, scope, site.verdict), names)


def flattened(loops: tuple[For, ...], trace: dict[Loop, list[list[Iteration]]]) -> list[list[Iteration]]:
    """The iterations of the innermost loop, by the executions of the outermost; the loops in between run once in each
    iteration of the one around them."""
    executions = trace.get(loops[-1], [])
    for outer in reversed(loops[:-1]):
        rest = iter(executions)
        executions = [[one for _ in iterations for one in next(rest)] for iterations in trace.get(outer, [])]
    return executions


def is_rectangular(loops: tuple[For, ...], trace: dict[Loop, list[list[Iteration]]]) -> bool:
    """Whether each inner loop runs equally often throughout one execution of the nest."""
    for outer, inner in itertools.pairwise(loops):
        rest = iter(trace.get(inner, []))
        for iterations in trace.get(outer, []):
            if len({len(next(rest)) for _ in iterations}) > 1:
                return False
    return True


def what_is_wrong(nest: Nest, machine: Machine) -> str | None:
    """How a run contradicts that the loops of the nest may run as one."""
    if not is_rectangular(nest.loops, machine.trace):
        return "the inner loop does not always run equally often"
    executions = flattened(nest.loops, machine.trace)
    reduced = {variable for _, variable in nest.claim.reductions}
    met = clashes(executions) - reduced - nest.private - {loop.counter for loop in nest.loops}
    met = {one for one in met if isinstance(one, Variable) or one[0].name not in nest.claim.sections}
    if met:
        return f"two iterations meet in {met}"
    for iteration in (one for execution in executions for one in execution):
        early = [v.name for v in nest.private if not iteration.first.get(v, True)]
        if early:
            return f"{early} are read before they are written"
    return None


def failures(program: Program, seed: int) -> list[str]:
    """What runs of `program` say against the nests that would be collapsed."""
    found: list[str] = []
    runs = runs_of(program, seed)
    for nest in nests_of(program):
        event(f"{len(nest.loops)} loops")
        for _, (machine, _) in runs:
            wrong = None if is_excluded(nest.claim, machine) else what_is_wrong(nest, machine)
            if wrong:
                found.append(f"{wrong}\n{text_of(program)}")
    return found


@given(st.integers(0, 2**32))
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_no_two_iterations_of_a_nest_that_may_be_collapsed_meet(seed: int) -> None:
    drawn = Generator(Random(seed)).program()
    program = replace(drawn, body=tuple(map(perfect, drawn.body)))
    assert not failures(program, seed)


def _diagonal(shift: tuple[int, int]) -> Program:
    """`for (i = 10; i < 14; i++) for (j = 10; j < 15; j++) A[i][j] = A[i - di][j - dj];`"""
    array, i, j, p = Variable("A"), Variable("i"), Variable("j"), Variable("p")
    source = Element(array, (Operation("-", Use(i), Number(shift[0])), Operation("-", Use(j), Number(shift[1]))))
    assign = Assign(Element(array, (Use(i), Use(j))), "=", source)
    inner = For(j, True, Number(10), "<", Number(15), 1, (assign,))
    outer = For(i, True, Number(10), "<", Number(14), 1, (inner,))
    return Program((), (Variable("n"), Variable("m"), p), ((array, 2, False),), (outer,))


@given(st.integers(-5, 5), st.integers(-6, 6))
def test_a_shift_forbids_collapse_exactly_if_it_stays_in_the_nest(di: int, dj: int) -> None:
    program = _diagonal((di, dj))
    is_within = (di, dj) != (0, 0) and abs(di) < 4 and abs(dj) < 5
    assert bool(list(nests_of(program))) is not is_within
    assert not failures(program, 0)


def test_the_oracle_sees_a_dependence_between_the_rows() -> None:
    """The brute force is no rubber stamp: of a nest with a diagonal dependence it says where iterations meet."""
    program = _diagonal((1, 1))
    (nest,) = nests_of(_diagonal((0, 0)))
    loops = tuple(loop for loop, _ in loops_with_scope(program) if isinstance(loop, For))
    (_, (machine, _)), *_ = runs_of(program, 0)
    wrong = what_is_wrong(replace(nest, loops=loops), machine)
    assert wrong and "meet" in wrong
