"""A model that answers questions put in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hpcls.config import Settings
from hpcls.inference.artefact import Artefact, find_model, open_model
from hpcls.inference.places import data_folder
from hpcls.suggest.prompt import FORMAT_VERSION

if TYPE_CHECKING:
    from hpcls.inference.constraint import Constraint
    from hpcls.inference.engine import Engine
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


class Advisor:
    """A model and its vocabulary; callers wait for each other."""

    def __init__(self, engine: Engine, pieces: Pieces) -> None:
        self.engine = engine
        self.pieces = pieces
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

    def ask(
        self, prompt: Sequence[str], constraint: Constraint, cancelled: Callable[[], bool] = lambda: False
    ) -> Advice:
        """The likeliest answer that `constraint` allows.  Raises Cancelled, and ModelError for too long a prompt."""
        with self._lock:
            answer = self.engine.generate(self.pieces.encode(prompt), constraint, LONGEST_ANSWER, cancelled)
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


def check(settings: Settings) -> None:
    """Raises ModelError where the model of `settings` is missing, broken, or learnt other prompts or words."""
    found = _artefact(settings)
    if found is not None:
        found[0].verify()


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
