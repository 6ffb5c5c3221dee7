"""The steps of a training, made ready while those before are learnt."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import torch

from hpcls.training.augment import renumbered, thinned
from hpcls.training.batches import Batch, Indices, collate
from hpcls.training.dataset import Dataset
from hpcls.training.feed import Feed, Position
from hpcls.training.settings import Batches
from hpcls.training.world import World

_AHEAD = 8
_THREADS = 4
"""NumPy and torch leave the interpreter to others while they work."""


@dataclass(frozen=True)
class Step:
    """What one step learns from."""

    batches: tuple[Batch, ...]
    """This process's part, varied as the settings say."""
    weight: float
    """Of all that is predicted, by all processes."""
    tokens: int
    """Read by all processes."""


class Loader:
    """One step after another; the same ones from the same position, whoever asks and however often before."""

    def __init__(self, dataset: Dataset, settings: Batches, world: World) -> None:
        self.position = Position()
        """Of the next step."""
        self._dataset, self._settings, self._world = dataset, settings, world
        self._feed = Feed(dataset.train, settings)
        self._threads = ThreadPoolExecutor(_THREADS) if world.device.type == "cuda" else None
        self._ready: deque[tuple[Position, Future[Step]]] = deque()

    def next_step(self) -> Step:
        """Raises InputError where the split is too small for a step."""
        if self._threads is None:
            self._feed.position = self.position
            step = self._step(*self._planned())
            self.position = replace(self._feed.position)
            return step
        if not self._ready:
            self._feed.position = replace(self.position)
        while len(self._ready) < _AHEAD:
            planned = self._threads.submit(self._step, *self._planned())
            self._ready.append((replace(self._feed.position), planned))
        self.position, ready = self._ready.popleft()
        return ready.result()

    def close(self) -> None:
        """Let go of the threads."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)

    def _planned(self) -> tuple[list[Indices], Position]:
        """The examples of the feed's next step, and where it stands behind that."""
        return self._feed.next_step(), replace(self._feed.position)

    def _step(self, batches: list[Indices], at: Position) -> Step:
        own = self._world.own(list(enumerate(batches)))
        split = self._dataset.train
        return Step(
            batches=tuple(self._varied(collate(split, examples), at, number) for number, examples in own),
            weight=sum(float(split.weight_sums[one].sum()) for one in batches),
            tokens=sum(int(split.lengths[one].sum()) for one in batches),
        )

    def _varied(self, batch: Batch, at: Position, number: int) -> Batch:
        """As chance has it that only the seed and the place decide."""
        seed = np.random.SeedSequence((self._settings.seed, at.epoch, at.step, number)).generate_state(1)[0]
        chance = torch.Generator().manual_seed(int(seed))
        varied = renumbered(batch, self._dataset.symbols, self._settings.renumbered, chance)
        found = thinned(varied, self._settings.prompt_share, chance)
        return found.pinned() if self._threads else found
