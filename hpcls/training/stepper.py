"""One step of training: losses, gradients, the optimiser."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from hpcls.errors import UsageError
from hpcls.training.batches import Batch, Indices, collate
from hpcls.training.dataset import Split
from hpcls.training.model import Model
from hpcls.training.objective import nothing, tally, token_losses
from hpcls.training.settings import Optimiser, Training
from hpcls.training.world import World


class Stepper:
    """A model and its optimiser; every process computes its own part of a step's batches."""

    def __init__(self, model: Model, settings: Training, split: Split, world: World) -> None:
        """Raises UsageError where the batches of a step do not divide over the processes."""
        if settings.batches.per_step % world.size:
            raise UsageError(f"{settings.batches.per_step} batches a step do not divide over {world.size} processes")
        self.model = model
        self.optimiser = optimiser(model, settings.optimiser)
        self._clip = settings.optimiser.clip
        self._split, self._world = split, world
        self._parallel = world.parallel(model, compiled=settings.compile)

    def step(self, batches: list[Indices], rate: float) -> Tensor:
        """Learn from the `batches` of all processes at that learning rate; the tally of this process's."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        total = sum(float(self._split.weight_sums[one].sum()) for one in batches)
        own = self._world.own(batches)
        counted = nothing(self._world.device)
        for number, examples in enumerate(own, 1):
            batch = collate(self._split, examples).to(self._world.device)
            counted += self._backward(batch, total, last=number == len(own))
        nn.utils.clip_grad_norm_(self.model.parameters(), self._clip)
        self.optimiser.step()  # pyright: ignore[reportUnknownMemberType]
        self.optimiser.zero_grad()
        return counted

    def _backward(self, batch: Batch, total: float, last: bool) -> Tensor:
        """Add one batch's part of the gradients of the step's mean loss, `total` being the step's sum of weights.

        The processes exchange gradients after their last batch.  What they get is the mean over processes, hence the
        factor: only then does a token count alike wherever it is computed.
        """
        if isinstance(self._parallel, DistributedDataParallel):
            self._parallel.require_backward_grad_sync = last
        with self._world.reduced():
            logits: Tensor = self._parallel(batch.ids, batch.places)
        losses = token_losses(logits, batch)
        loss = (losses * batch.weights).sum() * (self._world.size / total)
        loss.backward()  # pyright: ignore[reportUnknownMemberType]
        return tally(losses.detach(), batch)


def optimiser(model: Model, settings: Optimiser) -> torch.optim.AdamW:
    """AdamW over `model`, with weight decay on matrices only."""
    parameters = list(model.parameters())
    groups = [
        {"params": [one for one in parameters if one.dim() >= 2], "weight_decay": settings.weight_decay},
        {"params": [one for one in parameters if one.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(settings.beta1, settings.beta2), fused=True)
