"""The steps of a training's data, epoch after epoch, from any place on."""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.errors import InputError
from hpcls.training.batches import Indices, epoch
from hpcls.training.dataset import Dataset, Split
from hpcls.training.settings import Batches, Training


@dataclass
class Position:
    """Where in the data a training is: the next step of an epoch."""

    epoch: int = 0
    step: int = 0


class Feed:
    """One step after another; `position` moves along and can be set."""

    def __init__(self, split: Split, settings: Batches) -> None:
        self.position = Position()
        self._split, self._settings = split, settings
        self._number = -1
        self._steps: list[list[Indices]] = []

    def next_step(self) -> list[Indices]:
        """The batches of the next step.  Raises InputError where the split is too small for one."""
        self._plan()
        if self.position.step == len(self._steps):
            self.position = Position(self.position.epoch + 1)
            self._plan()
        self.position.step += 1
        return self._steps[self.position.step - 1]

    def _plan(self) -> None:
        """Have the steps of the epoch at hand."""
        if self._number != self.position.epoch:
            self._number = self.position.epoch
            self._steps = epoch(self._split, self._settings, self._number)
            if not self._steps:
                raise InputError("train", "its examples do not fill a step; make tokens-per-step smaller")


def tune_batches(dataset: Dataset, settings: Training) -> list[Indices]:
    """Some batches of the tune split, always the same ones, each kind with its share of them."""
    steps = epoch(dataset.tune, Batches(settings.batches.tokens_per_batch, settings.batches.tokens_per_batch), 0)
    return [batch for step in steps for batch in step][: settings.keeping.tune_batches]
