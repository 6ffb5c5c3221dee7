"""A model that says what a test tells it, so that what hpcls makes of an opinion does not depend on any training."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hpcls.inference.constraint import Constraint
from hpcls.inference.places import data_folder
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.asking import Advice
from hpcls.suggest.remembered import Remembered
from hpcls.tokens.pieces import Pieces

NO_DIRECTIVE = "<none> <end>"
DIRECTIVE = "parallel for <end>"


class Scripted(Advisor):
    """Gives one answer to every question, as sure of it as it is told to be."""

    def __init__(self, answer: str, probability: float = 1.0) -> None:
        self.pieces = Pieces.load(data_folder("tokenizer"))
        self.remembered = Remembered[Advice]()
        self.asked: list[str] = []
        """The prompts."""
        self._answer = tuple(answer.split())
        self._probability = probability

    def ask(
        self, prompt: Sequence[str], constraint: Constraint, cancelled: Callable[[], bool] = lambda: False
    ) -> Advice:
        """The answer, which the constraint has to take.  Raises HpclsError where it does not."""
        del cancelled
        self.asked.append(" ".join(prompt))
        for token in self.pieces.encode(self._answer):
            constraint.advance(token)
        assert constraint.is_done
        return Advice(self._answer, (self._probability, *[1.0] * (len(self._answer) - 1)), 0, 1)
