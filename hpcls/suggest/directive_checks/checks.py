"""Every check of OMP010, and what they find in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hpcls.analysis.engine import LoopAnalysis
from hpcls.analysis.openmp.races import Races
from hpcls.suggest.directive_checks import (
    carried_dependence,
    collapse_depth,
    missing_names,
    reduction_operator,
    shared_scalar,
    simd_distance,
    unset_private,
)
from hpcls.suggest.directive_checks.subject import Check, Problem, Subject
from hpcls.syntax.source import Source

CHECKS: tuple[Check, ...] = (
    missing_names.check,
    shared_scalar.check,
    unset_private.check,
    reduction_operator.check,
    collapse_depth.check,
    carried_dependence.check,
    simd_distance.check,
)


def problems(source: Source, analyses: Iterable[LoopAnalysis], version: tuple[int, int]) -> Iterator[Problem]:
    """What is wrong with the directives of `source`, for OpenMP `version`."""
    analyses = tuple(analyses)
    models = dict.fromkeys(one.model for one in analyses)
    verdicts = {one.verdict.loop.statement: one.verdict for one in analyses}
    for model in models:
        races = Races(model)
        for construct in races.constructs.all:
            subject = Subject(construct, races, verdicts, source, version)
            for check in CHECKS:
                yield from check(subject)
