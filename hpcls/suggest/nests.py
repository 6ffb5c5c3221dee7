"""The dependences of the loop at a place, over the whole nest, and the iterations that they connect."""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.analysis.accesses import Access
from hpcls.analysis.engine import LoopAnalysis, analyse
from hpcls.analysis.forms import Forms
from hpcls.analysis.nest.dependences import Dependence, NestDependences, nest_dependences
from hpcls.analysis.nest.executions import Level, Nest
from hpcls.analysis.nest.space import IterationSpace, iteration_space
from hpcls.analysis.variables import spelling
from hpcls.suggest.nest_report import ArrowNote, DependenceNote, End, NestLoop, NestReport, SpaceNote, VectorNote
from hpcls.suggest.remedies import remedies
from hpcls.syntax.headers.view import in_view
from hpcls.syntax.loops import induction_of
from hpcls.syntax.range_for import sequence_of
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Loop, walk

_LONGEST = 60


@dataclass(frozen=True)
class NestAt:
    """The nest of the loop `this`, which stands with `others` in one function."""

    source: Source
    this: LoopAnalysis
    others: tuple[LoopAnalysis, ...]
    nest: NestDependences

    def report(self) -> NestReport:
        """Its loops, dependences and remedies."""
        source, nest = self.source, self.nest
        return NestReport(
            tuple(_loop(source, level.loop, level.variable) for level in nest.levels),
            tuple(sorted((_note(source, one) for one in nest.dependences), key=_order)),
            tuple((_end(source, left), _end(source, right)) for left, right in nest.undecided),
            remedies(source, self.this, self.others, nest),
        )

    def space(self) -> SpaceNote | None:
        """The iteration space of the loop with the one around it, or the one inside; None where its bounds are too
        complicated to draw.
        """
        found = iteration_space(self.nest, _inner(self))
        return _space_note(self.source, found) if found else None


def nest_at(source: Source, line: int, column: int, build_path: str | None = None) -> NestAt | None:
    """The nest of the loop that begins at a place, lines and columns 1-based; None where no loop does.

    Only the function around it is analysed.
    """
    offset = source.offset(line, column)
    view = in_view(source, scopes_of(source), build_path)
    analyses, _ = analyse(view.source, view.scopes, offset)
    this = next((one for one in analyses if one.verdict.loop.statement.start == offset), None)
    return NestAt(source, this, analyses, nest_dependences(this.model, this.verdict)) if this else None


def nest_report(source: Source, line: int, column: int, build_path: str | None = None) -> NestReport | None:
    """What is to be said of the nest at a place; None where no loop begins there."""
    found = nest_at(source, line, column, build_path)
    return found.report() if found else None


def space_at(source: Source, line: int, column: int, build_path: str | None = None) -> SpaceNote | None:
    """The iteration space to be drawn for a place; None where no loop begins there, or it is too complicated."""
    found = nest_at(source, line, column, build_path)
    return found.space() if found else None


def _inner(found: NestAt) -> Level | None:
    """The first counted loop right inside the one asked about."""
    loop, model = found.this.verdict.loop.statement, found.this.model
    root = found.nest.levels[0].loop if found.nest.levels else loop
    around = model.around(root)
    nest = Nest(model, Forms(model, root), around[:-1])
    inside = (part for part in walk(loop.body) if isinstance(part, Loop) and model.around(part)[-2] is loop)
    levels = (nest.level(part, model.around(part)) for part in inside)
    return next((level for level in levels if level), None)


def _loop(source: Source, loop: Loop, variable: str) -> NestLoop:
    name = spelling(variable)
    induction = induction_of(loop)
    if induction is None:
        return NestLoop(source.line(loop.start), name, name)
    sequence = sequence_of(loop)
    if sequence is not None:
        return NestLoop(source.line(loop.start), name, f"{name} in {_text(source, sequence.start, sequence.end)}")
    lower = _text(source, induction.lower.start, induction.lower.end)
    upper = _text(source, induction.upper.start, induction.upper.end)
    start = "<=" if induction.relation in ("<", "<=") or (induction.step or 0) > 0 else ">="
    stride = "" if induction.step in (1, -1) else f", step {induction.step if induction.step else '?'}"
    return NestLoop(source.line(loop.start), name, f"{lower} {start} {name} {induction.relation} {upper}{stride}")


def _note(source: Source, dependence: Dependence) -> DependenceNote:
    names = tuple(spelling(level.variable) for level in dependence.pair.common)
    vectors = tuple(VectorNote(one.directions, one.distances, names[one.carrier]) for one in dependence.vectors)
    ends = (_end(source, dependence.source.access), _end(source, dependence.sink.access))
    return DependenceNote(dependence.kind, *ends, names, vectors, dependence.is_shown)


def _order(note: DependenceNote) -> tuple[int, int, int]:
    return ("flow", "anti", "output").index(note.kind), note.source.line, note.sink.line


def _arrow_order(arrow: ArrowNote) -> tuple[int, int, int]:
    return _order(arrow.dependence)


def _end(source: Source, access: Access) -> End:
    line = source.line(access.offset)
    return End(line, _text(source, access.offset, access.end), source.line_text(line).strip())


def _text(source: Source, start: int, end: int) -> str:
    return " ".join(source.slice(start, end).split())[:_LONGEST]


def _space_note(source: Source, space: IterationSpace) -> SpaceNote:
    return SpaceNote(
        tuple(_loop(source, axis.level.loop, axis.level.variable) for axis in space.axes),
        tuple(axis.is_cut for axis in space.axes),
        space.points,
        tuple(sorted((ArrowNote(_note(source, one.dependence), one.ends) for one in space.arrows), key=_arrow_order)),
        tuple((spelling(name.strip("()")), value) for name, value in space.sizes),
    )
