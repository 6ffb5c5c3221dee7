"""Batches made different: what is asked stays the same question."""

# torch's tensors say nothing of what their lists hold.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from hpcls.training.augment import renumbered, thinned  # noqa: E402
from hpcls.training.batches import Batch, collate  # noqa: E402
from hpcls.training.dataset import Split  # noqa: E402

SYMBOLS = (range(10, 20), range(20, 25))
ROW = [2, 10, 20, 11, 12, 4, 12, 20, 3]
SPLIT = Split(
    ids=np.array(ROW * 400, np.uint16),
    weights=np.array([5, 5, 5, 5, 5, 5, 100, 100, 100] * 400, np.uint8),
    starts=np.arange(0, 9 * 401, 9, dtype=np.int64),
    kinds=np.ones(400, np.uint8),
)


def batch() -> Batch:
    return collate(SPLIT, np.arange(400))


def chance() -> Any:  # noqa: ANN401 (torch is imported only where there is one)
    return torch.Generator().manual_seed(0)


def test_symbols_exchange_numbers_within_their_kind_and_alike_in_a_row() -> None:
    found = renumbered(batch(), SYMBOLS, 1.0, chance())
    for row in found.ids[:, :9].tolist():
        assert [row[i] for i in (0, 5, 8)] == [2, 4, 3]
        assert sorted((row[1], row[3], row[4])) == [10, 11, 12]
        assert row[2] == row[7] == 20
        assert row[6] == row[4]
    assert len({tuple(row[:9]) for row in found.ids.tolist()}) == 6


def test_what_is_to_be_predicted_changes_with_what_is_read() -> None:
    found = renumbered(batch(), SYMBOLS, 1.0, chance())
    read = found.ids.flatten()[found.places + 1]
    assert torch.equal(read, found.targets)


def test_the_share_that_is_renumbered() -> None:
    found = renumbered(batch(), SYMBOLS, 0.5, chance())
    same = (found.ids[:, :9] == torch.tensor(ROW)).all(dim=1).float().mean().item()
    assert 0.5 < same < 0.68  # half of them, and one permutation in six changes nothing


def test_answers_stay_and_prompts_count_as_much_as_before() -> None:
    before = batch()
    after = thinned(before, 0.25, chance())
    assert (after.weights >= 1).sum() == (before.weights >= 1).sum()
    prompts = after.weights < 1
    assert 0.2 < prompts.sum().item() / (before.weights < 1).sum().item() < 0.3
    assert after.weights.sum().item() == pytest.approx(before.weights.sum().item(), rel=0.05)
    assert torch.equal(before.ids.flatten()[after.places + 1], after.targets)


def test_nothing_asked_for_changes_nothing() -> None:
    before = batch()
    assert thinned(before, 1.0, chance()) is before
    assert renumbered(before, SYMBOLS, 0.0, chance()) is before
