"""One step of training: losses, gradients, the optimiser."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from hpcls.errors import UsageError
from hpcls.training.augment import renumbered, thinned
from hpcls.training.batches import Batch, Indices, collate
from hpcls.training.dataset import Dataset
from hpcls.training.model import Model
from hpcls.training.objective import nothing, tally, token_losses
from hpcls.training.optimisers import Optimisers
from hpcls.training.settings import Training
from hpcls.training.world import World


class Stepper:
    """A model and its optimiser; every process computes its own part of a step's batches."""

    def __init__(self, model: Model, settings: Training, dataset: Dataset, world: World) -> None:
        """Raises UsageError where the batches of a step do not divide over the processes."""
        if settings.batches.per_step % world.size:
            raise UsageError(f"{settings.batches.per_step} batches a step do not divide over {world.size} processes")
        self.model = model
        self.optimiser = Optimisers(model, settings.optimiser)
        self._clip = settings.optimiser.clip
        self._dataset, self._batches, self._world = dataset, settings.batches, world
        self._parallel = world.parallel(model, compiled=settings.compile)

    def step(self, batches: list[Indices], rate: float) -> Tensor:
        """Learn from the `batches` of all processes at that learning rate; the tally of this process's."""
        total = sum(float(self._dataset.train.weight_sums[one].sum()) for one in batches)
        own = self._world.own(batches)
        counted = nothing(self._world.device)
        for number, examples in enumerate(own, 1):
            batch = self._varied(collate(self._dataset.train, examples))
            counted += self._backward(batch.to(self._world.device), total, last=number == len(own))
        nn.utils.clip_grad_norm_(self.model.parameters(), self._clip)
        self.optimiser.step(rate)
        return counted

    def _varied(self, batch: Batch) -> Batch:
        return thinned(renumbered(batch, self._dataset.symbols, self._batches.renumbered), self._batches.prompt_share)

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
