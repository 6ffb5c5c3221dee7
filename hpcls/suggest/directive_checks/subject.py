"""What every check looks at, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from hpcls.analysis.model import UnitModel
from hpcls.analysis.openmp.constructs import Construct
from hpcls.analysis.openmp.executors import Kind, executor_of
from hpcls.analysis.openmp.races import Race, Races
from hpcls.analysis.openmp.regions import RegionRaces
from hpcls.analysis.variables import spelling
from hpcls.analysis.verdict import Outcome, Role, Scalar, Verdict
from hpcls.syntax.openmp_text import Clause
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Loop


@dataclass(frozen=True)
class Place:
    """An access that a problem is about."""

    offset: int
    message: str


@dataclass(frozen=True)
class Fix:
    """How the directive has to change."""

    title: str
    """What follows "Fix", such as `missing private(t)`."""
    add: tuple[Clause, ...] = ()
    remove: tuple[str, tuple[str, ...]] | None = None
    """A clause, and the variables that leave it; none: the whole clause goes."""
    assumptions: tuple[str, ...] = ()
    """What has to hold for the program to mean the same."""

    def with_all_of(self, other: Fix) -> Fix:
        """Both fixes, which take variables out of the same clause."""
        clause, names = self.remove or ("", ())
        title = f"{self.title}, {other.title.removeprefix('missing ')}"
        more = other.remove[1] if other.remove else ()
        assumed = tuple(dict.fromkeys((*self.assumptions, *other.assumptions)))
        return Fix(title, (*self.add, *other.add), (clause, (*names, *more)), assumed)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a directive."""

    construct: Construct
    message: str
    places: tuple[Place, ...]
    fix: Fix | None = None
    remedy: str | None = None
    """In words, where no edit of the directive helps."""


@dataclass(frozen=True, eq=False)
class Subject:
    """One construct with everything that is known around it."""

    construct: Construct
    races: Races
    verdicts: Mapping[Loop, Verdict]
    source: Source
    openmp_version: tuple[int, int]

    @property
    def model(self) -> UnitModel:
        """The unit that it stands in."""
        return self.races.model

    @cached_property
    def loop_races(self) -> tuple[Race, ...]:
        """Its races between iterations."""
        return tuple(self.races.across_iterations(self.construct))

    @cached_property
    def region_races(self) -> tuple[Race, ...]:
        """Its races between what threads run outside of one loop."""
        return tuple(RegionRaces(self.races, self.construct).find())

    def is_run_by_every_thread(self, offset: int) -> bool:
        """Whether the whole team of the construct, a region, runs what stands at `offset`."""
        around = self.races.constructs.around(offset)
        executor = executor_of(around[: around.index(self.construct)], self.construct)
        return executor is not None and executor.kind is Kind.EVERY

    def role(self, key: str) -> Scalar | None:
        """What the variable is to each of the construct's loops; None where that is not one thing."""
        found = [self._scalar(loop, key) for loop in self.construct.loops]
        first = found[0] if found else None
        if first is None or any(one is None or _kind(one) != _kind(first) for one in found):
            return None
        return first

    def assumptions(self, name: str) -> tuple[str, ...]:
        """What the analysis of the construct's loops takes for granted about the variable."""
        verdicts = (self.verdicts.get(loop) for loop in self.construct.loops)
        found = (assumption for verdict in verdicts if verdict for assumption in verdict.assumptions)
        return tuple(dict.fromkeys(one for one in found if re.search(rf"\b{re.escape(name)}\b", one)))

    def is_visible(self, key: str) -> bool:
        """Whether the variable's name means it where the directive stands."""
        return self.model.variables.key(spelling(key), self.construct.pragma.start) == key

    def may_be_listed(self, key: str) -> bool:
        """Whether a clause of the directive may name the variable, and a copy of it is as good as the variable."""
        variables = self.model.variables
        symbol = variables.symbol(key)
        if not self.is_visible(key):
            return False
        if symbol is None:
            return self.model.unit.is_fragment
        if symbol.kind not in ("variable", "parameter") or symbol.dimensions or symbol.reference:
            return False
        return self.source.language == "c" or bool(symbol.pointers) or variables.is_arithmetic(key) is True

    def without_vain_fix(self, problem: Problem) -> Problem:
        """`problem`, without its fix where the outermost loop would still not be one to deal out: then no clause helps,
        and a directive that is as wrong as before must not look mended.
        """
        if problem.fix is None or not self.construct.shares_iterations:
            return problem
        verdicts = (self.verdicts.get(loop) for loop in self.construct.loops[:1])
        shown = (one for found in verdicts if found and found.outcome is Outcome.DEPENDENT for one in found.findings)
        left = next((one for one in shown if one.dependence), None)
        if left is None:
            return problem
        remedy = f"{problem.fix.title.removeprefix('missing ')} would not be enough: take the directive away"
        return replace(problem, fix=None, places=(*problem.places, Place(left.offset, left.message)), remedy=remedy)

    def _scalar(self, loop: Loop, key: str) -> Scalar | None:
        verdict = self.verdicts.get(loop)
        scalars = verdict.scalars if verdict else ()
        variables = self.model.variables
        return next((one for one in scalars if variables.key(one.name, one.offset) == key), None)

    def text(self, start: int, end: int) -> str:
        """Source text on one line."""
        return " ".join(self.source.slice(start, end).split())


Check = Callable[[Subject], Iterator[Problem]]


def clause_for(scalar: Scalar) -> Clause | None:
    """The clause that the role of `scalar` asks for."""
    if scalar.role is Role.REDUCTION:
        return Clause("reduction", scalar.operator, (scalar.name + scalar.section,))
    if scalar.role in (Role.PRIVATE, Role.FIRSTPRIVATE, Role.LASTPRIVATE):
        return Clause(scalar.role.value, None, (scalar.name,))
    return None


def _kind(scalar: Scalar) -> tuple[Role, str | None]:
    return scalar.role, scalar.operator
