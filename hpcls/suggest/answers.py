"""The forced answers of `hpcls evaluate`: by the analysis alone, by the model alone, or by both.

There is no veto here; what is offered to users comes from `files`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hpcls.analysis.engine import analyse
from hpcls.suggest.advise_mpi import Leaning
from hpcls.suggest.advise_openmp import anything
from hpcls.suggest.advise_scoping import scoped
from hpcls.suggest.answer import answer_loop, parse_loop
from hpcls.suggest.model_calls import model_calls
from hpcls.suggest.mpi.drafted import added
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.answer import answer_mpi
from hpcls.suggest.prompt import code_prompt
from hpcls.suggest.published.advisor import TextAdvisor
from hpcls.suggest.published.openmp import written_directive
from hpcls.syntax.openmp_text import Directive, render
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

if TYPE_CHECKING:
    from hpcls.suggest.loading import AnyAdvisor

Way = Literal["analysis", "model", "both"]

_BUDGET = 1_000
"""Words of a loop in a question."""
_LEAST = 0.1
"""Below this a call of the model alone is no answer: where nothing fits, the grammar still makes it say something."""
_LIKELY = 0.5
"""The same for a call besides those of the rules."""
_LEANING = Leaning(least=0.2)
"""With which the model alone does best on the tune and test repositories: it is asked for what is missing."""


def loop_by(way: Way, code: str, advisor: AnyAdvisor | None) -> str:
    """The directive for the first loop of `code`, such as `parallel for private(i, j)`.

    The model alone is asked without facts, and may name every variable of the loop in every clause.  By both it is the
    analysis' answer: whichever clauses a model was allowed to drop or add, it was as often wrong as right
    (docs/experiments.md).
    """
    if advisor is None or way != "model":
        return answer_loop(code)
    source = parse_loop(code)
    scopes = scopes_of(source)
    analyses, _ = analyse(source, scopes)
    if not analyses:
        return answer_loop(code)
    prompt = code_prompt(source, (0, len(source.data)), scopes, _BUDGET)
    verdict = analyses[0].verdict
    choice = anything(prompt, verdict)
    if isinstance(advisor, TextAdvisor):
        found = written_directive(advisor, source, verdict, choice, prompt.names) or Directive("parallel for", None, ())
    else:
        found = scoped(advisor, prompt, verdict, choice)
    return render(found).removeprefix("#pragma omp ") if found else answer_loop(code)


def program_by(way: Way, code: str, advisor: AnyAdvisor | None) -> tuple[PlacedCall, ...]:
    """The calls that are missing from the program `code`, by line.

    By both: those of the rules, and what the model would add to a text that has them.
    """
    if advisor is None or way == "analysis":
        return answer_mpi(code)
    if way == "model":
        return _calls_of_model(advisor, code, _LEANING, _LEAST)

    def more(text: str) -> tuple[PlacedCall, ...]:
        return _calls_of_model(advisor, text, Leaning(answer_mpi(text)), _LIKELY)

    return added(code, answer_mpi(code), more)


def _calls_of_model(advisor: AnyAdvisor, code: str, leaning: Leaning, least: float) -> tuple[PlacedCall, ...]:
    """Those of the whole program that are at least so likely."""
    source = parse(code, "program.c", "c")
    asked = model_calls(advisor, source, (0, len(source.data)), scopes_of(source), leaning)
    return tuple(call for call in asked if call.confidence >= least)
