"""Batches made different each time that they are seen, so that a small corpus teaches structure and not its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from hpcls.training.batches import Batch


def thinned(batch: Batch, share: float, chance: torch.Generator) -> Batch:
    """Each word of a prompt is predicted with probability `share`, and then counts for 1 / `share`.

    The expectation of the loss stays as it was; logits, a third of the work, are computed for fewer words.
    """
    if share >= 1:
        return batch
    is_answer = batch.weights >= 1
    kept = (is_answer | (torch.rand(len(batch.weights), generator=chance) < share)).nonzero().squeeze(1)
    weights = torch.where(is_answer, batch.weights, batch.weights / share)
    return replace(
        batch,
        places=batch.places[kept],
        targets=batch.targets[kept],
        weights=weights[kept],
        kinds=batch.kinds[kept],
        rows=batch.rows[kept],
    )


def renumbered(batch: Batch, symbols: Sequence[range], share: float, chance: torch.Generator) -> Batch:
    """In a row, with probability `share`, the symbols of each kind exchange their numbers, in prompt and answer alike.

    `symbols` holds the ids of each kind in rising order of their numbers.
    """
    if share <= 0:
        return batch
    rows = len(batch.ids)
    size = 1 + max(int(batch.ids.max()), int(batch.targets.max()), *(kind[-1] for kind in symbols))
    table = torch.arange(size).repeat(rows, 1)
    is_drawn = torch.rand((rows, 1), generator=chance) < share
    for kind in symbols:
        exchanged = torch.where(is_drawn, _exchanged(batch.ids, kind, chance), torch.arange(len(kind)))
        table[:, kind.start : kind.stop] = kind.start + exchanged
    return replace(batch, ids=table.gather(1, batch.ids), targets=table[batch.rows, batch.targets])


def _exchanged(ids: Tensor, kind: range, chance: torch.Generator) -> Tensor:
    """[rows, numbers]: for each row a permutation of the numbers up to the highest one that stands in it."""
    inside = torch.where((ids >= kind.start) & (ids < kind.stop), ids - kind.start + 1, 0)
    used = inside.amax(dim=1, keepdim=True)
    numbers = torch.arange(len(kind))
    keys = torch.rand((len(ids), len(kind)), generator=chance)
    return torch.where(numbers < used, keys, numbers + 1.0).argsort(dim=1)
