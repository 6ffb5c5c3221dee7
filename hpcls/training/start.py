"""A training begun, or gone on with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch

from hpcls.errors import InputError, UsageError
from hpcls.training.checkpoint import LATEST, load_state
from hpcls.training.dataset import read_dataset
from hpcls.training.settings import Training, check, from_values, read_training
from hpcls.training.trainer import Trainer
from hpcls.training.world import world


@dataclass(frozen=True)
class Wanted:
    """What training is asked for."""

    dataset: Path
    run: Path
    settings: Path | None = None
    """A TOML file; None is the small model."""
    end: Mapping[str, Any] | None = None
    """minutes, steps or tokens, in place of the settings' own end."""
    device: str = "auto"
    resume: bool = False
    begin_with: Path | None = None
    """An exported model whose weights to begin with; None is random ones."""


def start(wanted: Wanted) -> None:
    """Train until the end, or until a signal.  Raises HpclsError."""
    if wanted.resume and wanted.settings:
        raise UsageError("--resume goes on with the settings of the run; leave --settings out")
    if wanted.resume and wanted.begin_with:
        raise UsageError("--resume goes on with the weights of the run; leave --begin-with out")
    if not wanted.resume and (wanted.run / LATEST).exists():
        raise UsageError(f"{wanted.run} holds a training already; --resume goes on with it")
    torch.set_flush_denormal(True)
    torch.set_float32_matmul_precision("high")
    settings = chosen(wanted)
    with world(wanted.device) as processes:
        dataset = read_dataset(wanted.dataset, settings.model.max_position_embeddings)
        _make(wanted.run)
        trainer = Trainer(settings, dataset, processes, wanted.run)
        if wanted.resume:
            trainer.resume((wanted.run / LATEST).resolve())
        elif wanted.begin_with:
            trainer.begin_with(wanted.begin_with)
        trainer.train()


def chosen(wanted: Wanted) -> Training:
    """The settings asked for: those of the run where it goes on.  Raises HpclsError."""
    if wanted.resume:
        settings = from_values(load_state(wanted.run / LATEST)["settings"], str(wanted.run / LATEST))
    else:
        settings = read_training(wanted.settings or Path(str(files("hpcls.training") / "configs" / "small.toml")))
    if wanted.end:
        schedule = replace(settings.schedule, **({"minutes": 0.0, "steps": 0, "tokens": 0} | dict(wanted.end)))
        settings = replace(settings, schedule=schedule)
        check(settings, "the command line")
    return settings


def _make(run: Path) -> None:
    try:
        run.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(run), error.strerror or str(error)) from error
