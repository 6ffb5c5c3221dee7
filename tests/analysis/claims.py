"""What a verdict claims of a small program, held against runs of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from random import Random

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome, Role, Verdict
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from tests.analysis.interpreter import BUDGET, Classes, Iteration, Location, Machine, Undefined, before, clashes
from tests.analysis.programs import For, Loop, Program, Variable, loops_inside, loops_with_scope, text_of

_INPUTS = ((3, 4), (6, 2), (1, 7), (0, 3), (7, 5))
_LARGE_RUNS = 40
"""More of them with larger values: some dependences need more iterations than those inputs lead to."""
_LARGE_BUDGET = 400_000
_PATHS = 8


Runs = list[tuple[dict[Variable, int], tuple[Machine, dict[Location, int]]]]


@dataclass(frozen=True)
class Claim:
    """A loop with its verdict and the variables in view."""

    loop: Loop
    scope: dict[str, Variable]
    verdict: Verdict

    def variables(self, role: Role) -> frozenset[Variable]:
        """The scalars that a clause has to name."""
        return frozenset(self.scope[name] for name in self.verdict.names(role) if name in self.scope)

    @property
    def private_arrays(self) -> frozenset[str]:
        """The arrays of which every iteration has its own."""
        return frozenset(self.verdict.names(Role.PRIVATE)) - self.scope.keys()

    @property
    def reductions(self) -> tuple[tuple[str, Variable], ...]:
        """(operator, variable) of every scalar that is reduced; `set ||` where it is assumed to hold 0 or 1."""
        found = [(operator, name) for operator, name in self.verdict.reductions if name in self.scope]
        assumed = self.verdict.assumptions
        return tuple(
            (f"set {operator}" if f"{name} holds 0 or 1 before the loop" in assumed else operator, self.scope[name])
            for operator, name in found
        )

    @property
    def sections(self) -> dict[str, str]:
        """The arrays into which only sums are added, with the section that a clause names."""
        reduced = (s for s in self.verdict.scalars if s.role is Role.REDUCTION and s.name not in self.scope)
        return {scalar.name: scalar.section for scalar in reduced}


@dataclass(frozen=True)
class Failure:
    """A verdict that a run contradicts."""

    program: Program
    claim: Claim
    what: str

    def __str__(self) -> str:
        verdict = self.claim.verdict
        scalars = ", ".join(f"{s.name}: {s.role}{f' ({s.operator})' if s.operator else ''}" for s in verdict.scalars)
        findings = "".join(f"\n  {f.message}" for f in verdict.findings)
        text = text_of(self.program)
        line = text.encode()[: verdict.loop.statement.start].count(b"\n") + 1
        return f"{text}\nline {line}: {verdict.outcome}; {scalars}{findings}\n{verdict.assumptions}\n→ {self.what}"


def claims_of(program: Program) -> list[Claim]:
    """The verdict on every loop of `program`."""
    source = parse(text_of(program), "program.c")
    assert not source.tree.root_node.has_error, source.text
    analyses, _ = analyse(source, scopes_of(source))
    found: list[Claim] = []
    for (loop, scope), one in zip(loops_with_scope(program), analyses, strict=True):
        own = {loop.counter.name: loop.counter} if isinstance(loop, For) else {}
        found.append(Claim(loop, scope | own, one.verdict))
    return found


def inputs(program: Program, seed: int) -> list[dict[Variable, int]]:
    """Values of the parameters and globals, a few times."""
    return [_values(program, n, m, Random(f"{seed} {index}"), 7) for index, (n, m) in enumerate(_INPUTS)]


def _values(program: Program, n: int, m: int, random: Random, end: int) -> dict[Variable, int]:
    names = {v.name: v for v in program.parameters}
    values = {v: random.randrange(-3, end) for v in (*program.parameters, *program.globals)}
    return values | {names["n"]: n, names["m"]: m, names["p"]: max(values[names["p"]], n)}


def failures(program: Program, seed: int) -> list[Failure]:
    """Every verdict on `program` that its runs contradict."""
    runs = runs_of(program, seed)
    found = [(claim, contradiction(program, claim, runs, seed)) for claim in claims_of(program)]
    return [Failure(program, claim, what) for claim, what in found if what]


def runs_of(program: Program, seed: int) -> Runs:
    """Runs with the inputs for which `program` has a meaning."""
    runs = [(values, _run(program, values, seed)) for values in inputs(program, seed)]
    return [(values, run) for values, run in runs if run]


def contradiction(program: Program, claim: Claim, runs: Runs, seed: int) -> str | None:
    """How `runs` contradict the verdict; None if they do not."""
    match claim.verdict.outcome:
        case Outcome.INDEPENDENT:
            return _not_independent(program, claim, runs, seed)
        case Outcome.DEPENDENT if len(runs) == len(_INPUTS):
            return _not_dependent(program, claim, runs, seed)
        case _:
            return None


def _run(
    program: Program,
    values: dict[Variable, int],
    seed: int,
    classes: Classes | None = None,
    paths: Random | None = None,
    *,
    budget: int = BUDGET,
) -> tuple[Machine, dict[Location, int]] | None:
    machine = Machine(program, values, seed, classes, paths, budget=budget)
    try:
        return machine, machine.run()
    except Undefined:
        return None


def _not_independent(program: Program, claim: Claim, runs: Runs, seed: int) -> str | None:
    assert isinstance(claim.loop, For), "a while loop has no fixed iterations"
    for values, (machine, memory) in runs:
        if is_excluded(claim, machine):
            continue
        executions = machine.trace.get(claim.loop, [])
        shared = {place for place in clashes(executions) if not isinstance(place, Variable)}
        left_out = _left_out(claim, machine)
        if left_out:
            return left_out
        shared = {cell for cell in shared if cell[0].name not in claim.private_arrays | claim.sections.keys()}
        if shared:
            return f"two iterations meet in {_shown(shared)}"
        late = _read_first(claim, executions)
        if late:
            return f"{late.name} is read before it is written"
        what = _order_matters(program, claim, values, memory, seed)
        if what:
            return what
    return None


def _left_out(claim: Claim, machine: Machine) -> str | None:
    """An element that iterations add to and that the section of its array, as the loop begins, does not hold."""
    starts = machine.before.get(claim.loop, [])
    for iterations, values in zip(machine.trace.get(claim.loop, []), starts, strict=True):
        names = {name: values[variable] for name, variable in claim.scope.items() if variable in values}
        for cell in clashes([iterations]):
            section = None if isinstance(cell, Variable) else claim.sections.get(cell[0].name)
            if section is not None and not _is_in_section(section, cell, names):
                return f"the section {section} of {_shown({cell})} leaves it out"
    return None


def _is_in_section(section: str, cell: Location, names: dict[str, int]) -> bool:
    """Whether the element is in `[first:length]`; no section is the whole array."""
    if not section or isinstance(cell, Variable):
        return True
    first, length = (eval(part or "0", {}, names) for part in section[1:-1].split(":"))
    return first <= cell[2][-1] < first + length


def is_excluded(claim: Claim, machine: Machine) -> bool:
    """Whether an assumption of the verdict does not hold in a run: of what the loop leaves as it is, before it."""
    steady = {scalar.name for scalar in claim.verdict.scalars if scalar.role in (Role.SHARED, Role.FIRSTPRIVATE)}
    before = [one for values in machine.before.get(claim.loop, []) for one in values.items()]
    held = {(variable.name, value) for variable, value in before if variable.name in steady}
    text = " ".join(claim.verdict.assumptions)
    terms = re.findall(r"(\S+)(?: \+ (\d+))? is not 0", text)
    return any((name, -int(added or 0)) in held for product, added in terms for name in product.split("*"))


def _read_first(claim: Claim, executions: list[list[Iteration]]) -> Variable | None:
    private = claim.variables(Role.PRIVATE) | claim.variables(Role.LASTPRIVATE)
    for iterations in executions:
        for iteration in iterations:
            for variable in private - {claim.loop.counter if isinstance(claim.loop, For) else None}:
                if not iteration.first.get(variable, True):
                    return variable
            for place, is_written_first in iteration.first.items():
                if not isinstance(place, Variable) and place[0].name in claim.private_arrays and not is_written_first:
                    return place[0]
    return None


def _order_matters(
    program: Program, claim: Claim, values: dict[Variable, int], memory: dict[Location, int], seed: int
) -> str | None:
    assert isinstance(claim.loop, For)
    private, first, last = (claim.variables(r) for r in (Role.PRIVATE, Role.FIRSTPRIVATE, Role.LASTPRIVATE))
    shuffled = Random(seed)
    orders: dict[str, Callable[[list[int]], list[int]]] = {
        "reversed": lambda counts: counts[::-1],
        "shuffled": lambda counts: shuffled.sample(counts, len(counts)),
    }
    for name, order in orders.items():
        other = _run(program, values, seed, Classes(claim.loop, private, first, last, claim.reductions, order))
        if other is None:
            return f"{name}: a value is read that was never given"
        places = memory.keys() | other[1].keys()
        different = {p for p in places if memory.get(p, before(p, seed)) != other[1].get(p, before(p, seed))}
        if different:
            return f"{name}, with { ({v.name: x for v, x in values.items()}) }: other values in {_shown(different)}"
    return None


def _not_dependent(program: Program, claim: Claim, runs: Runs, seed: int) -> str | None:
    removed: set[Location] = {variable for _, variable in claim.reductions}
    removed |= claim.variables(Role.PRIVATE) | claim.variables(Role.LASTPRIVATE)
    executions = [execution for _, (machine, _) in runs for execution in machine.trace.get(claim.loop, [])]
    if all(len(iterations) < 2 for iterations in executions) or clashes(executions) - removed:
        return None
    if isinstance(claim.loop, For) and any(claim.loop.counter in one.written for it in executions for one in it):
        return None
    if not all(_runs(inner, runs) for inner in loops_inside(claim.loop)):
        return None
    for values, _ in runs:
        for path in range(_PATHS):
            # tests of data may come out any way: a dependence may need data that no input here holds
            run = _run(program, values, path, paths=Random(path))
            if run is None or clashes(run[0].trace.get(claim.loop, [])) - removed:
                return None
    if any(_meets(program, claim, removed, Random(f"{seed} {attempt}")) for attempt in range(_LARGE_RUNS)):
        return None
    return "no two iterations meet in any run"


def _meets(program: Program, claim: Claim, removed: set[Location], random: Random) -> bool:
    """Whether a run with larger values, and data that decide at random, has a clash; or no meaning."""
    values = _values(program, random.randrange(2, 40), random.randrange(2, 40), random, 40)
    paths = random if random.random() < 0.5 else None
    run = _run(program, values, random.randrange(99), paths=paths, budget=_LARGE_BUDGET)
    return run is None or bool(clashes(run[0].trace.get(claim.loop, [])) - removed)


def _runs(loop: Loop, runs: Runs) -> bool:
    return any(iterations for _, (machine, _) in runs for iterations in machine.trace.get(loop, []))


def _shown(places: Set[Location]) -> str:
    names = [place.name if isinstance(place, Variable) else f"{place[0].name}{place[2]}" for place in places]
    return ", ".join(sorted(names)[:5])


def clashing_names(program: Program, loop: Loop, runs: Runs) -> frozenset[str] | None:
    """The variables and arrays in which two iterations of `loop` meet in some run, tests of data coming out any way;
    None where the inputs do not let the whole loop run.
    """
    executions = [execution for _, (machine, _) in runs for execution in machine.trace.get(loop, [])]
    if len(runs) < len(_INPUTS) or all(len(iterations) < 2 for iterations in executions):
        return None
    if not all(_runs(inner, runs) for inner in loops_inside(loop)):
        return None
    found = clashes(executions)
    for values, _ in runs:
        for path in range(_PATHS):
            run = _run(program, values, path, paths=Random(path))
            if run is None:
                return None
            found |= clashes(run[0].trace.get(loop, []))
    return frozenset(place.name if isinstance(place, Variable) else place[0].name for place in found)
