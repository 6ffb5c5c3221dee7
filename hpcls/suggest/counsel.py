"""A model asked about one file: a prompt is built once for each function."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from hpcls.analysis.verdict import Verdict
from hpcls.inference.calibration import Calibration
from hpcls.suggest.advise_openmp import Advised, advise
from hpcls.suggest.grammar.openmp import OpenmpChoice
from hpcls.suggest.prompt import CodePrompt, code_prompt, spans_of
from hpcls.suggest.prompt.code import Span
from hpcls.suggest.published.advisor import TextAdvisor
from hpcls.suggest.published.openmp import agreement
from hpcls.syntax.openmp_text import Clause
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source

if TYPE_CHECKING:
    from hpcls.suggest.loading import AnyAdvisor  # starting ONNX Runtime takes longer than most questions

LOOP_BUDGET = 512
"""Words of code in a question about a loop, as in training."""
MOST_QUESTIONS = 100
"""About the loops of one file: some ten seconds on two cores.  What is left is answered as without a model."""


class Counsel:
    """What a model says about the loops of one version of one file."""

    def __init__(
        self, advisor: AnyAdvisor, source: Source, scopes: ScopeTree, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        self._advisor = advisor
        self._source = source
        self._scopes = scopes
        self._cancelled = cancelled
        self._prompts: dict[Span, CodePrompt] = {}
        self._left = MOST_QUESTIONS

    @property
    def calibration(self) -> Calibration:
        """What the model's probabilities mean."""
        return self._advisor.calibration

    def directive(self, verdict: Verdict, choose: Callable[[CodePrompt, Verdict], OpenmpChoice]) -> Advised | None:
        """The directive for a loop among what `choose` leaves; None where the loop does not fit into a prompt, the
        model knows only loops that have one, or it has been asked enough about this file."""
        if isinstance(self._advisor, TextAdvisor) or not self._may_ask():
            return None
        loop = verdict.loop.statement
        code = self._prompt((loop.start, loop.end))
        return advise(self._advisor, code, verdict, choose(code, verdict), self._cancelled)

    def agreement(self, verdict: Verdict, clauses: Sequence[Clause]) -> float | None:
        """How likely an author who puts a directive on a loop writes these clauses; None where the model was not taught
        to say so by itself, or has been asked enough about this file."""
        if not isinstance(self._advisor, TextAdvisor) or not self._may_ask():
            return None
        return agreement(self._advisor, self._source, verdict, clauses)

    def _may_ask(self) -> bool:
        self._left -= 1
        return self._left >= 0

    def _prompt(self, loop: Span) -> CodePrompt:
        span = self._span(loop[0])
        whole = self._prompts.get(span)
        if whole is None:
            whole = self._prompts[span] = code_prompt(self._source, span, self._scopes, LOOP_BUDGET)
        if whole.is_whole:
            return whole
        return code_prompt(self._source, span, self._scopes, LOOP_BUDGET, focus=loop)

    def _span(self, offset: int) -> Span:
        """The function around a byte; a fragment from there on outside of any."""
        at = bisect_right(self._spans, (offset, len(self._source.data) + 1)) - 1
        if at >= 0 and self._spans[at][0] <= offset < self._spans[at][1]:
            return self._spans[at]
        following = [start for start, _ in self._spans if start > offset]
        before = [end for _, end in self._spans if end <= offset]
        return max(before, default=0), min(following, default=len(self._source.data))

    @cached_property
    def _spans(self) -> tuple[Span, ...]:
        return spans_of(self._source)
