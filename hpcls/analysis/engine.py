"""The verdict on every loop of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from hpcls.analysis.accesses import Access, Action
from hpcls.analysis.accessors import Accessors
from hpcls.analysis.array_reductions import array_reductions, perhaps_reduced
from hpcls.analysis.bindings import bound_elsewhere
from hpcls.analysis.budget import A_BYTE, A_GUARD, A_LOOP, AN_EVENT, TOO_MUCH, Budget
from hpcls.analysis.certainty import Certainty
from hpcls.analysis.classes import Objects
from hpcls.analysis.containers import clashing_elements
from hpcls.analysis.doubts import Doubts
from hpcls.analysis.effects import Effect
from hpcls.analysis.elsewhere import Elsewhere
from hpcls.analysis.filled_rows import beyond_rows
from hpcls.analysis.forms import Forms
from hpcls.analysis.guarded_updates import GuardedUpdates, guarded_updates
from hpcls.analysis.memory import MemoryDependences
from hpcls.analysis.model import UnitModel
from hpcls.analysis.openmp.thread_numbers import answers_of_threads
from hpcls.analysis.private_arrays import perhaps_private, private_arrays
from hpcls.analysis.program import Program
from hpcls.analysis.ranges import why_not_shared_out
from hpcls.analysis.reference_parameters import referred_apart
from hpcls.analysis.rows import outside_rows
from hpcls.analysis.scalars import ScalarClasses
from hpcls.analysis.summarise import Summaries
from hpcls.analysis.throwing import RangeChecks
from hpcls.analysis.variables import Variables, spelling
from hpcls.analysis.verdict import Finding, Outcome, Verdict
from hpcls.analysis.volatile import volatile_accesses
from hpcls.analysis.written_behind import written_behind_pointers
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.directives import PlacedDirective, directives_in
from hpcls.syntax.expressions import names_in
from hpcls.syntax.functions import Functions
from hpcls.syntax.loops import LoopFacts, loops_in
from hpcls.syntax.macros import Macros
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Loop
from hpcls.syntax.units import units

_DEEPEST_NEST = 20
"""Loops around a loop that is still analysed: code that people write stays far below."""
_CALLS = {
    Effect.OUTPUT: "{} reads or writes a stream: the order of iterations would show",
    Effect.STATE: "{} keeps state between calls",
    Effect.EXIT: "{} may end the program",
    Effect.UNKNOWN: "it is not known what {} does",
}


@dataclass(frozen=True)
class LoopAnalysis:
    """One loop's verdict, and the unit that it was reached in."""

    verdict: Verdict
    model: UnitModel
    beside: UnitModel | None = None
    """The unit by what its own file says, where the verdict was reached with other files in view."""

    @property
    def alone(self) -> UnitModel:
        """The unit by what its own file says: one for all its loops."""
        return self.beside or self.model


def analyse(
    source: Source, scopes: ScopeTree, at: int | None = None, elsewhere: Elsewhere | None = None
) -> tuple[tuple[LoopAnalysis, ...], tuple[int, ...]]:
    """A verdict for each loop of `source`, in source order, and the offsets of code nested too deeply to be read.

    With `at` only for the loops of the function, or of the code outside of any, that the byte belongs to.  Functions
    of which `source` does not say what they do are looked for in `elsewhere`.
    """
    variables = Variables(source, scopes)
    found: list[LoopAnalysis] = []
    too_deep: list[int] = []
    functions = Functions(source)
    accessors = Accessors(functions, variables, Macros(source, scopes))
    budget = Budget()
    summaries = Summaries(functions, variables, accessors, budget)
    program = Program(elsewhere, variables) if elsewhere else None
    directives = {one.start: one for one in directives_in(source)}
    for plain in units(source, at):
        if at is not None and not plain.body.start <= at < plain.body.end:
            continue
        unit = plain
        try:
            unit = replace(plain, body=accessors.expanded(plain.body))
            found.extend(_unit(UnitModel(source, unit, variables, summaries.of, budget), directives, program))
        except RecursionError:
            too_deep.append(unit.body.start)
        if unit.is_too_deep:
            too_deep.append(unit.body.start)
    return tuple(sorted(found, key=lambda one: one.verdict.loop.statement.start)), tuple(too_deep)


def _unit(
    model: UnitModel, directives: Mapping[int, PlacedDirective], program: Program | None
) -> Iterator[LoopAnalysis]:
    body = model.unit.body
    doubts = Doubts(model, directives)
    is_read = model.budget.spend(A_BYTE * (body.end - body.start))
    for loop in loops_in(model.unit):
        found = LoopAnalysis(_judged(model, loop, doubts, is_read=is_read), model)
        yield _looked_farther(found, directives, program) if program else found


def _looked_farther(found: LoopAnalysis, directives: Mapping[int, PlacedDirective], program: Program) -> LoopAnalysis:
    """`found`, or where it hangs on calls out of view what can be said once other files are in view."""
    model, loop = program.model(found.model, found.verdict), found.verdict.loop
    if model is None or not model.budget.spend(_cost(model, loop)):
        return found
    doubts = Doubts(model, directives)
    return LoopAnalysis(_settled(model, loop, doubts, _judge(model, loop, doubts)), model, found.model)


def _judged(model: UnitModel, loop: LoopFacts, doubts: Doubts, *, is_read: bool) -> Verdict:
    if loop.depth >= _DEEPEST_NEST:
        return _gave_up(loop, f"it is the {loop.depth + 1}th loop of a nest")
    if is_read and model.budget.spend(_cost(model, loop)):
        return _settled(model, loop, doubts, _judge(model, loop, doubts))
    return _gave_up(loop, TOO_MUCH)


def _settled(model: UnitModel, loop: LoopFacts, doubts: Doubts, found: Verdict) -> Verdict:
    """`found`, or where macros may be set elsewhere what holds with the numbers that the file gives them.

    A dependence has to be there with each of them; independence may rest on the only one, as an assumption.
    """
    if found.outcome is Outcome.INDEPENDENT or not model.variants:
        return found
    if not model.budget.spend(len(model.variants) * _cost(model, loop)):
        return found.undecided
    verdicts = [_judge(one, loop, doubts) for one in model.variants]
    outcomes = {one.outcome for one in verdicts}
    if outcomes == {Outcome.DEPENDENT}:
        return found if found.outcome is Outcome.DEPENDENT else verdicts[0]
    if outcomes == {Outcome.INDEPENDENT} and len(verdicts) == 1:
        given = [f"{name} is {values[0].text}" for name, values in model.unsettled.items()]
        return replace(verdicts[0], assumptions=(*verdicts[0].assumptions, *given))
    return found.undecided


def _cost(model: UnitModel, loop: LoopFacts) -> int:
    inside = model.inside(loop.statement)
    return A_LOOP + AN_EVENT * len(inside) + A_GUARD * sum(len(sited.guards) for sited in inside)


def _gave_up(loop: LoopFacts, why: str) -> Verdict:
    finding = Finding(loop.statement.start, f"{why}: gave up", False)
    return Verdict(loop, Outcome.UNKNOWN, (), (finding,), ())


def _judge(model: UnitModel, loop: LoopFacts, doubts: Doubts) -> Verdict:
    forms = Forms(model, loop.statement)
    certainty = Certainty(loop.statement, forms, partial(doubts.concern, loop.statement))
    objects = Objects(model, loop.statement.body)
    scalars = ScalarClasses(model, loop, certainty)
    guarded = guarded_updates(model, forms)
    memory = MemoryDependences(model, loop, forms, certainty, guarded.keys)
    reduced = array_reductions(model, forms, memory.clashing)
    private = private_arrays(model, forms, memory.clashing - reduced.keys)
    left = memory.clashing - reduced.keys - private.keys()
    perhaps = perhaps_private(model, forms, left) | perhaps_reduced(model, forms, left)
    if reduced.keys or private or perhaps:
        doubtful = Certainty(loop.statement, forms, partial(doubts.concern, loop.statement, removable=perhaps))
        memory = MemoryDependences(model, loop, forms, doubtful, reduced.keys | private.keys() | guarded.keys)
    checks = RangeChecks(model, loop.statement)
    findings = [
        *_form(model, loop),
        *_jumps(loop),
        *_obstacles(model, loop, guarded),
        *_actions(model, loop),
        *_storage(model, loop),
        *volatile_accesses(model, loop),
        *_counter(model, loop),
        *(_call(at, effect, what) for at, effect, what in objects.calls),
        *scalars.findings,
        *memory.findings,
        *(Finding(at, why, False) for at, why in clashing_elements(model, loop.statement.body)),
        *(Finding(at, why, False) for at, why in bound_elsewhere(model, loop.statement.body)),
        *outside_rows(model, loop, forms),
        *beyond_rows(model, loop, forms),
        *written_behind_pointers(model, loop),
        *checks.findings,
    ]
    findings.sort(key=lambda finding: (not finding.dependence, finding.offset))
    findings += _bounds(loop, forms)
    outcome = Outcome.INDEPENDENT
    if findings:
        outcome = Outcome.DEPENDENT if findings[0].dependence else Outcome.UNKNOWN
    operators = [f"the operators of {kind} touch only their operands" for kind in objects.assumed]
    stated = (text for one in (memory, scalars, reduced, checks, guarded) for text in one.assumptions)
    apart = referred_apart(model, loop.statement)
    called = (*answers_of_threads(model, loop.statement), *model.assumptions(loop.statement))
    assumptions = dict.fromkeys((*stated, *apart, *operators, *called))
    arrays = (*reduced.scalars, *private.values())
    classes = (*(s for s in scalars.scalars if s.name not in {one.name for one in arrays}), *arrays)
    return Verdict(loop, outcome, classes, tuple(findings), tuple(assumptions))


def _form(model: UnitModel, loop: LoopFacts) -> Iterator[Finding]:
    reason = why_not_shared_out(model, loop.statement)
    if reason:
        yield Finding(loop.statement.start, reason, False)
    elif loop.induction is None:
        yield Finding(loop.statement.start, "the number of iterations is not known when the loop starts", False)


def _bounds(loop: LoopFacts, forms: Forms) -> Iterator[Finding]:
    """The number of iterations is fixed before the first one (OpenMP 5.2, 4.4.1: lb, b and incr are invariant)."""
    induction = loop.induction
    if induction is None:
        return
    values = (induction.lower, induction.upper, induction.step_expression)
    if not all(forms.is_invariant(value) for value in values if value is not None):
        message = "its bounds or its step are no values that surely stay the same while it runs"
        yield Finding(loop.statement.start, message, False)


def _counter(model: UnitModel, loop: LoopFacts) -> Iterator[Finding]:
    """Steps of a floating-point counter may name one element twice."""
    induction = loop.induction
    symbol = model.variables.symbol(model.variables.key(induction.variable, induction.offset)) if induction else None
    if symbol and not symbol.pointers and symbol.type_text in ("float", "double", "long double"):
        yield Finding(loop.statement.start, f"{symbol.name} counts in {symbol.type_text}", False)


def _jumps(loop: LoopFacts) -> Iterator[Finding]:
    for jump in loop.jumps:
        yield Finding(jump.start, f"{jump.kind} leaves the loop before its end", False)


def _obstacles(model: UnitModel, loop: LoopFacts, guarded: GuardedUpdates) -> Iterator[Finding]:
    for offset, what in model.obstacles:
        if loop.statement.start <= offset < loop.statement.end:
            yield Finding(offset, f"{what} stands in the loop", False)
    for start, _, what in model.synchronised:
        if loop.statement.start <= start < loop.statement.end and start not in guarded.starts:
            yield Finding(start, f"{what} already synchronises the iterations here", False)


def _storage(model: UnitModel, loop: LoopFacts) -> Iterator[Finding]:
    """Variables whose storage is not what their scope says: one in every thread, or one for all iterations."""
    start, end = loop.statement.start, loop.statement.end
    for key, touching in model.touched(loop.statement).items():
        if _is_plain(model, key):
            continue
        first: dict[bool, Access] = {}
        for sited in touching:
            if isinstance(sited.event, Access) and start <= sited.event.offset < end:
                first.setdefault(sited.event.is_write, sited.event)
        whys = ((one.offset, _odd_storage(model, loop.statement, key, one)) for one in first.values())
        found = next(((at, why) for at, why in whys if why), None)
        if found:
            yield Finding(*found, False)


def _is_plain(model: UnitModel, key: str) -> bool:
    """Whether the storage is as its scope says at the first look: so it nearly always is."""
    symbol = model.variables.symbol(key)
    is_own = model.variables.meanings.is_thread_local(spelling(key), symbol)
    return not is_own and (symbol is None or not (symbol.storage or symbol.reference))


def _odd_storage(model: UnitModel, loop: Loop, key: str, access: Access) -> str | None:
    """What is to be said of the storage that `access` names; None if it is as its scope says."""
    symbol, name = model.variables.symbol(key), spelling(key)
    if model.variables.meanings.is_thread_local(name, symbol):
        return f"{name} is thread-local: every thread would see another variable"
    if symbol and loop.start <= symbol.start < loop.end and _keeps_its_value(model, symbol, access):
        kind = "static" if "static" in symbol.storage else "extern"
        return f"{name} is {kind}: it keeps its value between iterations"
    if access.is_write and _is_unbound(model, key):
        return f"{name} is a reference, and it is not known to what"
    return None


def _keeps_its_value(model: UnitModel, symbol: Symbol, access: Access) -> bool:
    """Whether a static variable is written, or the first iteration that gets there decides on its value."""
    if symbol.storage.isdisjoint(("static", "extern")):
        return False
    given = (one.value for one in model.definitions.of(access.place.key) if one.offset == symbol.start)
    names = frozenset[str]().union(*(names_in(value) for value in given if value is not None))
    return access.is_write or any(model.variables.constant(model.variables.key(n, symbol.start)) is None for n in names)


def _is_unbound(model: UnitModel, key: str) -> bool:
    """Whether the variable is a local reference that no readable declaration binds: `auto &[b] = pair;`."""
    symbol, body = model.variables.symbol(key), model.unit.body
    is_local = symbol is not None and symbol.kind == "variable" and body.start <= symbol.start < body.end
    if symbol is None or not is_local or not symbol.reference:
        return False
    return all(one.offset != symbol.start for one in model.definitions.of(key))


def _actions(model: UnitModel, loop: LoopFacts) -> Iterator[Finding]:
    seen: set[str] = set()
    for sited in model.actions(loop.statement):
        event = sited.event
        if isinstance(event, Action) and event.what not in seen:
            seen.add(event.what)
            if event.effect in _CALLS:
                yield _call(event.offset, event.effect, event.what)


def _call(offset: int, effect: Effect, what: str) -> Finding:
    callee = what if effect is Effect.UNKNOWN else None
    return Finding(offset, _CALLS[effect].format(what), False, callee=callee)
