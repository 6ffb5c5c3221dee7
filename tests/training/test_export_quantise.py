"""Bytes by blocks: near the matrix, exact where it can be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.errors import ModelError
from hpcls.training.quantise import Blocks, Matrix, block_size, quantise, quantise_for


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


def _correlated(seed: int) -> tuple[Matrix, Matrix]:
    """A matrix, and vectors that it meets: their values hang together, as those of a model do."""
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(2000, 24)) @ random.normal(size=(24, 128)) + random.normal(size=(2000, 128)) / 10
    return random.normal(size=(32, 128)), vectors


def _error(matrix: Matrix, vectors: Matrix, blocks: Blocks) -> float:
    """Of the products, as a share of them."""
    right = vectors @ matrix.T
    return float(np.linalg.norm(vectors @ restored(blocks).T - right) / np.linalg.norm(right))


@pytest.mark.parametrize("size", [16, 64])
def test_rounding_for_what_a_matrix_meets_keeps_products_better(size: int) -> None:
    matrix, vectors = _correlated(0)
    rounded_for = quantise_for(matrix, size, vectors.T @ vectors / len(vectors))
    assert _error(matrix, vectors, rounded_for) < 0.5 * _error(matrix, vectors, quantise(matrix, size))


def test_where_inputs_do_not_hang_together_each_value_is_rounded_by_itself() -> None:
    matrix, _ = _correlated(1)
    found, expected = quantise_for(matrix, 64, np.eye(128)), quantise(matrix, 64)
    assert (found.values == expected.values).all()
    assert (found.scales == expected.scales).all()


def test_blocks_divide_every_width() -> None:
    assert [block_size(320, 1280), block_size(96, 384), block_size(48, 192)] == [64, 32, 16]
    with pytest.raises(ModelError, match="40, 160"):
        block_size(40, 160)
