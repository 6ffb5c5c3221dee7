"""A tiny GPT-NeoX with random weights, and ways to ask a session without any cache."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from hpcls.inference.session import Logits, Session

VOCABULARY = 97
POSITIONS = 600


def write_checkpoint(folder: Path, *, is_tied: bool = True, rotary_pct: float = 1.0) -> None:
    """A checkpoint folder whose LayerNorms, biases and logits are far from those of a fresh model."""
    torch = pytest.importorskip("torch")
    from hpcls.training.architecture import Architecture
    from hpcls.training.model import Model

    torch.set_num_threads(1)
    torch.manual_seed(0)
    shape = Architecture(VOCABULARY, 64, 2, 2, 128, POSITIONS, rotary_pct, tie_word_embeddings=is_tied)
    model = Model(shape)
    for parameter in model.parameters():
        parameter.data = (
            parameter.data * 6 if parameter.dim() == 2 else parameter.data + torch.randn_like(parameter) / 5
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(shape.written(1))
    torch.save(model.state_dict(), folder / "model.pt")


def fresh(session: Session, ids: Sequence[int]) -> Logits:
    """The logits after `ids`, everything computed anew."""
    session.rollback(0)
    return session.append(ids)


def same(first: Logits, second: Logits) -> bool:
    """Equal but for rounding: a token of an int8 graph is rounded a little differently alone and among others."""
    return bool(np.abs(first - second).mean() < 0.1 * second.std())
