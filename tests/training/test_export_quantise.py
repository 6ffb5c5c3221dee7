"""Bytes by blocks: near the matrix, exact where it can be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.errors import ModelError
from hpcls.training.quantise import Blocks, Matrix, block_size, quantise


def restored(blocks: Blocks) -> Matrix:
    """What MatMulNBits makes of them."""
    values = (blocks.values.astype(np.float64) - 128) * blocks.scales[..., None]
    return values.reshape(values.shape[0], -1)


@given(st.integers(0, 2**32 - 1), st.sampled_from([16, 32, 64]))
def test_no_value_moves_further_than_half_a_step(seed: int, size: int) -> None:
    random = np.random.default_rng(seed)
    matrix = random.normal(size=(3, 128)) * 10.0 ** random.integers(-6, 6, (3, 1))
    blocks = quantise(matrix, size)
    steps = np.repeat(blocks.scales, size, axis=1)
    assert blocks.values.shape == (3, 128 // size, size)
    assert (np.abs(restored(blocks) - matrix) <= 0.501 * steps).all()


def test_zeros_stay_zeros() -> None:
    assert not restored(quantise(np.zeros((2, 32)), 16)).any()


def test_blocks_divide_every_width() -> None:
    assert [block_size(320, 1280), block_size(96, 384), block_size(48, 192)] == [64, 32, 16]
    with pytest.raises(ModelError, match="40, 160"):
        block_size(40, 160)
