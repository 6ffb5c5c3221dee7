"""The loss and the figures, against their definitions."""

# torch's tensors say nothing of what their lists hold.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import math

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from hpcls.training.batches import collate  # noqa: E402
from hpcls.training.dataset import Split  # noqa: E402
from hpcls.training.objective import score, tally, token_losses  # noqa: E402

SPLIT = Split(
    ids=np.array([2, 5, 4, 6, 3, 2, 7, 4, 8, 3, 2, 9, 9], np.uint16),
    weights=np.array([10, 10, 10, 100, 100, 10, 10, 10, 100, 100, 10, 10, 10], np.uint8),
    starts=np.array([0, 5, 10, 13], np.int64),
    kinds=np.array([1, 2, 0], np.uint8),
)


def test_losses_by_weight_and_by_kind() -> None:
    batch = collate(SPLIT, np.arange(3))
    logits = torch.randn(len(batch.targets), 10, generator=torch.Generator().manual_seed(0))
    chances = logits.softmax(1)[torch.arange(len(batch.targets)), batch.targets].tolist()
    nats = [-math.log(chance) for chance in chances]
    weights = batch.weights.tolist()
    found = score(tally(token_losses(logits, batch), batch))
    assert weights == pytest.approx([0.1, 0.1, 1, 1, 0.1, 0.1, 1, 1, 0.1, 0.1])
    weighted = sum(weight * loss for weight, loss in zip(weights, nats, strict=True))
    assert found.loss == pytest.approx(weighted / sum(weights), rel=1e-5)
    assert found.answers == pytest.approx({"omp": (nats[2] + nats[3]) / 2, "mpi": (nats[6] + nats[7]) / 2}, rel=1e-5)
    assert not found.exact


def test_an_answer_is_exact_when_each_of_its_tokens_is() -> None:
    batch = collate(SPLIT, np.arange(3))
    likeliest = batch.targets.clone()
    likeliest[1] += 1  # a token of the prompt: no matter
    likeliest[7] += 1  # the last token of the MPI answer
    found = score(tally(torch.zeros(len(likeliest)), batch, likeliest))
    assert found.exact == {"omp": 1.0, "mpi": 0.0}
