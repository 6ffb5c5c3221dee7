"""The training loop."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from hpcls.errors import InputError
from hpcls.training.architecture import read_architecture
from hpcls.training.batches import collate
from hpcls.training.checkpoint import Checkpoint, load_state, load_weights, thin, write_checkpoint
from hpcls.training.dataset import Dataset
from hpcls.training.feed import Position, tune_batches
from hpcls.training.journal import Journal
from hpcls.training.loader import Loader
from hpcls.training.model import Model
from hpcls.training.objective import measure, nothing, score
from hpcls.training.schedule import Clock, done, learning_rate
from hpcls.training.settings import Training, as_values
from hpcls.training.stepper import Stepper
from hpcls.training.stopping import Stopping
from hpcls.training.unfold import GRAPH, unfolded
from hpcls.training.world import World

_MINUTE = 60.0


class Trainer:
    """A model, what trains it, and how far that is."""

    def __init__(self, settings: Training, dataset: Dataset, world: World, run: Path) -> None:
        """`run` is the folder to write to.  Raises UsageError and SettingsError."""
        self._settings, self._dataset, self._world, self._run = settings, dataset, world, run
        torch.manual_seed(settings.batches.seed)  # pyright: ignore[reportUnknownMemberType]
        self.shape = settings.model.architecture(dataset.vocabulary)
        self.model = Model(self.shape, settings.dropout).to(world.device)
        self._stepper = Stepper(self.model, settings, world)
        self._loader = Loader(dataset, settings.batches, world)
        self.clock = Clock()
        self._times: dict[str, float] = {}
        """Checkpoint → seconds of training in it."""

    def begin_with(self, folder: Path) -> None:
        """Take the weights of an exported model or a checkpoint of the same shape, whatever form its prompts had.

        Raises InputError.
        """
        shape, _ = read_architecture(folder / "config.json")
        if shape != self.shape:
            raise InputError(str(folder), "its shape is not that of the settings and the dataset's vocabulary")
        if (folder / GRAPH).exists():
            self.model.load_state_dict(unfolded(folder, shape))
        else:
            load_weights(self.model, folder)

    def _check_words(self, folder: Path) -> None:
        """Raises InputError where a folder's model has not read the dataset's words."""
        shape, prompt_format = read_architecture(folder / "config.json")
        if (shape.vocab_size, prompt_format) != (self._dataset.vocabulary, self._dataset.prompt_format):
            had = f"its vocabulary is {shape.vocab_size} in format {prompt_format}"
            has = f"the dataset's is {self._dataset.vocabulary} in format {self._dataset.prompt_format}"
            raise InputError(str(folder), f"{had}, {has}")

    def resume(self, folder: Path) -> None:
        """Go on from a checkpoint folder.  Raises InputError."""
        self._check_words(folder)
        load_weights(self.model, folder)
        state = load_state(folder)
        self._stepper.optimiser.load_state_dict(state["optimiser"])
        self.clock, self._loader.position = Clock(**state["clock"]), Position(**state["position"])
        self._times = dict(state["times"])
        torch.set_rng_state(state["random"])

    def train(self) -> None:
        """Until the schedule's end or a signal; there is a checkpoint afterwards.  Raises InputError."""
        journal = Journal(self._run, self.clock.steps, self._world.first)
        with Stopping() as stopping:
            try:
                self._loop(journal, stopping)
            finally:
                journal.close()
                self._loader.close()

    def _loop(self, journal: Journal, stopping: Stopping) -> None:
        begun, logged = time.monotonic() - self.clock.seconds, replace(self.clock)
        tuned = kept = self.clock.seconds
        keeping, counted, stop = self._settings.keeping, nothing(self._world.device), False
        while self._done < 1 and not stop:
            counted += self._step()
            self.clock.seconds, stop = self._world.agreed(time.monotonic() - begun, stopping.asked)
            if self.clock.steps % keeping.log_steps == 0:
                found = score(self._world.summed(counted))
                journal.write(self._losses(found.loss, found.answers, logged), self._done)
                counted, logged = nothing(self._world.device), replace(self.clock)
            if self.clock.seconds - tuned >= keeping.tune_minutes * _MINUTE:
                tuned = self.clock.seconds
                journal.write(self._tuned(), self._done)
            if self.clock.seconds - kept >= keeping.checkpoint_minutes * _MINUTE:
                kept = self.clock.seconds
                self._keep()
        if not stop:
            journal.write(self._tuned(), self._done)
        self._keep()

    def _step(self) -> torch.Tensor:
        step = self._loader.next_step()
        counted = self._stepper.step(step, learning_rate(self._settings.schedule, self.clock))
        self.clock.steps += 1
        self.clock.tokens += step.tokens
        return counted

    @property
    def _done(self) -> float:
        return done(self._settings.schedule, self.clock)

    def _losses(self, loss: float, answers: Mapping[str, float], since: Clock) -> dict[str, object]:
        """A line of the journal about training since then."""
        seconds = max(self.clock.seconds - since.seconds, 1e-9)
        return {
            **self._place(),
            "learning_rate": learning_rate(self._settings.schedule, self.clock),
            "train_loss": loss,
            **{f"train_{kind}": value for kind, value in answers.items()},
            "tokens_per_second": (self.clock.tokens - since.tokens) / seconds,
        }

    def _tuned(self) -> dict[str, object]:
        """A line of the journal about the tune split."""
        own = self._world.own(tune_batches(self._dataset, self._settings))
        found = measure(self.model, (collate(self._dataset.tune, one) for one in own), self._world)
        return {
            **self._place(),
            "tune_loss": found.loss,
            **{f"tune_{kind}": value for kind, value in found.answers.items()},
            **{f"tune_exact_{kind}": value for kind, value in found.exact.items()},
        }

    def _place(self) -> dict[str, object]:
        return {
            "step": self.clock.steps,
            "epoch": self._loader.position.epoch,
            "tokens": self.clock.tokens,
            "seconds": round(self.clock.seconds, 1),
        }

    def _keep(self) -> None:
        """Write a checkpoint, unless there is one of this step.  Raises InputError."""
        name = f"step-{self.clock.steps:08}"
        if self._world.first and name not in self._times:
            self._times[name] = self.clock.seconds
            weights = self.model.state_dict()
            write_checkpoint(
                self._run, name, Checkpoint(self.shape, self._dataset.prompt_format, weights, self._state())
            )
            thin(self._run, self._settings.keeping.keep_minutes, self._times)
        self._world.wait()

    def _state(self) -> dict[str, Any]:
        return {
            "optimiser": self._stepper.optimiser.state_dict(),
            "clock": asdict(self.clock),
            "position": asdict(self._loader.position),
            "times": self._times,
            "random": torch.get_rng_state(),
            "settings": as_values(self._settings),
        }
