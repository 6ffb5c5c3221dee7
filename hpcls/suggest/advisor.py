"""A model that answers questions put in words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from hpcls.config import Settings
from hpcls.errors import ModelError
from hpcls.suggest.asking import Advice, Asking
from hpcls.suggest.model_files import opened, wanted
from hpcls.suggest.remembered import Remembered

if TYPE_CHECKING:
    from hpcls.inference.constraint import Constraint
    from hpcls.inference.engine import Engine
    from hpcls.tokens.pieces import Pieces


class Advisor(Asking):
    """A model that answers questions in Tokompiler's words, and its vocabulary."""

    def __init__(self, engine: Engine, pieces: Pieces) -> None:
        super().__init__(engine)
        self.pieces = pieces
        self.remembered = Remembered[Advice]()

    @staticmethod
    def load(settings: Settings) -> Advisor | None:
        """The model that `settings` names or the default; None where hpcls came without any.

        Raises ModelError where it is broken, learnt other prompts, is a published one (`loading.load` takes both), or
        cannot run on the device asked for.
        """
        folder = wanted(settings)
        if folder is None:
            return None
        artefact, pieces = opened(folder)
        from hpcls.inference.engine import Engine  # noqa: PLC0415 (it starts ONNX Runtime; who wants no model need not)
        from hpcls.tokens.byte_pairs import BytePairs  # noqa: PLC0415

        if isinstance(pieces, BytePairs):
            raise ModelError(str(folder), "a published model is not asked in Tokompiler's words")
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
        answer = self.generate(self.pieces.encode(prompt), constraint, cancelled)
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
