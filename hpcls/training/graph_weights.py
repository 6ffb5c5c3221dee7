"""A checkpoint's weights made ready for a graph: LayerNorms folded in, matrices that read the same input merged.

All is computed when it is asked for and kept by nobody: a checkpoint of a billion numbers is never in memory in double
precision as a whole.
"""

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
class StepWeights:
    """One step of a block: its matrices take a normalised input, and give what is added to the residual."""

    inward: Matrix
    """[rows, hidden]: of attention 3 · hidden (queries, keys, values, each head by head), of the perceptron
    intermediate; of both beside each other first the one, then the other."""
    inward_bias: Vector
    outward: Matrix
    """[hidden, columns]: of the attention's mix, of the perceptron's inside, or of the one and then the other."""
    outward_bias: Vector


@dataclass(frozen=True)
class Weights:
    """A whole decoder by the tensors of a state dict with the names of published GPT-NeoX checkpoints.

    A LayerNorm's gain g and offset o before a linear layer W, b are the layer W·diag(g), b + W·o after a LayerNorm
    without them.  Where attention and perceptron normalise the same residual, each with its own g and o, they share
    one input, folded, and become one matrix.
    """

    tensors: Mapping[str, Tensor]
    shape: Architecture

    @property
    def embedding(self) -> Matrix:
        """[vocabulary, hidden]."""
        return self._double("gpt_neox.embed_in.weight")

    @property
    def output(self) -> Matrix | None:
        """[vocabulary, hidden]; None: the embedding itself."""
        return None if self.shape.tie_word_embeddings else self._double("embed_out.weight")

    @property
    def final(self) -> tuple[Vector, Vector]:
        """Gain and offset of the last LayerNorm."""
        name = "gpt_neox.final_layer_norm"
        return self._double(f"{name}.weight"), self._double(f"{name}.bias")

    def both(self, number: int) -> StepWeights:
        """The one step of a block whose attention and perceptron stand beside each other."""
        one, other = self.attention(number), self.perceptron(number)
        return StepWeights(
            np.concatenate([one.inward, other.inward]),
            np.concatenate([one.inward_bias, other.inward_bias]),
            np.concatenate([one.outward, other.outward], axis=1),
            one.outward_bias + other.outward_bias,
        )

    def attention(self, number: int) -> StepWeights:
        """The attention of a block."""
        matrix, bias = self._folded(number, "input_layernorm", "attention.query_key_value")
        order = attention_rows(self.shape)
        return StepWeights(matrix[order], bias[order], *self._linear(number, "attention.dense"))

    def perceptron(self, number: int) -> StepWeights:
        """The perceptron of a block."""
        inward = self._folded(number, "post_attention_layernorm", "mlp.dense_h_to_4h")
        return StepWeights(*inward, *self._linear(number, "mlp.dense_4h_to_h"))

    def _folded(self, number: int, norm: str, linear: str) -> tuple[Matrix, Vector]:
        (matrix, bias), (gain, offset) = self._linear(number, linear), self._linear(number, norm)
        return matrix * gain, bias + matrix @ offset

    def _linear(self, number: int, name: str) -> tuple[Matrix, Vector]:
        prefix = f"gpt_neox.layers.{number}.{name}"
        return self._double(f"{prefix}.weight"), self._double(f"{prefix}.bias")

    def _double(self, name: str) -> Matrix:
        return self.tensors[name].double().numpy()


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


def rotary_tables(shape: Architecture) -> tuple[Matrix, Matrix]:
    """Cosines and sines of the angles, each [positions, head size / 2]: dimension i of a head turns with dimension
    i + head size / 2.  Angles are rounded to single precision as those that the model was trained with.
    """
    size = shape.rotary_size
    exponents = -np.arange(0, size, 2, dtype=np.float32) / np.float32(size)
    frequencies = np.zeros(shape.head_size // 2, np.float32)
    frequencies[: size // 2] = np.float32(shape.rotary_emb_base) ** exponents
    angles = np.outer(np.arange(shape.max_position_embeddings, dtype=np.float32), frequencies).astype(np.float64)
    return np.cos(angles), np.sin(angles)
