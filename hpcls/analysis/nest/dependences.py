"""Every dependence between the accesses in one loop, over all loops of its nest, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hpcls.analysis.accesses import Access
from hpcls.analysis.forms import Forms
from hpcls.analysis.memory import is_shared_memory
from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.conditions import TRUE
from hpcls.analysis.nest.executions import Executions, Level, Nest
from hpcls.analysis.nest.isl import Solver, answer
from hpcls.analysis.nest.pair import NotAffineError, Pair
from hpcls.analysis.nest.vectors import Vector, vectors
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Role, Verdict
from hpcls.syntax.statements import Loop

Kind = Literal["flow", "anti", "output"]
_MOST_PAIRS = 400

Loops = tuple[Loop, ...]


@dataclass(frozen=True)
class Happening:
    """An access and the iterations in which it happens."""

    access: Access
    executions: Executions


@dataclass(frozen=True)
class Dependence:
    """`source` happens before `sink` and touches the same memory, in another iteration of the nest."""

    kind: Kind
    source: Happening
    sink: Happening
    vectors: tuple[Vector, ...]
    is_shown: bool
    """Whether it surely exists for some sizes and data; otherwise it may."""

    @property
    def pair(self) -> Pair:
        """The two as one question."""
        return Pair(self.source.executions, self.sink.executions, TRUE)


@dataclass(frozen=True)
class NestDependences:
    """What carries from iteration to iteration of a loop and of those around it."""

    levels: tuple[Level, ...]
    """The loops, outermost first, of which the last is the loop asked about."""
    dependences: tuple[Dependence, ...]
    undecided: tuple[tuple[Access, Access], ...]
    """Accesses that may meet as well: their subscripts are not affine, or the question was given up."""


def nest_dependences(model: UnitModel, verdict: Verdict) -> NestDependences:
    """The dependences between accesses in the loop of `verdict`, over the counted loops around it and itself."""
    loops = model.around(verdict.loop.statement)
    for index in range(len(loops)):
        nest = Nest(model, Forms(model, loops[index]), loops[:index])
        levels = [nest.level(loop, loops[: k + 1]) for k, loop in enumerate(loops) if k >= index]
        known = tuple(level for level in levels if level is not None)
        if len(known) == len(levels):
            return _in_nest(model, verdict, nest, known)
    return NestDependences((), (), ())


def _in_nest(model: UnitModel, verdict: Verdict, nest: Nest, levels: tuple[Level, ...]) -> NestDependences:
    happenings: dict[tuple[object, ...], Happening] = {}
    opaque: list[Access] = []
    for access, loops in _accesses(model, verdict):
        executions = nest.executions(access.offset, loops, access.place.subscripts)
        if executions is None:
            opaque.append(access)
        else:
            tests = nest.tests(access.offset)
            happenings.setdefault(_identity(access, executions, tests), Happening(access, executions))
    found, undecided = list[Dependence](), _clashes(opaque, [one.access for one in happenings.values()])
    for count, (source, sink) in enumerate(_pairs(list(happenings.values()))):
        dependence = answer(lambda solver, a=source, b=sink: _between(a, b, solver)) if count < _MOST_PAIRS else None
        if dependence is None:
            undecided.append((source.access, sink.access))
        elif dependence.vectors:
            found.append(dependence)
    return NestDependences(levels, tuple(found), tuple(undecided))


def _accesses(model: UnitModel, verdict: Verdict) -> Iterator[tuple[Access, Loops]]:
    """Those of memory that iterations share, and of scalars that carry a value; reductions are none."""
    loop = verdict.loop.statement
    carried = {scalar.name for scalar in verdict.scalars if scalar.role is Role.CARRIED}
    reduced = {scalar.name for scalar in verdict.scalars if scalar.role is Role.REDUCTION}
    for sited in model.inside(loop):
        event = sited.event
        if isinstance(event, Access):
            name = spelling(event.place.key)
            if name in carried or (name not in reduced and is_shared_memory(model, loop, event)):
                yield event, sited.loops


def _identity(access: Access, executions: Executions, tests: tuple[tuple[int, bool], ...]) -> tuple[object, ...]:
    forms = tuple(tuple(sorted(form.terms.items())) for form in executions.subscripts)
    loops = tuple(level.loop for level in executions.levels)
    return access.place.key, access.place.path, access.is_write, forms, loops, tests


def _pairs(happenings: list[Happening]) -> Iterator[tuple[Happening, Happening]]:
    for source in happenings:
        for sink in happenings:
            if _may_clash(source.access, sink.access):
                yield source, sink


def _may_clash(left: Access, right: Access) -> bool:
    same = (left.place.key, left.place.path) == (right.place.key, right.place.path)
    return same and (left.is_write or right.is_write)


def _clashes(opaque: list[Access], others: list[Access]) -> list[tuple[Access, Access]]:
    found: list[tuple[Access, Access]] = []
    for index, one in enumerate(opaque):
        found += [(one, other) for other in (*opaque[index:], *others) if _may_clash(one, other)]
    return found[:_MOST_PAIRS]


def _between(source: Happening, sink: Happening, solver: Solver) -> Dependence | None:
    """None where the subscripts are not affine after all."""
    pair = Pair(source.executions, sink.executions, TRUE)
    kind: Kind = "output" if source.access.is_write and sink.access.is_write else "flow"
    kind = kind if source.access.is_write else "anti"
    try:
        touching = pair.touching(solver)
        if touching is None:
            return None
        found = vectors(pair, touching, solver)
        shown = pair.is_shown(solver.read(pair.text([], *touching)))
    except NotAffineError:
        return None
    plain = not (source.access.is_conditional or sink.access.is_conditional)
    return Dependence(kind, source, sink, found, shown and plain)
