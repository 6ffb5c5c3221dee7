"""Whole examples, those of like length together, in an order that a seed decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hpcls.training.dataset import KINDS, Split
from hpcls.training.settings import Batches

_MULTIPLE = 16
_POOL = 64
"""Steps whose examples are sorted by length together: enough for little padding, few enough to stay well mixed."""

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Padded examples, and what is to be predicted in them; a padded place is predicted nowhere."""

    ids: Tensor
    """int64 [rows, length]"""
    places: Tensor
    """int64 [n]: the places in the flattened ids whose next token counts"""
    targets: Tensor
    """int64 [n]: those next tokens"""
    weights: Tensor
    """float [n]: how much each counts; 1 for an answer"""
    kinds: Tensor
    """int64 [n]: the kind of example that each is part of"""
    rows: Tensor
    """int64 [n]: which row each is part of"""

    def to(self, device: torch.device) -> Batch:
        """The same on `device`."""
        return Batch(*(one.to(device, non_blocking=True) for one in self._every))

    def pinned(self) -> Batch:
        """The same where a GPU can fetch it while it computes."""
        return Batch(*(one.pin_memory() for one in self._every))

    @property
    def _every(self) -> tuple[Tensor, ...]:
        return self.ids, self.places, self.targets, self.weights, self.kinds, self.rows


def epoch(split: Split, settings: Batches, number: int) -> list[list[Indices]]:
    """The steps of one epoch, each a list of batches of examples; the same for the same seed, whoever asks.

    What does not fill a last step is left to the next epoch.
    """
    generator = np.random.default_rng((settings.seed, number))
    chosen = generator.permutation(_drawn(split, settings, generator))
    lengths = _padded(split.lengths[chosen])
    batches: list[Indices] = []
    for pool in _pools(lengths, _POOL * settings.tokens_per_step):
        sorted_pool = pool[np.argsort(lengths[pool], kind="stable")]
        batches += [chosen[batch] for batch in _cut(sorted_pool, lengths, settings.tokens_per_batch)]
    order = generator.permutation(len(batches))
    per_step = settings.per_step
    return [
        [batches[index] for index in order[start : start + per_step]]
        for start in range(0, len(order) - per_step + 1, per_step)
    ]


def collate(split: Split, examples: Indices) -> Batch:
    """The examples with those numbers as one batch, padded with 0."""
    lengths = split.lengths[examples]
    shape = len(examples), int(_padded(lengths.max()))
    ids, weights = np.zeros(shape, np.int64), np.zeros(shape, np.uint8)
    for row, (start, length) in enumerate(zip(split.starts[examples], lengths, strict=True)):
        ids[row, :length] = split.ids[start : start + length]
        weights[row, : length - 1] = split.weights[start + 1 : start + length]
    rows, columns = np.nonzero(weights)
    return Batch(
        ids=torch.as_tensor(ids),
        places=torch.as_tensor(rows * shape[1] + columns),
        targets=torch.as_tensor(ids[rows, columns + 1]),
        weights=torch.as_tensor(weights[rows, columns].astype(np.float32) / 100),
        kinds=torch.as_tensor(split.kinds[examples].astype(np.int64)[rows]),
        rows=torch.as_tensor(rows),
    )


def _drawn(split: Split, settings: Batches, generator: np.random.Generator) -> Indices:
    """Each example as often as its kind's number says; the part after the point by drawing."""
    drawn: list[Indices] = []
    for kind, times in enumerate((settings.text, settings.omp, settings.mpi)):
        of_kind = np.flatnonzero(split.kinds == kind)
        drawn += [of_kind] * int(times)
        drawn.append(generator.permutation(of_kind)[: round(len(of_kind) * (times - int(times)))])
    assert len(KINDS) == 3
    return np.concatenate(drawn)


def _padded(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return -(-lengths // _MULTIPLE) * _MULTIPLE


def _pools(lengths: Indices, tokens: int) -> Iterator[Indices]:
    """Numbers from 0 in runs of about that many tokens."""
    pool_of = np.cumsum(lengths) // tokens
    yield from np.split(np.arange(len(lengths)), np.flatnonzero(np.diff(pool_of)) + 1)


def _cut(examples: Indices, lengths: Indices, tokens: int) -> Iterator[Indices]:
    """`examples`, in rising order of their lengths, in batches of at most `tokens` with the padding."""
    start = 0
    for end in range(1, len(examples) + 1):
        if end == len(examples) or (end + 1 - start) * lengths[examples[end]] > tokens:
            yield examples[start:end]
            start = end
