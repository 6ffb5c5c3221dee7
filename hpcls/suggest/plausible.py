"""OMP001 where the analysis cannot decide: it stops at calls of functions that it does not see, and a model is sure.

A loop in which anything else is unknown (an index array, a value carried along, a jump) is left alone: the model knows
what people write, not what is safe.
"""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.analysis.verdict import Verdict
from hpcls.suggest.advise_openmp import sensible
from hpcls.suggest.counsel import Counsel
from hpcls.suggest.grammar.openmp import OpenmpChoice
from hpcls.suggest.prompt.code import CodePrompt

SURE = 0.95
"""How likely a directive has to be by what the model itself says, where none was chosen for the model."""


@dataclass(frozen=True)
class Opinion:
    """What the model thinks of a loop."""

    says: float
    """How likely it finds that an author makes it parallel, 0 to 1."""
    parallel: float
    """What that means: calibrated."""
    is_sure: bool
    """Whether it says that one does."""


def opinion(counsel: Counsel, verdict: Verdict) -> Opinion | None:
    """What the model thinks of a loop; None where it cannot be asked."""
    found = counsel.directive(verdict, _yes_or_no)
    if found is None:
        return None
    says = found.probability if found.directive else 1 - found.probability
    calibration = counsel.calibration
    return Opinion(says, calibration("directive", says), says >= calibration.threshold("directive", SURE))


def _yes_or_no(code: CodePrompt, verdict: Verdict) -> OpenmpChoice:
    """Only whether there is one: which clauses it needs is for the analysis to say."""
    return OpenmpChoice(sensible(code, verdict).directives, allow_none=True)


def assumptions(verdict: Verdict, proved: tuple[str, ...]) -> tuple[str, ...]:
    """What has to hold for a loop with calls that are not seen, besides what the proof takes for granted."""
    calls = (f"calls of {name} touch nothing that other iterations use" for name in verdict.undecided_calls)
    return (*proved, *calls)
