"""A checkpoint's weights made ready for a graph: LayerNorms folded in, matrices that read the same input merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from hpcls.training.architecture import Architecture
from hpcls.training.quantise import Matrix

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class BlockWeights:
    """One block: both its matrices take a normalised input, or give what is added to the residual."""

    inward: Matrix
    """[3 · hidden + intermediate, hidden]: queries, keys, values (each head by head), then the perceptron's first."""
    inward_bias: Vector
    outward: Matrix
    """[hidden, hidden + intermediate]: of the attention's mix, then of the perceptron's inside."""
    outward_bias: Vector


@dataclass(frozen=True)
class Weights:
    """A whole decoder, in double precision."""

    embedding: Matrix
    """[vocabulary, hidden]."""
    output: Matrix | None
    """[vocabulary, hidden]; None: the embedding itself."""
    blocks: tuple[BlockWeights, ...]
    final_gain: Vector
    final_offset: Vector
    cosine: Matrix
    """[positions, head size / 2]: dimension i of a head turns with dimension i + head size / 2."""
    sine: Matrix


def fold(tensors: Mapping[str, Tensor], shape: Architecture) -> Weights:
    """The weights of a state dict with the names of published GPT-NeoX checkpoints.

    A LayerNorm's gain g and offset o before a linear layer W, b are the layer W·diag(g), b + W·o after a LayerNorm
    without them.  In GPT-NeoX attention and perceptron normalise the same residual, each with its own g and o: folded,
    they share one input and become one matrix.
    """
    state = {name: tensor.double().numpy() for name, tensor in tensors.items()}
    cosine, sine = _tables(shape)
    return Weights(
        embedding=state["gpt_neox.embed_in.weight"],
        output=None if shape.tie_word_embeddings else state["embed_out.weight"],
        blocks=tuple(_block(state, f"gpt_neox.layers.{i}.", shape) for i in range(shape.num_hidden_layers)),
        final_gain=state["gpt_neox.final_layer_norm.weight"],
        final_offset=state["gpt_neox.final_layer_norm.bias"],
        cosine=cosine,
        sine=sine,
    )


def _block(state: Mapping[str, Matrix], prefix: str, shape: Architecture) -> BlockWeights:
    attention, attention_bias = _folded(state, prefix, "input_layernorm", "attention.query_key_value")
    first, first_bias = _folded(state, prefix, "post_attention_layernorm", "mlp.dense_h_to_4h")
    order = attention_rows(shape)
    return BlockWeights(
        inward=np.concatenate([attention[order], first]),
        inward_bias=np.concatenate([attention_bias[order], first_bias]),
        outward=np.concatenate(
            [state[prefix + "attention.dense.weight"], state[prefix + "mlp.dense_4h_to_h.weight"]], axis=1
        ),
        outward_bias=state[prefix + "attention.dense.bias"] + state[prefix + "mlp.dense_4h_to_h.bias"],
    )


def _folded(state: Mapping[str, Matrix], prefix: str, norm: str, linear: str) -> tuple[Matrix, Vector]:
    matrix, bias = state[f"{prefix}{linear}.weight"], state[f"{prefix}{linear}.bias"]
    return matrix * state[f"{prefix}{norm}.weight"], bias + matrix @ state[f"{prefix}{norm}.bias"]


def attention_rows(shape: Architecture) -> NDArray[np.int64]:
    """Which row of `query_key_value` (head by head: query, key, value) becomes which of the merged matrix."""
    rows = np.arange(3 * shape.hidden_size).reshape(shape.num_attention_heads, 3, shape.head_size)
    queries, keys, values = rows.transpose(1, 0, 2)
    turned = _turning_order(shape)
    return np.concatenate([queries[:, turned].ravel(), keys[:, turned].ravel(), values.ravel()])


def _turning_order(shape: Architecture) -> NDArray[np.int64]:
    """The dimensions of a head so that i turns with i + head size / 2, however many of them turn.

    The dot product of a query and a key does not depend on the order; those that do not turn have angle 0.
    """
    turned, rest = np.split(np.arange(shape.head_size), [shape.rotary_size])
    halves = zip(np.split(turned, 2), np.split(rest, 2), strict=True)
    return np.concatenate([part for half in halves for part in half])


def _tables(shape: Architecture) -> tuple[Matrix, Matrix]:
    """Cosines and sines of the angles, rounded to single precision as those that the model was trained with."""
    size = shape.rotary_size
    exponents = -np.arange(0, size, 2, dtype=np.float32) / np.float32(size)
    frequencies = np.zeros(shape.head_size // 2, np.float32)
    frequencies[: size // 2] = np.float32(shape.rotary_emb_base) ** exponents
    angles = np.outer(np.arange(shape.max_position_embeddings, dtype=np.float32), frequencies).astype(np.float64)
    return np.cos(angles), np.sin(angles)
