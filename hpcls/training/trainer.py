"""The training loop."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from hpcls.errors import InputError, UsageError
from hpcls.training.batches import Batch, Indices, collate, epoch
from hpcls.training.checkpoint import Checkpoint, load_state, load_weights, thin, write_checkpoint
from hpcls.training.dataset import Dataset
from hpcls.training.journal import Journal
from hpcls.training.model import Model
from hpcls.training.objective import Score, measure, score, tally, token_losses
from hpcls.training.schedule import Clock, done, learning_rate
from hpcls.training.settings import Optimiser, Training, as_values
from hpcls.training.stopping import Stopping
from hpcls.training.world import World

_MINUTE = 60.0


@dataclass
class Position:
    """Where in the data a training is: the next step of an epoch."""

    epoch: int = 0
    step: int = 0


class Trainer:
    """A model, what trains it, and how far that is."""

    def __init__(self, settings: Training, dataset: Dataset, world: World, run: Path) -> None:
        """Raises UsageError where the batches of a step do not divide over the processes."""
        if settings.batches.per_step % world.size:
            raise UsageError(f"{settings.batches.per_step} batches a step do not divide over {world.size} processes")
        self.settings, self.dataset, self.world, self.run = settings, dataset, world, run
        torch.manual_seed(settings.batches.seed)
        self.shape = settings.model.architecture(dataset.vocabulary)
        self.shape.check("model")
        self.bare = Model(self.shape).to(world.device)
        self.optimiser = optimiser(self.bare, settings.optimiser)
        self.model = world.parallel(self.bare)
        self.clock, self.position = Clock(), Position()
        self._times: dict[str, float] = {}
        self._tune = [
            collate(dataset.tune, one).to(world.device)
            for one in self._own(tune_batches(dataset, settings, world.size))
        ]

    def resume(self, folder: Path) -> None:
        """Go on from a checkpoint folder.  Raises InputError."""
        load_weights(self.bare, folder)
        state = load_state(folder)
        self.optimiser.load_state_dict(state["optimiser"])
        self.clock, self.position = Clock(**state["clock"]), Position(**state["position"])
        self._times = dict(state["times"])
        torch.set_rng_state(state["random"])

    def train(self) -> None:
        """Until the schedule's end or a signal; a checkpoint is there afterwards.  Raises InputError."""
        journal = Journal(self.run, self.clock.steps, self.world.first)
        with Stopping() as stopping:
            try:
                self._loop(journal, stopping)
            finally:
                journal.close()

    def _loop(self, journal: Journal, stopping: Stopping) -> None:
        begun = time.monotonic() - self.clock.seconds
        keeping = self.settings.keeping
        tuned = kept = self.clock.seconds
        counted, logged = self._nothing(), Clock(**asdict(self.clock))
        steps, stop = self._steps(), False
        while done(self.settings.schedule, self.clock) < 1 and not stop:
            counted += self._step(next(steps))
            self.clock.seconds, stop = self._agreed(time.monotonic() - begun, stopping.asked)
            if self.clock.steps % keeping.log_steps == 0:
                journal.write(self._record(score(self.world.summed(counted)), logged), self._done())
                counted, logged = self._nothing(), Clock(**asdict(self.clock))
            if self.clock.seconds - tuned >= keeping.tune_minutes * _MINUTE:
                journal.write(self._tuned(), self._done())
                tuned = self.clock.seconds
            if self.clock.seconds - kept >= keeping.checkpoint_minutes * _MINUTE:
                self.keep()
                kept = self.clock.seconds
        if not stop:
            journal.write(self._tuned(), self._done())
        self.keep()

    def _step(self, batches: list[Indices]) -> Tensor:
        """One step of the optimiser over the `batches` of all processes; the tally of this one's."""
        rate = learning_rate(self.settings.schedule, self.clock)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        total = sum(float(self.dataset.train.weight_sums[one].sum()) for one in batches)
        counted = self._nothing()
        own = self._own(batches)
        for number, examples in enumerate(own):
            batch = collate(self.dataset.train, examples).to(self.world.device)
            counted += self._backward(batch, total / self.world.size, last=number == len(own) - 1)
        nn.utils.clip_grad_norm_(self.bare.parameters(), self.settings.optimiser.clip)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.clock.steps += 1
        self.clock.tokens += sum(int(self.dataset.train.lengths[one].sum()) for one in batches)
        return counted

    def _backward(self, batch: Batch, total: float, last: bool) -> Tensor:
        """Add the gradients of one batch's weighted losses over `total`; processes exchange them at the last one."""
        if isinstance(self.model, DistributedDataParallel):
            self.model.require_backward_grad_sync = last
        with self.world.reduced():
            logits: Tensor = self.model(batch.ids, batch.places)
        losses = token_losses(logits, batch)
        loss = (losses * batch.weights).sum() / total
        loss.backward()  # pyright: ignore[reportUnknownMemberType]
        return tally(losses.detach(), batch)

    def _steps(self) -> Iterator[list[Indices]]:
        """The steps from `position` on, which moves along, epoch after epoch.  Raises InputError."""
        while True:
            steps = epoch(self.dataset.train, self.settings.batches, self.position.epoch)
            if not steps:
                raise InputError("train", "its examples do not fill a step; make tokens-per-step smaller")
            while self.position.step < len(steps):
                self.position.step += 1
                yield steps[self.position.step - 1]
            self.position.epoch, self.position.step = self.position.epoch + 1, 0

    def _own(self, batches: list[Indices]) -> list[Indices]:
        return batches[self.world.rank :: self.world.size]

    def _agreed(self, seconds: float, stop: bool) -> tuple[float, bool]:
        """The time, and whether to stop, on which all processes agree."""
        agreed = self.world.greatest(torch.tensor([seconds, float(stop)], dtype=torch.float64)).tolist()
        return agreed[0], bool(agreed[1])

    def _nothing(self) -> Tensor:
        return torch.zeros(3, 6, device=self.world.device)

    def _done(self) -> float:
        return done(self.settings.schedule, self.clock)

    def _record(self, found: Score, since: Clock) -> dict[str, object]:
        seconds = max(self.clock.seconds - since.seconds, 1e-9)
        return {
            **self._place(),
            "learning_rate": learning_rate(self.settings.schedule, self.clock),
            "train_loss": found.loss,
            **{f"train_{kind}": loss for kind, loss in found.answers.items()},
            "tokens_per_second": (self.clock.tokens - since.tokens) / seconds,
        }

    def _tuned(self) -> dict[str, object]:
        found = measure(self.bare, self._tune, self.world)
        return {
            **self._place(),
            "tune_loss": found.loss,
            **{f"tune_{kind}": loss for kind, loss in found.answers.items()},
            **{f"tune_exact_{kind}": share for kind, share in found.exact.items()},
        }

    def _place(self) -> dict[str, object]:
        return {
            "step": self.clock.steps,
            "epoch": self.position.epoch,
            "tokens": self.clock.tokens,
            "seconds": round(self.clock.seconds, 1),
        }

    def keep(self) -> None:
        """Write a checkpoint.  Raises InputError."""
        if self.world.first:
            name = f"step-{self.clock.steps:08}"
            self._times[name] = self.clock.seconds
            write_checkpoint(
                self.run,
                name,
                Checkpoint(self.shape, self.dataset.prompt_format, self.bare.state_dict(), self._state()),
            )
            thin(self.run, self.settings.keeping.keep_minutes, self._times)
        self.world.wait()

    def _state(self) -> dict[str, Any]:
        return {
            "optimiser": self.optimiser.state_dict(),
            "clock": asdict(self.clock),
            "position": asdict(self.position),
            "times": self._times,
            "random": torch.get_rng_state(),
            "settings": as_values(self.settings),
        }


def tune_batches(dataset: Dataset, settings: Training, processes: int) -> list[Indices]:
    """The first batches of the tune split, always the same ones, as many for every process."""
    batches = [one for step in epoch(dataset.tune, settings.batches, 0) for one in step]
    return batches[: settings.keeping.tune_batches // processes * processes]


def optimiser(model: Model, settings: Optimiser) -> torch.optim.AdamW:
    """AdamW over `model`, with weight decay on matrices only."""
    parameters = list(model.parameters())
    groups = [
        {"params": [one for one in parameters if one.dim() >= 2], "weight_decay": settings.weight_decay},
        {"params": [one for one in parameters if one.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(settings.beta1, settings.beta2), fused=True)
