"""What a model's matrices meet while it reads: the second moments of their inputs.

They say which errors of a matrix matter (`hpcls.training.quantise.quantise_for`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from hpcls.training.architecture import Architecture
from hpcls.training.model import Model
from hpcls.training.quantise import Matrix

_BY_ITSELF = 0.1
"""Of the mean of the diagonal: how much the error of a single value counts in a matrix whose rows are read, too."""


def moments_of(model: Model, shape: Architecture, texts: Sequence[Sequence[int]]) -> dict[str, Matrix]:
    """By the name of a matrix in the graph (`hpcls.training.graph`) the mean of x·xᵀ over its inputs x in `texts`."""
    sums: dict[str, Matrix] = {}
    inputs = dict(_parts(shape))
    for ids in texts:
        seen = _inputs(model, chain.from_iterable(inputs.values()), ids)
        for name, parts in inputs.items():
            vectors = torch.cat([seen[part] for part in parts], 1).numpy()
            sums[name] = sums.get(name, 0) + (vectors.T @ vectors).astype(np.float64)
    count = sum(map(len, texts))
    found = {name: one / count for name, one in sums.items()}
    if shape.tie_word_embeddings:
        found["embedding"] += np.eye(shape.hidden_size) * (_BY_ITSELF * np.diag(found["embedding"]).mean())
    return found


def _parts(shape: Architecture) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each matrix of the graph, and the modules whose inputs, beside each other, are its input."""
    for number in range(shape.num_hidden_layers):
        name, layer = f"block{number}", f"gpt_neox.layers.{number}"
        attention, perceptron = f"{layer}.attention.dense", f"{layer}.mlp.dense_4h_to_h"
        if shape.use_parallel_residual:
            yield f"{name}.inward", (f"{layer}.input_layernorm",)
            yield f"{name}.outward", (attention, perceptron)
        else:
            yield f"{name}.first.inward", (f"{layer}.input_layernorm",)
            yield f"{name}.first.outward", (attention,)
            yield f"{name}.second.inward", (f"{layer}.post_attention_layernorm",)
            yield f"{name}.second.outward", (perceptron,)
    yield "embedding" if shape.tie_word_embeddings else "output", ("embed_out",)


def _inputs(model: Model, names: Iterable[str], ids: Sequence[int]) -> Mapping[str, Tensor]:
    """Module → what it is given for each of `ids`, [tokens, width].

    Of a LayerNorm, whose gain and offset are folded into what is behind it, that normalised.
    """
    seen: dict[str, Tensor] = {}

    def keeper(name: str) -> Callable[[nn.Module, tuple[Tensor]], None]:
        def keep(module: nn.Module, given: tuple[Tensor]) -> None:
            value = given[0][0]
            is_norm = isinstance(module, nn.LayerNorm)
            seen[name] = functional.layer_norm(value, value.shape[-1:], eps=module.eps) if is_norm else value

        return keep

    hooks = [model.get_submodule(name).register_forward_pre_hook(keeper(name)) for name in names]
    try:
        with torch.inference_mode():
            model(torch.tensor([ids]))
    finally:
        for hook in hooks:
            hook.remove()
    return seen
