"""Batches: every example in its turn, little padding, the right tokens predicted."""

# torch's tensors say nothing of what their lists hold.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")

from hypothesis import given
from hypothesis import strategies as st

from hpcls.errors import InputError
from hpcls.training.batches import collate, epoch
from hpcls.training.dataset import Split
from hpcls.training.feed import Feed, Position
from hpcls.training.settings import Batches

BATCHES = Batches(tokens_per_step=256, tokens_per_batch=128)


def split_of(lengths: list[int], seed: int = 0) -> Split:
    """Examples of those lengths, of kinds 0, 1, 2, 0, …"""
    generator = np.random.default_rng(seed)
    count = sum(lengths)
    return Split(
        ids=generator.integers(1, 60000, count).astype(np.uint16),
        weights=generator.choice(np.array([0, 10, 100], np.uint8), count),
        starts=np.cumsum([0, *lengths], dtype=np.int64),
        kinds=(np.arange(len(lengths)) % 3).astype(np.uint8),
    )


@given(st.lists(st.integers(2, 200), min_size=1, max_size=60), st.integers(0, 5))
def test_an_epoch_holds_no_example_twice_and_leaves_out_less_than_a_step(lengths: list[int], number: int) -> None:
    split = split_of(lengths)
    steps = epoch(split, BATCHES, number)
    batches = [batch for step in steps for batch in step]
    seen = Counter(int(example) for batch in batches for example in batch)
    assert set(seen.values()) <= {1}
    assert all(len(step) == 2 for step in steps)
    for batch in batches:
        ids = collate(split, batch).ids
        assert ids.shape[1] % 16 == 0
        assert ids.numel() <= 128 or len(batch) == 1
    assert len(lengths) - len(seen) <= 128 / 16


def test_epochs_differ_and_a_seed_decides_them() -> None:
    split = split_of([10] * 100)
    flat = [
        [example for step in epoch(split, BATCHES, number) for batch in step for example in batch] for number in (0, 1)
    ]
    assert flat[0] != flat[1]
    assert flat[0] == [example for step in epoch(split, BATCHES, 0) for batch in step for example in batch]
    other = epoch(split, replace(BATCHES, seed=1), 0)
    assert flat[0] != [example for step in other for batch in step for example in batch]


def test_little_is_padding() -> None:
    lengths = np.random.default_rng(0).integers(16, 1000, 3000).tolist()
    split = split_of(lengths)
    settings = Batches(tokens_per_step=8192, tokens_per_batch=2048)
    batches = [collate(split, batch) for step in epoch(split, settings, 0) for batch in step]
    assert sum((one.ids == 0).sum().item() for one in batches) / sum(one.ids.numel() for one in batches) < 0.05


def test_each_kind_comes_as_often_as_wanted() -> None:
    split = split_of([16] * 3000)
    settings = replace(BATCHES, text=0.0, omp=0.25, mpi=2.0)
    seen = np.concatenate([batch for step in epoch(split, settings, 0) for batch in step])
    counts = Counter(split.kinds[seen].tolist())
    assert counts[0] == 0
    assert counts[1] == pytest.approx(250, abs=16)
    assert counts[2] == pytest.approx(2000, abs=16)


@given(st.lists(st.integers(2, 40), min_size=1, max_size=6))
def test_what_counts_is_predicted_from_the_place_before_it(lengths: list[int]) -> None:
    split = split_of(lengths)
    batch = collate(split, np.arange(len(lengths)))
    wanted = [
        (number, place - start, split.ids[place], split.weights[place])
        for number, (start, end) in enumerate(zip(split.starts[:-1], split.starts[1:], strict=True))
        for place in range(start + 1, end)
        if split.weights[place]
    ]
    columns = batch.places % batch.ids.shape[1]
    assert batch.rows.tolist() == [row for row, *_ in wanted]
    assert columns.tolist() == [place - 1 for _, place, *_ in wanted]
    assert batch.targets.tolist() == [target for *_, target, _ in wanted]
    assert batch.weights.tolist() == pytest.approx([weight / 100 for *_, weight in wanted])
    assert batch.kinds.tolist() == [row % 3 for row, *_ in wanted]


def test_a_feed_goes_on_from_any_place() -> None:
    split = split_of([20] * 50)
    whole = Feed(split, BATCHES)
    steps = [np.concatenate(whole.next_step()).tolist() for _ in range(12)]
    assert whole.position.epoch > 0
    again = Feed(split, BATCHES)
    for _ in range(7):
        again.next_step()
    resumed = Feed(split, BATCHES)
    resumed.position = Position(again.position.epoch, again.position.step)
    assert [np.concatenate(resumed.next_step()).tolist() for _ in range(5)] == steps[7:]


def test_too_few_examples_for_a_step_are_an_error() -> None:
    with pytest.raises(InputError, match="do not fill a step"):
        Feed(split_of([20]), BATCHES).next_step()
