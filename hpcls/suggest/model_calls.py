"""The MPI calls that a model would write, whichever form it is asked in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hpcls.suggest.advise_mpi import Leaning, calls_in
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.answer import LONGEST_PROGRAM, answer_mpi
from hpcls.suggest.prompt import spans_of
from hpcls.suggest.prompt.code import Span
from hpcls.suggest.published.advisor import TextAdvisor
from hpcls.suggest.published.mpi import written_calls
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source

if TYPE_CHECKING:
    from hpcls.suggest.loading import AnyAdvisor

SURE = 0.7
"""How likely a call has to be by what the model itself says to be taken into account, where nothing was chosen for the
model: its line, its function and all of its arguments together."""
MOST_FUNCTIONS = 20
"""Of one file that a model is asked about: the last ones, since `main` comes after what it calls."""
_USES = re.compile(rb"\bMPI_\w|\bmain\s*\(")


def model_calls(
    advisor: AnyAdvisor,
    source: Source,
    span: Span,
    scopes: ScopeTree,
    leaning: Leaning,
) -> tuple[PlacedCall, ...]:
    """The calls that are missing from the function at the bytes `span`, by rising line; published models have their own
    leaning."""
    if isinstance(advisor, TextAdvisor):
        return written_calls(advisor, source, span, scopes)
    return calls_in(advisor, source, span, scopes, leaning)


def sure_calls(advisor: AnyAdvisor, source: Source) -> tuple[PlacedCall, ...]:
    """The calls that the model is sure of, in functions that use MPI and in `main`, by line."""
    scopes = scopes_of(source)
    asked = [span for span in spans_of(source) if _USES.search(source.data, *span)][-MOST_FUNCTIONS:]
    rules = answer_mpi(source.text, source.language) if len(source.data) < LONGEST_PROGRAM else ()
    found = (call for span in asked for call in model_calls(advisor, source, span, scopes, Leaning(rules)))
    calibration = advisor.calibration
    least = calibration("MPI call", calibration.threshold("MPI call", SURE))
    return tuple(sorted((call for call in found if call.confidence >= least), key=lambda call: call.line))
