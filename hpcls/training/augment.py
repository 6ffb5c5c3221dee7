"""Batches made different each time that they are seen, so that a small corpus teaches structure and not its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from hpcls.training.batches import Batch


def thinned(batch: Batch, share: float) -> Batch:
    """Each word of a prompt is predicted with probability `share`, and then counts for 1 / `share`.

    The expectation of the loss stays as it was; logits, a third of the work, are computed for fewer words.
    """
    if share >= 1:
        return batch
    is_answer = batch.weights >= 1
    kept = (is_answer | (torch.rand(len(batch.weights)) < share)).nonzero().squeeze(1)
    weights = torch.where(is_answer, batch.weights, batch.weights / share)
    return replace(
        batch,
        places=batch.places[kept],
        targets=batch.targets[kept],
        weights=weights[kept],
        kinds=batch.kinds[kept],
        rows=batch.rows[kept],
    )


def renumbered(batch: Batch, symbols: Sequence[range], share: float) -> Batch:
    """In a row, with probability `share`, the symbols of each kind exchange their numbers, in prompt and answer alike.

    `symbols` holds the ids of each kind in rising order of their numbers.
    """
    if share <= 0:
        return batch
    size = 1 + max(int(batch.ids.max()), int(batch.targets.max()), *(kind[-1] for kind in symbols))
    table = torch.arange(size).repeat(len(batch.ids), 1)
    for row, ids in zip(table, batch.ids, strict=True):
        if float(torch.rand(())) < share:
            for kind in symbols:
                _exchange(row, ids, kind)
    return replace(batch, ids=table.gather(1, batch.ids), targets=table[batch.rows, batch.targets])


def _exchange(table: Tensor, ids: Tensor, kind: range) -> None:
    """Permute in `table` the ids of `kind`, up to the highest one that stands in `ids`."""
    inside = ids[(ids >= kind.start) & (ids < kind.stop)]
    if len(inside):
        used = int(inside.max()) + 1 - kind.start
        table[kind.start : kind.start + used] = kind.start + torch.randperm(used)
