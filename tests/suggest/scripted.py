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
    """Gives one answer to every question, as sure of what it chooses first as it is told to be."""

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
        """The answer, which the constraint has to take; what it forces between the words of the script is said, too.

        Raises HpclsError where it does not take it.
        """
        del cancelled
        self.asked.append(" ".join(prompt))
        said: list[str] = []
        sure: list[float] = []
        chosen = next(i for i, word in enumerate(self._answer) if not word.startswith("<L"))
        for i, word in enumerate(self._answer):
            ids = self.pieces.encode([word])
            while ids[0] not in (allowed := constraint.allowed()) and len(allowed) == 1:
                said.append(self.pieces.text(int(allowed[0]))[1:])
                sure.append(1.0)
                constraint.advance(int(allowed[0]))
            for token in ids:
                constraint.advance(token)
            said.append(word)
            sure.append(self._probability if i == chosen else 1.0)
        assert constraint.is_done
        return Advice(tuple(said), tuple(sure), 0, 1)
