"""How fast a model writes, and how much of it the grammar writes: the questions of one file, each asked twice."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from hpcls.cli.options import settings_of_file
from hpcls.cli.projects import projects
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.asking import Advice
from hpcls.suggest.files import report
from hpcls.syntax.source import read_source

if TYPE_CHECKING:
    from hpcls.inference.constraint import Constraint


@dataclass(frozen=True)
class Decoding:
    """What it took to write the answers about one file, their questions read before."""

    sampled: int
    """Tokens that the model chose."""
    forced: int
    """Tokens that the grammar left no choice for."""
    seconds: float

    @property
    def tokens_per_second(self) -> float:
        """Chosen by the model; those that are forced are read together with the next of these."""
        return self.sampled / self.seconds

    @property
    def forced_share(self) -> float:
        """Of the tokens of answers."""
        return self.forced / max(1, self.sampled + self.forced)


def decoding(path: str) -> Decoding | None:
    """Of the model that the settings name; None without one, or where nothing is asked.  Raises HpclsError."""
    settings = settings_of_file(path, Namespace())
    model = Advisor.load(settings)
    if model is None:
        return None
    twice = _Twice(model)
    report(read_source(path), settings, twice, projects())
    counted = Decoding(twice.sampled, twice.forced, twice.seconds)
    return counted if counted.seconds else None


class _Twice(Advisor):
    """Asks again and counts only that: the question is read by then, but for its last token."""

    def __init__(self, model: Advisor) -> None:
        super().__init__(model.engine, model.pieces)
        self.sampled = self.forced = 0
        self.seconds = 0.0

    def ask(
        self, prompt: Sequence[str], constraint: Constraint, cancelled: Callable[[], bool] = lambda: False
    ) -> Advice:
        again = constraint.fork()
        super().ask(prompt, constraint, cancelled)
        start = perf_counter()
        answer = super().ask(prompt, again, cancelled)
        self.seconds += perf_counter() - start
        self.sampled += answer.sampled
        self.forced += answer.forced
        return answer
