"""A loaded model that answers questions; one caller at a time (it holds no lock)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hpcls.config import Device
from hpcls.errors import ModelError
from hpcls.inference.artefact import Artefact
from hpcls.inference.cache import Context
from hpcls.inference.constraint import Constraint
from hpcls.inference.device import Choice, choose
from hpcls.inference.generate import Generation, generate, score
from hpcls.inference.session import Session


class Engine:
    """A model, its device, and what it has read last."""

    def __init__(self, artefact: Artefact, device: Choice, session: Session) -> None:
        self.artefact = artefact
        self.device = device
        self.context = Context(session)

    @staticmethod
    def load(artefact: Artefact, device: Device = "auto", threads: int = 0) -> Engine:
        """Read and start a model.  Raises ModelError where it is broken, or `device` is "cuda" and not usable.

        `threads` 0: as many as there are cores.
        """
        choice = _choice(artefact, device)
        if choice.name == "cuda":
            try:
                session = Session(artefact.graph("cuda"), "cuda", threads, artefact.data_folder("cuda"))
                if session.device == "cuda":
                    return Engine(artefact, choice, session)
                fault = ModelError("device cuda", "ONNX Runtime cannot start it")
            except ModelError as error:
                fault = error
            if device == "cuda":
                raise fault
            choice = Choice("cpu", f"no CUDA: {fault}")
        return Engine(artefact, choice, Session(artefact.graph("cpu"), "cpu", threads, artefact.data_folder("cpu")))

    @property
    def capacity(self) -> int:
        """Tokens that a prompt and its answer may have together."""
        return self.context.capacity

    def generate(
        self,
        prompt: Sequence[int],
        constraint: Constraint,
        limit: int,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Generation:
        """The likeliest answer, greedily, that `constraint` allows (see `hpcls.inference.generate`)."""
        return generate(self.context, prompt, constraint, limit, cancelled)

    def score(
        self,
        prompt: Sequence[int],
        candidates: Sequence[Sequence[int]],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[float]:
        """The log-likelihood of each whole candidate after `prompt` (see `hpcls.inference.generate`)."""
        return score(self.context, prompt, candidates, cancelled)


def _choice(artefact: Artefact, device: Device) -> Choice:
    choice = choose(device)
    if choice.name == "cuda" and not artefact.has("cuda"):
        if device == "cuda":
            raise ModelError(str(artefact.folder), "this model has no graph for CUDA")
        return Choice("cpu", "the model has no graph for CUDA")
    return choice
