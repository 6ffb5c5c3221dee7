"""One step of training: losses, gradients, the optimiser."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from hpcls.errors import UsageError
from hpcls.training.batches import Batch
from hpcls.training.loader import Step
from hpcls.training.model import Model
from hpcls.training.objective import nothing, tally, token_losses
from hpcls.training.optimisers import Optimisers
from hpcls.training.settings import Training
from hpcls.training.world import World


class Stepper:
    """A model and its optimiser; every process computes its own part of a step's batches."""

    def __init__(self, model: Model, settings: Training, world: World) -> None:
        """Raises UsageError where the batches of a step do not divide over the processes."""
        if settings.batches.per_step % world.size:
            raise UsageError(f"{settings.batches.per_step} batches a step do not divide over {world.size} processes")
        self.model = model
        self.optimiser = Optimisers(model, settings.optimiser)
        self._clip = settings.optimiser.clip
        self._world = world
        self._parallel = world.parallel(model, compiled=settings.compile)

    def step(self, step: Step, rate: float) -> Tensor:
        """Learn at that learning rate; the tally of this process's batches."""
        counted = nothing(self._world.device)
        for number, batch in enumerate(step.batches, 1):
            counted += self._backward(batch.to(self._world.device), step.weight, last=number == len(step.batches))
        nn.utils.clip_grad_norm_(self.model.parameters(), self._clip)
        self.optimiser.step(rate)
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
