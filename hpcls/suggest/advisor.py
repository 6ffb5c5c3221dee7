"""A model that answers questions put in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from hpcls.config import Settings
from hpcls.inference.artefact import Artefact, find_model, open_model
from hpcls.inference.places import data_folder
from hpcls.suggest.prompt import FORMAT_VERSION
from hpcls.suggest.remembered import Remembered

if TYPE_CHECKING:
    from hpcls.inference.constraint import Constraint
    from hpcls.inference.engine import Engine
    from hpcls.inference.generate import Generation
    from hpcls.tokens.pieces import Pieces

LONGEST_ANSWER = 640
"""Tokens; a longer answer is ended the shortest way."""


NO_MODEL = "none"
"""The setting `model` of those who want the analysis alone."""


@dataclass(frozen=True)
class Advice:
    """An answer in words, and how sure the model was of each."""

    words: tuple[str, ...]
    probabilities: tuple[float, ...]
    """For each word its probability among all that the grammar allowed there."""
    forced: int
    """Tokens that the grammar left no choice for."""
    sampled: int
    is_cut_off: bool = False
    """Whether it had become too long, and was ended the shortest way."""


@dataclass
class Usage:
    """What a model was asked so far, for `hpcls bench` and for editors that show it."""

    questions: int = 0
    """Those that were answered."""
    seconds: float = 0.0
    prompt: int = 0
    """Tokens of the questions."""
    reused: int = 0
    """Those of them that the model had read already."""
    sampled: int = 0
    """Tokens of answers that the model chose."""
    forced: int = 0
    """Tokens of answers that the grammar left no choice for."""


class Advisor:
    """A model and its vocabulary; callers wait for each other."""

    def __init__(self, engine: Engine, pieces: Pieces) -> None:
        self.engine = engine
        self.pieces = pieces
        self.usage = Usage()
        self.remembered = Remembered[Advice]()
        self._lock = threading.Lock()

    @staticmethod
    def load(settings: Settings) -> Advisor | None:
        """The model that `settings` names or the default; None where hpcls came without any.

        Raises ModelError where it is broken, learnt other prompts, or cannot run on the device asked for.
        """
        found = _artefact(settings)
        if found is None:
            return None
        from hpcls.inference.engine import Engine  # noqa: PLC0415 (it starts ONNX Runtime; who wants no model need not)

        artefact, pieces = found
        return Advisor(Engine.load(artefact, settings.device, settings.threads), pieces)

    def answer(
        self,
        prompt: Sequence[str],
        choice: Hashable,
        constraint: Callable[[], Constraint],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Advice:
        """As `ask`, and not again for the same prompt and `choice`, which stands for all that `constraint` allows."""
        return self.remembered.answer((tuple(prompt), choice), lambda: self.ask(prompt, constraint(), cancelled))

    def ask(
        self, prompt: Sequence[str], constraint: Constraint, cancelled: Callable[[], bool] = lambda: False
    ) -> Advice:
        """The likeliest answer that `constraint` allows.  Raises Cancelled, and ModelError for too long a prompt."""
        with self._lock:
            answer = self._generate(self.pieces.encode(prompt), constraint, cancelled)
        words: list[str] = []
        certain: list[float] = []
        for token, probability in zip(answer.ids, answer.probabilities, strict=True):
            piece = self.pieces.text(token)
            if piece.startswith(self.pieces.BEGIN):
                words.append(piece[1:])
                certain.append(probability)
            else:
                words[-1] += piece
                certain[-1] *= probability
        return Advice(tuple(words), tuple(certain), answer.forced, answer.sampled, answer.is_closed)

    def _generate(self, prompt: list[int], constraint: Constraint, cancelled: Callable[[], bool]) -> Generation:
        """The answer, counted."""
        start, reused = perf_counter(), self.engine.context.reused
        answer = self.engine.generate(prompt, constraint, LONGEST_ANSWER, cancelled)
        self.usage.questions += 1
        self.usage.seconds += perf_counter() - start
        self.usage.prompt += len(prompt)
        self.usage.reused += self.engine.context.reused - reused
        self.usage.sampled += answer.sampled
        self.usage.forced += answer.forced
        return answer


def check(settings: Settings) -> bool:
    """Whether there is a model.  Raises ModelError where the one named is missing, broken, or learnt other prompts or
    words."""
    found = _artefact(settings)
    if found is not None:
        found[0].verify()
    return found is not None


def _artefact(settings: Settings) -> tuple[Artefact, Pieces] | None:
    folder = None if _is_unwanted(settings.model) else find_model(settings.model)
    if folder is None:
        return None
    from hpcls.tokens.pieces import Pieces  # noqa: PLC0415 (sentencepiece is slow to import)

    pieces = Pieces.load(data_folder("tokenizer"))
    return open_model(folder, FORMAT_VERSION, pieces.size), pieces


def _is_unwanted(model: str | None) -> bool:
    """Whether the setting is `none`: paths in settings are absolute, and so is this word."""
    return model is not None and Path(model).name == NO_MODEL and not Path(model).exists()
