"""What is alike in all models that are asked, whichever form their questions have."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from hpcls.inference.calibration import Calibration

if TYPE_CHECKING:
    from hpcls.inference.constraint import Constraint
    from hpcls.inference.engine import Engine
    from hpcls.inference.generate import Generation

LONGEST_ANSWER = 780
"""Tokens; a longer answer is ended the shortest way."""


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


class Asking:
    """A loaded model; callers wait for each other."""

    calibration = Calibration()
    """What its probabilities mean."""

    def __init__(self, engine: Engine) -> None:
        """Raises ModelError where the model's calibration is broken."""
        self.engine = engine
        self.calibration = engine.artefact.calibration
        self.usage = Usage()
        self.lock = threading.Lock()

    def generate(self, prompt: Sequence[int], constraint: Constraint, cancelled: Callable[[], bool]) -> Generation:
        """The likeliest answer, counted.  Raises Cancelled, and ModelError for too long a prompt."""
        with self.lock:
            start, reused = perf_counter(), self.engine.context.reused
            answer = self.engine.generate(prompt, constraint, LONGEST_ANSWER, cancelled)
            self.usage.questions += 1
            self.usage.seconds += perf_counter() - start
            self.usage.prompt += len(prompt)
            self.usage.reused += self.engine.context.reused - reused
            self.usage.sampled += answer.sampled
            self.usage.forced += answer.forced
            return answer
