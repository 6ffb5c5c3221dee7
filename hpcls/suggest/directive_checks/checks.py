"""Every check of OMP010, and what they find in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hpcls.analysis.accessors import Accessors
from hpcls.analysis.budget import A_BYTE, A_LOOP, A_NEIGHBOUR, Budget
from hpcls.analysis.engine import LoopAnalysis
from hpcls.analysis.model import UnitModel
from hpcls.analysis.openmp.constructs import Construct
from hpcls.analysis.openmp.races import Races
from hpcls.analysis.summarise import Summaries
from hpcls.analysis.variables import Variables
from hpcls.suggest.directive_checks import (
    carried_dependence,
    collapse_depth,
    early_nowait,
    lost_in_task,
    lost_private,
    missing_names,
    reduction_operator,
    shared_in_region,
    shared_scalar,
    simd_distance,
    task_races,
    unset_private,
)
from hpcls.suggest.directive_checks.subject import Check, Problem, Subject
from hpcls.syntax.directives import directives_in
from hpcls.syntax.functions import Functions
from hpcls.syntax.macros import Macros
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source
from hpcls.syntax.units import loopless_units

CHECKS: tuple[Check, ...] = (
    missing_names.check,
    shared_scalar.check,
    shared_in_region.check,
    unset_private.check,
    lost_private.check,
    reduction_operator.check,
    collapse_depth.check,
    carried_dependence.check,
    simd_distance.check,
    early_nowait.check,
    task_races.check,
    lost_in_task.check,
)


@dataclass(frozen=True)
class Checked:
    """What is wrong with the directives of a file."""

    problems: tuple[Problem, ...]
    given_up: tuple[Construct, ...]
    """Those that were not looked at: there is more in the file than is analysed."""


def checked(source: Source, scopes: ScopeTree, analyses: Sequence[LoopAnalysis], version: tuple[int, int]) -> Checked:
    """What is wrong with the directives of `source`, for OpenMP `version`; `analyses` are those of its loops."""
    variables = analyses[0].alone.variables if analyses else Variables(source, scopes)
    budget = analyses[0].alone.budget if analyses else Budget()
    models = dict.fromkeys((*(one.alone for one in analyses), *_without_loops(source, scopes, variables, budget)))
    directives = {one.start: one for one in directives_in(source)}
    verdicts = {one.verdict.loop.statement: one.verdict for one in analyses}
    found: list[Problem] = []
    given_up: list[Construct] = []
    for model in models:
        races = Races(model, directives)
        for construct in races.constructs.all if races.constructs.is_readable else ():
            if model.budget.spend(_cost(construct, races)):
                found += _problems(Subject(construct, races, verdicts, source, version))
            else:
                given_up.append(construct)
    return Checked(tuple(found), tuple(given_up))


def _cost(construct: Construct, races: Races) -> int:
    size = construct.statement.end - construct.pragma.start
    return A_NEIGHBOUR * len(races.constructs.all) + A_LOOP + A_BYTE * size


def _problems(subject: Subject) -> Iterator[Problem]:
    for check in CHECKS:
        yield from map(subject.without_vain_fix, check(subject))


def _without_loops(source: Source, scopes: ScopeTree, variables: Variables, budget: Budget) -> Iterator[UnitModel]:
    found = loopless_units(source)
    if not found:
        return
    functions = Functions(source)
    accessors = Accessors(functions, variables, Macros(source, scopes))
    summaries = Summaries(functions, variables, accessors, budget)
    for unit in found:
        yield UnitModel(source, replace(unit, body=accessors.expanded(unit.body)), variables, summaries.of, budget)
