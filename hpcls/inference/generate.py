"""Answers: the likeliest one that a constraint allows, token by token, and the likelihood of given ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hpcls.errors import Cancelled, ModelError
from hpcls.inference.cache import Context, common_prefix
from hpcls.inference.constraint import Constraint
from hpcls.inference.reading import Reading


@dataclass(frozen=True)
class Generation:
    """An answer, and how sure the model was of it."""

    ids: tuple[int, ...]
    probabilities: tuple[float, ...]
    """Of each token among those that were allowed there; 1 for those that were the only way on."""
    sampled: int
    """Tokens that the model chose."""
    forced: int
    """Tokens that were the only way on, or that closed an answer that had become too long."""
    is_closed: bool
    """Whether it had become too long."""

    @property
    def log_probability(self) -> float:
        """Natural logarithm of the whole answer's probability among all that are allowed."""
        return math.fsum(map(math.log, self.probabilities))


def generate(
    context: Context,
    prompt: Sequence[int],
    constraint: Constraint,
    limit: int,
    cancelled: Callable[[], bool] = lambda: False,
) -> Generation:
    """Greedy decoding: at each place the likeliest token that `constraint` allows there, which it consumes.

    After `limit` tokens, or where the context is full, the answer is ended the shortest way.  Tokens without an
    alternative are not computed one by one but read together with the next that is needed.  What is likely to come
    is read ahead, and taken back where the model would not have said it (Leviathan et al., arXiv:2211.17192); only the
    time changes.
    Raises ModelError where the prompt leaves no room for an answer, and Cancelled once `cancelled` says so.
    """
    room = context.capacity - len(prompt)
    if room < 1:
        raise ModelError("model", f"a prompt of {len(prompt)} tokens; it takes {context.capacity} with the answer")
    limit = min(limit, room)
    ids: list[int] = []
    probabilities: list[float] = []
    sampled, is_closed = 0, False
    reading = Reading(context, prompt, cancelled)
    while not constraint.is_done:
        if cancelled():
            raise Cancelled
        run = constraint.forced()
        if not run and len(ids) >= limit:
            run, is_closed = constraint.closing(), True
        if run:
            certain = [1.0] * len(run)
        else:
            row = reading.after(ids, constraint.likely())
            token, probability = _chosen(row, constraint.allowed(), constraint.handicaps)
            run, certain = [token], [probability]
            sampled += 1
        for token in run:
            constraint.advance(token)
        ids += run
        probabilities += certain
    return Generation(tuple(ids), tuple(probabilities), sampled, len(ids) - sampled, is_closed)


def score(
    context: Context,
    prompt: Sequence[int],
    candidates: Sequence[Sequence[int]],
    cancelled: Callable[[], bool] = lambda: False,
) -> list[float]:
    """The log-likelihood (natural) of each whole candidate after `prompt`, over the whole vocabulary.

    What candidates begin with in common is computed once.  Raises as `generate`.
    """
    scores = [0.0] * len(candidates)
    rows = [_log_softmax(context.feed(prompt, cancelled))]
    """The log-probabilities of what follows the prompt and 0, 1, … tokens of `path`."""
    path: Sequence[int] = ()
    for i in sorted(range(len(candidates)), key=lambda i: list(candidates[i])):
        if cancelled():
            raise Cancelled
        candidate = candidates[i]
        kept = min(common_prefix(path, candidate), max(len(candidate) - 1, 0))
        path, unread = candidate[:-1], candidate[kept:-1]
        context.rollback(len(prompt) + kept)
        del rows[kept + 1 :]
        if unread:
            rows += list(_log_softmax(context.append_all(unread)))
        scores[i] = math.fsum(float(row[token]) for row, token in zip(rows, candidate, strict=False))
    return scores


def _chosen(
    logits: npt.NDArray[np.float32], allowed: npt.NDArray[np.int64], handicaps: Mapping[int, float]
) -> tuple[int, float]:
    """The likeliest token, handicaps taken into account, and its own probability among the allowed."""
    possible = logits[allowed].astype(np.float64)
    taken_off = np.array([handicaps.get(int(one), 0.0) for one in allowed]) if handicaps else 0.0
    best = int((possible - taken_off).argmax())
    return int(allowed[best]), float(1 / np.exp(possible - possible[best]).sum())


def _log_softmax(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
