"""A published model that writes its answer as text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from hpcls.inference.artefact import Task
from hpcls.inference.constraint_text import TextConstraint, TextPieces
from hpcls.inference.grammar import Grammar
from hpcls.suggest.asking import Asking
from hpcls.suggest.remembered import Remembered

if TYPE_CHECKING:
    from hpcls.config import Settings
    from hpcls.inference.artefact import Artefact
    from hpcls.inference.engine import Engine
    from hpcls.tokens.byte_pairs import BytePairs

_ROOM = 128
"""Tokens that an answer needs at least."""


@dataclass(frozen=True)
class Written:
    """An answer."""

    end: Grammar
    """The place behind its last word."""
    tokens: tuple[tuple[int, float], ...]
    """Where each begins, in characters of the answer, and its probability among all that the grammar allowed there."""
    is_cut_off: bool
    """Whether it had become too long, and was ended the shortest way."""

    def probability(self, start: int, end: int) -> float:
        """Of the tokens that begin with the characters `start:end`, together."""
        return prod(probability for at, probability in self.tokens if start <= at < end)


class TextAdvisor(Asking):
    """A model and its vocabulary."""

    def __init__(self, engine: Engine, pieces: BytePairs) -> None:
        super().__init__(engine)
        self.pieces = pieces
        self._text_pieces = TextPieces(pieces)
        self._written = Remembered[Written | None]()
        self._scores = Remembered[list[float] | None]()

    @staticmethod
    def load(artefact: Artefact, pieces: BytePairs, settings: Settings) -> TextAdvisor:
        """A model on the device that `settings` name.  Raises ModelError where it is broken or cannot run there."""
        from hpcls.inference.engine import Engine  # noqa: PLC0415 (it starts ONNX Runtime)

        return TextAdvisor(Engine.load(artefact, settings.device, settings.threads), pieces)

    def is_asked(self, task: Task) -> bool:
        """Whether it was trained for `task`."""
        return task in self.engine.artefact.tasks

    def write(
        self,
        prompt: str,
        choice: Hashable,
        grammar: Callable[[], Grammar],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Written | None:
        """The likeliest answer of a grammar whose words are bytes; None where the prompt leaves too little room.

        Remembered for the same prompt and `choice`, which stands for all that `grammar` allows.  Raises Cancelled.
        """
        return self._written.answer((prompt, choice), lambda: self._write(prompt, grammar(), cancelled))

    def _write(self, prompt: str, grammar: Grammar, cancelled: Callable[[], bool]) -> Written | None:
        ids = self.pieces.encode(prompt)
        if len(ids) > self.engine.capacity - _ROOM:
            return None
        constraint = TextConstraint(grammar, self._text_pieces)
        answer = self.generate(ids, constraint, cancelled)
        tokens: list[tuple[int, float]] = []
        at = 0
        for token, probability in zip(answer.ids, answer.probabilities, strict=True):
            tokens.append((at, probability))
            at += len(self._text_pieces.text(token))
        return Written(constraint.grammar, tuple(tokens), answer.is_closed)

    def score(self, prompt: str, answers: Sequence[str]) -> list[float] | None:
        """The log-likelihood (natural) of each of `answers`; None where the prompt leaves too little room."""
        return self._scores.answer((prompt, tuple(answers)), lambda: self._score(prompt, answers))

    def _score(self, prompt: str, answers: Sequence[str]) -> list[float] | None:
        ids, candidates = self.pieces.encode(prompt), [self.pieces.encode(answer) for answer in answers]
        if len(ids) + max(map(len, candidates)) > self.engine.capacity:
            return None
        with self.lock:
            return self.engine.score(ids, candidates)
