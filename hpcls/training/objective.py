"""What training minimises, and the figures that tell how good a model is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from hpcls.training.batches import Batch
from hpcls.training.dataset import KINDS
from hpcls.training.model import Model
from hpcls.training.world import World

_COLUMNS = 6


@dataclass(frozen=True)
class Score:
    """How good a model is."""

    loss: float
    """Nats a token, each token by its weight: what is minimised."""
    answers: dict[str, float]
    """Kind → nats a token of its answers."""
    exact: dict[str, float]
    """Kind → the share of its examples whose every answer token is the likeliest: what greedy decoding gets right."""


def token_losses(logits: Tensor, batch: Batch) -> Tensor:
    """Nats, float32 [n], of every token to be predicted, from the logits [n, vocabulary] at its place."""
    return functional.cross_entropy(logits.float(), batch.targets, reduction="none")


def nothing(device: torch.device) -> Tensor:
    """The tally of no tokens."""
    return torch.zeros(len(KINDS), _COLUMNS, device=device)


def tally(losses: Tensor, batch: Batch, likeliest: Tensor | None = None) -> Tensor:
    """float32 [kinds, 6]: losses by weight, weights; losses of answers, answer tokens; examples, and the exact ones.

    The last two only with `likeliest`, the ids [n] that the model would have said.
    """
    counted = nothing(losses.device)
    answers = (batch.weights >= 1).float()
    columns = [losses * batch.weights, batch.weights, losses * answers, answers]
    counted[:, :4].index_add_(0, batch.kinds, torch.stack(columns, dim=1))
    if likeliest is not None:
        counted[:, 4:].index_add_(0, *_rows(answers * (likeliest != batch.targets), answers, batch))
    return counted


def _rows(wrong: Tensor, answers: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """The kind of each row, and [rows, 2]: 1 if it has an answer, 1 if that is all right."""
    sums = torch.zeros(len(batch.ids), 2, device=wrong.device)
    sums.index_add_(0, batch.rows, torch.stack([answers, wrong], dim=1))
    kinds = torch.zeros(len(batch.ids), dtype=torch.int64, device=wrong.device)
    kinds[batch.rows] = batch.kinds
    has_answer = sums[:, 0] > 0
    return kinds, torch.stack([has_answer, has_answer & (sums[:, 1] == 0)], dim=1).float()


def score(counted: Tensor) -> Score:
    """The figures of a tally; a kind without answers has none."""
    rows: list[list[float]] = counted.double().tolist()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    total = sum(row[1] for row in rows)
    return Score(
        loss=sum(row[0] for row in rows) / total if total else 0.0,
        answers={kind: row[2] / row[3] for kind, row in zip(KINDS, rows, strict=True) if row[3]},
        exact={kind: row[5] / row[4] for kind, row in zip(KINDS, rows, strict=True) if row[4]},
    )


@torch.no_grad()
def measure(model: Model, batches: Iterable[Batch], world: World) -> Score:
    """The score over the `batches` of every process together."""
    model.eval()
    counted = nothing(world.device)
    for one in batches:
        batch = one.to(world.device)
        with world.reduced():
            logits: Tensor = model(batch.ids, batch.places)
        counted += tally(token_losses(logits, batch), batch, logits.argmax(dim=1))
    model.train()
    return score(world.summed(counted))
