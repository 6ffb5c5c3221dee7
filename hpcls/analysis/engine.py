"""The verdict on every loop of a file."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.accesses import Action
from hpcls.analysis.effects import Effect
from hpcls.analysis.forms import Forms
from hpcls.analysis.memory import MemoryDependences
from hpcls.analysis.model import UnitModel, in_loop
from hpcls.analysis.scalars import ScalarClasses
from hpcls.analysis.variables import Variables
from hpcls.analysis.verdict import Finding, Outcome, Verdict
from hpcls.syntax.loops import LoopFacts, loops_in
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source
from hpcls.syntax.units import Unit, units

_CALLS = {
    Effect.OUTPUT: "{} reads or writes a stream: the order of iterations would show",
    Effect.STATE: "{} keeps state between calls",
    Effect.EXIT: "{} may end the program",
    Effect.UNKNOWN: "it is not known what {} does",
}


def analyse(source: Source, scopes: ScopeTree) -> tuple[Verdict, ...]:
    """A verdict for each loop of `source`, in source order."""
    variables = Variables(source, scopes)
    found = [verdict for unit in units(source) for verdict in _unit(source, unit, variables)]
    return tuple(sorted(found, key=lambda verdict: verdict.loop.statement.start))


def _unit(source: Source, unit: Unit, variables: Variables) -> Iterator[Verdict]:
    model = UnitModel(source, unit, variables)
    for loop in loops_in(unit):
        try:
            yield _judge(model, loop)
        except RecursionError:
            gave_up = Finding(loop.statement.start, "nested too deeply: gave up", False)
            yield Verdict(loop, Outcome.UNKNOWN, (), (gave_up,), ())


def _judge(model: UnitModel, loop: LoopFacts) -> Verdict:
    scalars = ScalarClasses(model, loop)
    memory = MemoryDependences(model, loop, Forms(model, loop.statement))
    findings = [*_form(loop), *_jumps(loop), *_obstacles(model, loop), *_actions(model, loop), *scalars.findings, *memory.findings]
    findings.sort(key=lambda finding: (not finding.dependence, finding.offset))
    outcome = Outcome.INDEPENDENT
    if findings:
        outcome = Outcome.DEPENDENT if findings[0].dependence else Outcome.UNKNOWN
    assumptions = dict.fromkeys((*memory.assumptions, *scalars.assumptions))
    return Verdict(loop, outcome, scalars.scalars, tuple(findings), tuple(assumptions))


def _form(loop: LoopFacts) -> Iterator[Finding]:
    if loop.statement.form == "range-for":
        yield Finding(loop.statement.start, "a range-based for is not analysed yet", False)
    elif loop.induction is None:
        yield Finding(loop.statement.start, "the number of iterations is not known when the loop starts", False)


def _jumps(loop: LoopFacts) -> Iterator[Finding]:
    for jump in loop.jumps:
        yield Finding(jump.start, f"{jump.kind} leaves the loop before its end", False)


def _obstacles(model: UnitModel, loop: LoopFacts) -> Iterator[Finding]:
    for offset, what in model.obstacles:
        if loop.statement.start <= offset < loop.statement.end:
            yield Finding(offset, f"{what} stands in the loop", False)


def _actions(model: UnitModel, loop: LoopFacts) -> Iterator[Finding]:
    seen: set[str] = set()
    for sited in model.sited:
        event = sited.event
        if isinstance(event, Action) and in_loop(sited, loop.statement) and event.what not in seen:
            seen.add(event.what)
            message = _CALLS.get(event.effect)
            if message:
                yield Finding(event.offset, message.format(event.what), False)
