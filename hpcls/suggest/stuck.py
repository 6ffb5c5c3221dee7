"""OMP020: loops that cannot be parallelised, and the words for every verdict."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hpcls.config import Settings
from hpcls.suggest.report import FileReport, LoopReport, VerdictName

VERDICTS: Mapping[VerdictName, str] = MappingProxyType({
    "independent": "its iterations may run in any order",
    "dependent": "an iteration needs what another one leaves",
    "unknown": "the analysis cannot decide",
})  # fmt: skip
MESSAGE = f"this loop cannot be parallelised: {VERDICTS['dependent']}"


def stuck_loops(report: FileReport, settings: Settings) -> list[LoopReport]:
    """The dependent loops, where the code is selected.  What an author's own directive says is for OMP010 to judge."""
    if "OMP020" not in settings.select or settings.kind == "mpi":
        return []
    return [loop for loop in report.loops if loop.verdict == "dependent" and loop.directive is None]
