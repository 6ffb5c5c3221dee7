"""The weights of an exported graph as a checkpoint's, so that a training can go on from a model that was committed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from hpcls.errors import InputError
from hpcls.training.architecture import Architecture
from hpcls.training.graph_weights import Matrix, attention_rows

GRAPH = "model.fp16.onnx"


def unfolded(folder: Path, shape: Architecture) -> dict[str, Tensor]:
    """The state dict of the model in `folder`: another one than was exported, but the same function.

    Export folded the LayerNorms' gains and offsets into what follows them: here they are 1 and 0.  Raises InputError.
    """
    path = folder / GRAPH
    try:
        graph = onnx.load(path).graph  # pyright: ignore[reportUnknownMemberType]
        stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        return {name: torch.tensor(value.astype(np.float32)) for name, value in _named(stored, shape)}
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except Exception as error:  # protobuf's own errors have no common base
        raise InputError(str(path), f"no graph that hpcls wrote: {error}") from error


def _named(stored: Mapping[str, Matrix], shape: Architecture) -> Iterator[tuple[str, Matrix]]:
    yield "gpt_neox.embed_in.weight", stored["embedding"]
    yield "embed_out.weight", stored["embedding" if shape.tie_word_embeddings else "output"]
    yield "gpt_neox.final_layer_norm.weight", stored["final.gain"]
    yield "gpt_neox.final_layer_norm.bias", stored["final.offset"]
    for number in range(shape.num_hidden_layers):
        for name, value in _block(stored, f"block{number}", shape):
            yield f"gpt_neox.layers.{number}.{name}", value


def _block(stored: Mapping[str, Matrix], name: str, shape: Architecture) -> Iterator[tuple[str, Matrix]]:
    hidden, order = shape.hidden_size, attention_rows(shape)
    inward, bias, outward = (stored[f"{name}.{part}"] for part in ("inward", "inward.bias", "outward"))
    for part, value in (("weight", inward), ("bias", bias)):
        attention = np.empty_like(value[: 3 * hidden])
        attention[order] = value[: 3 * hidden]
        yield f"attention.query_key_value.{part}", attention
        yield f"mlp.dense_h_to_4h.{part}", value[3 * hidden :]
    yield "attention.dense.weight", outward[:, :hidden]
    yield "mlp.dense_4h_to_h.weight", outward[:, hidden:]
    yield "attention.dense.bias", stored[f"{name}.outward.bias"]
    yield "mlp.dense_4h_to_h.bias", np.zeros(hidden)
    for norm in ("input_layernorm", "post_attention_layernorm"):
        yield f"{norm}.weight", np.ones(hidden)
        yield f"{norm}.bias", np.zeros(hidden)
