"""A GPT-NeoX decoder (Black et al. 2022, https://arxiv.org/abs/2204.06745), all of it.

Parameters have the names and layouts of published GPT-NeoX checkpoints, which transformers reads too: the rows of
`query_key_value` go head by head, query, key and value of one head together.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from hpcls.training.architecture import Architecture

_DEVIATION = 0.02
_BLOCK = 256
"""Queries at a time: their scores stay in the cache."""


class Attention(nn.Module):
    """Causal self-attention with rotary positions (Su et al. 2021, §3.4)."""

    def __init__(self, shape: Architecture) -> None:
        super().__init__()
        self.heads, self.head_size = shape.num_attention_heads, shape.head_size
        self.query_key_value = nn.Linear(shape.hidden_size, 3 * shape.hidden_size)
        self.dense = nn.Linear(shape.hidden_size, shape.hidden_size)

    def forward(self, hidden: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
        """[batch, length, hidden] → the same."""
        batch, length, size = hidden.shape
        merged: Tensor = self.query_key_value(hidden)
        merged = merged.view(batch, length, self.heads, 3, self.head_size)
        query, key = rotated(merged[..., :2, :], cosine, sine).permute(3, 0, 2, 1, 4).unbind(0)
        mixed = causal(query, key, merged[..., 2, :].transpose(1, 2))
        return self.dense(mixed.transpose(1, 2).reshape(batch, length, size))


class Perceptron(nn.Module):
    """The two-layer perceptron of a block, four times as wide inside."""

    def __init__(self, shape: Architecture) -> None:
        super().__init__()
        self.dense_h_to_4h = nn.Linear(shape.hidden_size, shape.intermediate_size)
        self.dense_4h_to_h = nn.Linear(shape.intermediate_size, shape.hidden_size)
        self.approximation = "tanh" if shape.is_tanh else "none"

    def forward(self, hidden: Tensor) -> Tensor:
        """[…, hidden] → the same."""
        return self.dense_4h_to_h(functional.gelu(self.dense_h_to_4h(hidden), approximate=self.approximation))


class Block(nn.Module):
    """Attention and perceptron beside each other on one residual (Black et al. 2022, §2.1), or one after the other."""

    def __init__(self, shape: Architecture, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.input_layernorm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)
        self.post_attention_layernorm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)
        self.attention = Attention(shape)
        self.mlp = Perceptron(shape)
        self.is_parallel = shape.use_parallel_residual

    def forward(self, hidden: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
        """[batch, length, hidden] → the same."""
        attended = hidden + self.dropout(self.attention(self.input_layernorm(hidden), cosine, sine))
        return attended + self.dropout(
            self.mlp(self.post_attention_layernorm(hidden if self.is_parallel else attended))
        )


class Decoder(nn.Module):
    """Token ids to hidden states."""

    def __init__(self, shape: Architecture, dropout: float) -> None:
        super().__init__()
        self.embed_in = nn.Embedding(shape.vocab_size, shape.hidden_size)
        self.layers = nn.ModuleList(Block(shape, dropout) for _ in range(shape.num_hidden_layers))
        self.final_layer_norm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)
        cosine, sine = rotary_tables(shape)
        self.register_buffer("cosine", cosine, persistent=False)
        self.register_buffer("sine", sine, persistent=False)

    def forward(self, ids: Tensor) -> Tensor:
        """int64 [batch, length] → [batch, length, hidden]."""
        hidden: Tensor = self.embed_in(ids)
        kind = torch.get_autocast_dtype(ids.device.type) if torch.is_autocast_enabled(ids.device.type) else hidden.dtype
        cosine = self.get_buffer("cosine")[: ids.shape[1]].to(kind)
        sine = self.get_buffer("sine")[: ids.shape[1]].to(kind)
        for layer in self.layers:
            hidden = layer(hidden, cosine, sine)
        return self.final_layer_norm(hidden)


class Model(nn.Module):
    """A decoder with its output projection, which may be the embedding itself.

    While it learns, what a block adds to the residual is left out with probability `dropout` (Srivastava et al. 2014).
    """

    def __init__(self, shape: Architecture, dropout: float = 0.0) -> None:
        super().__init__()
        self.gpt_neox = Decoder(shape, dropout)
        self.embed_out = nn.Linear(shape.hidden_size, shape.vocab_size, bias=False)
        if shape.tie_word_embeddings:
            self.embed_out.weight = self.gpt_neox.embed_in.weight
        initialise(self)

    def forward(self, ids: Tensor, places: Tensor | None = None) -> Tensor:
        """int64 [batch, length] → logits [batch, length, vocabulary].

        With `places`, int64 [n] in the flattened [batch · length], only theirs: [n, vocabulary].
        """
        hidden: Tensor = self.gpt_neox(ids)
        if places is not None:
            hidden = hidden.flatten(0, 1).index_select(0, places)
        return self.embed_out(hidden)


def rotary_tables(shape: Architecture) -> tuple[Tensor, Tensor]:
    """Cosines and sines, each [positions, 1, 1, rotated dimensions], what `rotated` multiplies with."""
    size = shape.rotary_size
    frequencies = shape.rotary_emb_base ** (-torch.arange(0, size, 2, dtype=torch.float32) / size)
    angles = torch.outer(torch.arange(shape.max_position_embeddings, dtype=torch.float32), frequencies)
    cosine, sine = torch.cat((angles.cos(), angles.cos()), 1), torch.cat((-angles.sin(), angles.sin()), 1)
    return cosine[:, None, None], sine[:, None, None]


def rotated(states: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """[batch, length, heads, n, head size], the first dimensions of each head turned by their position's angles.

    Of the dimensions that turn, the i-th of the first half turns with the i-th of the second.
    """
    size = cosine.shape[-1]
    turning = states[..., :size]
    turned = torch.addcmul(turning * cosine, turning.roll(size // 2, -1), sine)
    return turned if size == states.shape[-1] else torch.cat((turned, states[..., size:]), dim=-1)


def causal(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Softmax attention of each position to those up to it; all [batch, heads, length, head size].

    On a CPU a block of queries at a time, which takes half the time of torch's own kernel there.
    """
    if query.device.type != "cpu":
        return functional.scaled_dot_product_attention(query, key, value, is_causal=True)
    batch, heads, length, size = query.shape
    queries, keys, values = (one.reshape(batch * heads, length, size) for one in (query, key, value))
    hidden = query.new_full((_BLOCK, length + _BLOCK), float("-inf")).triu(length + 1)
    blocks: list[Tensor] = []
    for start in range(0, length, _BLOCK):
        end = min(length, start + _BLOCK)
        mask = hidden[: end - start, length - start : length - start + end]
        scores = torch.baddbmm(mask, queries[:, start:end], keys[:, :end].transpose(1, 2), alpha=size**-0.5)
        blocks.append(torch.bmm(scores.softmax(-1), values[:, :end]))
    return torch.cat(blocks, 1).view(batch, heads, length, size)


def initialise(model: Model) -> None:
    """Normal with deviation 0.02, what adds to the residual divided by √(2 · layers) (Radford et al. 2019, §2.3)."""
    scaled = _DEVIATION / math.sqrt(2 * len(model.gpt_neox.layers))
    for name, parameter in model.named_parameters():
        if parameter.dim() == 2:
            ends_residual = name.endswith(("attention.dense.weight", "dense_4h_to_h.weight"))
            nn.init.normal_(parameter, std=scaled if ends_residual else _DEVIATION)
        elif name.endswith("bias"):
            nn.init.zeros_(parameter)
