"""What would help a loop that cannot be made parallel as it stands, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.analysis.engine import LoopAnalysis
from hpcls.analysis.nest.dependences import NestDependences
from hpcls.analysis.nest.executions import Level
from hpcls.analysis.nest.scans import scan_operator
from hpcls.analysis.nest.splitting import free_statements
from hpcls.analysis.nest.swapping import frees_inner, frees_outer
from hpcls.analysis.nest.updates import atomic_updates
from hpcls.analysis.nest.vectors import Vector
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Outcome, Role
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Loop, Statement, walk

_LONGEST = 60


def remedies(
    source: Source, this: LoopAnalysis, others: tuple[LoopAnalysis, ...], nest: NestDependences
) -> tuple[str, ...]:
    """Sentences, each one thing to do; `others` are the loops of the function."""
    if this.verdict.outcome is Outcome.INDEPENDENT:
        return ()
    found = [finding.remedy for finding in this.verdict.findings if finding.remedy]
    loops = [*_other_loops(source, this, others), *_swaps(this, nest)]
    parts = [*_splits(source, this, nest), *_atomics(source, this, nest)]
    waiting = () if loops else (*_scans(this, nest), *_distances(this, nest))
    return tuple(dict.fromkeys((*found, *loops, *parts, *waiting)))


def _other_loops(source: Source, this: LoopAnalysis, others: tuple[LoopAnalysis, ...]) -> Iterator[str]:
    """Loops of the nest that are independent: the outermost around this one, else the outermost ones inside."""
    loop = this.verdict.loop.statement
    free = [one.verdict.loop for one in others if one.verdict.outcome is Outcome.INDEPENDENT]
    around = [one.statement for one in free if one.statement.start < loop.start and loop.end <= one.statement.end]
    inside = [one.statement for one in free if one.parent is this.verdict.loop or _is_in(one.statement, loop)]
    outermost = [one for one in inside if not any(_is_in(one, other) for other in inside)]
    for one in around[:1] or outermost[:1]:
        where = "around" if around else "inside"
        yield f"make the loop {where} it, at line {source.line(one.start)}, the parallel one: it is independent"


def _is_in(loop: Loop, outer: Loop) -> bool:
    return outer.start < loop.start and loop.end <= outer.end


def _swaps(this: LoopAnalysis, nest: NestDependences) -> Iterator[str]:
    induction, parent = this.verdict.loop.induction, this.verdict.loop.parent
    mine = induction.name if induction else ""
    if frees_outer(this.verdict, nest):
        inner = spelling(nest.dependences[0].pair.common[len(nest.levels)].variable)
        yield f"swap the loops over {mine} and {inner}: the one over {inner}, then outside, carries no dependence"
    elif parent and parent.induction and frees_inner(this.verdict, nest):
        outer = parent.induction.name
        yield f"swap the loops over {outer} and {mine}: the one over {outer}, then inside, carries no dependence (simd)"


def _splits(source: Source, this: LoopAnalysis, nest: NestDependences) -> Iterator[str]:
    free = free_statements(this.model, this.verdict, nest)
    if free:
        named = " and ".join(_named(source, one) for one in free[:3])
        more = f" and {len(free) - 3} more" if len(free) > 3 else ""
        need = "needs" if len(free) == 1 else "need"
        yield f"split off {named}{more}, which {need} no earlier iteration: a loop of its own can be parallel"


def _atomics(source: Source, this: LoopAnalysis, nest: NestDependences) -> Iterator[str]:
    memory_alone = all(finding.callee is None for finding in this.verdict.findings)
    carried = any(scalar.role is Role.CARRIED for scalar in this.verdict.scalars)
    if carried or not memory_alone or this.verdict.loop.jumps or this.verdict.loop.induction is None:
        return
    for one in atomic_updates(this.model, this.verdict.loop, nest)[:3]:
        yield f"put `#pragma omp atomic` above {_named(source, one)}: it only accumulates, in whatever order"


def _scans(this: LoopAnalysis, nest: NestDependences) -> Iterator[str]:
    operator = scan_operator(this.verdict.loop, nest)
    if operator and not any(scalar.role is Role.CARRIED for scalar in this.verdict.scalars):
        yield (
            f"it is a prefix {'sum' if operator == '+' else 'product'}: keep it in a scalar s, "
            f"with `reduction(inscan, {operator}: s)` and `#pragma omp scan inclusive(s)` (OpenMP 5.0)"
        )


def _distances(this: LoopAnalysis, nest: NestDependences) -> Iterator[str]:
    """What known distances allow: vectors shorter than them, and iterations that wait for those they need
    (OpenMP 5.2, 10.4.1, safelen; 15.9.6, depend with sink, for which the loops have to be a perfect nest).
    """
    level = len(nest.levels) - 1
    found = [vector for one in nest.dependences for vector in one.vectors if vector.carrier >= level]
    mine = [vector.distances[level] for vector in found if vector.carrier == level]
    known = [one for one in mine if one is not None]
    carried = any(scalar.role is Role.CARRIED for scalar in this.verdict.scalars)
    if carried or nest.undecided or not known or len(known) < len(mine):
        return
    if min(known) > 1 and not _holds_loop(this.verdict.loop.statement):
        yield f"`#pragma omp simd safelen({min(known)})`: iterations closer to each other do not depend"
    inner, levels = this.verdict.loop.only_child, nest.dependences[0].pair.common[level:]
    if inner is not None and len(levels) > 1 and all(None not in vector.distances[level:] for vector in found):
        yield f"run it as a wavefront: `ordered({len(levels)})` with `depend(sink: {_sinks(found, levels, level)})`"


def _holds_loop(loop: Loop) -> bool:
    return any(isinstance(part, Loop) for part in walk(loop.body))


def _sinks(found: list[Vector], levels: tuple[Level, ...], level: int) -> str:
    """The iterations to wait for, such as `i-1,j+1`."""

    def place(vector: Vector) -> str:
        gaps = (distance or 0 for distance in vector.distances[level:])
        moved = zip(levels, gaps, strict=True)
        names = ((spelling(one.variable), -gap * (one.step or 1)) for one, gap in moved)
        return ",".join(f"{name}{gap:+d}" if gap else name for name, gap in names)

    return ") depend(sink: ".join(dict.fromkeys(map(place, found)))


def _named(source: Source, statement: Statement) -> str:
    line = source.line(statement.start)
    text = " ".join(source.slice(statement.start, statement.end).split())
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f"line {line} (`{shown}`)"
