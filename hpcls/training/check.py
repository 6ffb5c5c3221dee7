"""Whether a graph says what the model in torch says, whichever way its context came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from hpcls.inference.session import Logits, Session
from hpcls.training.model import Model

_BEGIN = 2
_TOKENS = 384


@dataclass(frozen=True)
class GraphCheck:
    """A graph beside the model in torch, over a text of the model's own; errors are absolute, of logits."""

    name: str
    size: int
    """Bytes."""
    spread: float
    """The standard deviation of torch's logits: what errors are to be compared with."""
    max_error: float
    mean_error: float
    same_greedy: float
    """Share of positions whose likeliest token is torch's."""
    append_error: float
    """Mean difference between tokens appended one by one and at once."""
    rollback_error: float
    """Mean difference between a context that other tokens were taken off and a fresh one."""

    @property
    def worst(self) -> float:
        """The largest of the mean errors, as a share of the spread."""
        return max(self.mean_error, self.append_error, self.rollback_error) / self.spread


def logits_of(model: Model, ids: Sequence[int]) -> Logits:
    """What torch says after each of `ids`: [tokens, vocabulary]."""
    with torch.inference_mode():
        return model(torch.tensor([ids]))[0].numpy()


def check(name: str, session: Session, size: int, expected: Logits, ids: Sequence[int]) -> GraphCheck:
    """Compare a graph of `size` bytes with what is `expected` over `ids`, at least 2.  Raises ModelError where it does
    not run.
    """
    session.rollback(0)
    found = session.append_all(ids)
    error = np.abs(found - expected)
    return GraphCheck(
        name=name,
        size=size,
        spread=float(expected.std()),
        max_error=float(error.max()),
        mean_error=float(error.mean()),
        same_greedy=float((found.argmax(axis=-1) == expected.argmax(axis=-1)).mean()),
        append_error=float(np.abs(_one_by_one(session, ids) - found).mean()),
        rollback_error=float(np.abs(_after_rollback(session, ids) - found[len(ids) // 2 :]).mean()),
    )


def own_text(session: Session, tokens: int = _TOKENS, seed: int = 0) -> list[int]:
    """Ids drawn from the model itself, beginning with `<s>`: what it meets in use, unlike ids drawn blindly."""
    session.rollback(0)
    random = np.random.default_rng(seed)
    ids = [min(_BEGIN, session.vocabulary - 1)]
    while len(ids) < min(tokens, session.capacity):
        ids.append(_drawn(session.append(ids[-1:]), random))
    return ids


def _drawn(logits: Logits, random: np.random.Generator) -> int:
    weights: NDArray[np.float64] = np.exp(logits.astype(np.float64) - logits.max())
    return int(random.choice(len(weights), p=weights / weights.sum()))


def _one_by_one(session: Session, ids: Sequence[int]) -> Logits:
    session.rollback(0)
    return np.stack([session.append([token]) for token in ids])


def _after_rollback(session: Session, ids: Sequence[int]) -> Logits:
    """The logits after each token of the second half, once other tokens stood there."""
    half = len(ids) // 2
    session.rollback(0)
    session.append(ids[:half])
    session.append(ids[::-1][: len(ids) - half])
    session.rollback(half)
    return session.append_all(ids[half:])
