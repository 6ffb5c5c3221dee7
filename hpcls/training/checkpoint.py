"""Checkpoints: folders that export reads, and from which a training goes on exactly."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from hpcls.errors import InputError
from hpcls.training.architecture import Architecture, read_architecture
from hpcls.training.model import Model

LATEST = "latest"
"""The link to the newest checkpoint of a run."""

_MINUTE = 60.0


@dataclass(frozen=True)
class Checkpoint:
    """All that a training is made of; `state` is what `training.pt` holds besides the weights."""

    shape: Architecture
    prompt_format: int
    weights: Mapping[str, Tensor]
    state: Mapping[str, Any]


def write_checkpoint(run: Path, name: str, checkpoint: Checkpoint) -> Path:
    """Write `run/name` as a whole or not at all, and let `run/latest` point at it.  Raises InputError."""
    folder, temporary = run / name, run / f".{name}.new"
    try:
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        (temporary / "config.json").write_text(checkpoint.shape.written(checkpoint.prompt_format), encoding="utf-8")
        _save(temporary / "model.pt", dict(checkpoint.weights))
        _save(temporary / "training.pt", dict(checkpoint.state))
        shutil.rmtree(folder, ignore_errors=True)
        temporary.rename(folder)
        _point(run / LATEST, name)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise InputError(str(folder), f"cannot write the checkpoint: {error.strerror or error}") from error
    return folder


def load_model(folder: Path) -> tuple[Model, Architecture, int]:
    """The model of a checkpoint folder (fp32, for evaluation), its shape and prompt format.  Raises InputError."""
    shape, prompt_format = read_architecture(folder / "config.json")
    model = Model(shape)
    load_weights(model, folder)
    return model.eval(), shape, prompt_format


def load_weights(model: Model, folder: Path) -> None:
    """Put the weights of a checkpoint folder into `model`.  Raises InputError."""
    try:
        model.load_state_dict(_load(folder / "model.pt"))
    except RuntimeError as error:
        raise InputError(str(folder / "model.pt"), "its weights do not fit config.json beside it") from error


def load_state(folder: Path) -> dict[str, Any]:
    """What `training.pt` of a checkpoint folder holds.  Raises InputError."""
    return _load(folder / "training.pt")


def thin(run: Path, minutes: float, seconds: Mapping[str, float]) -> None:
    """Delete all checkpoints but the last two and the first of every `minutes` (0: keep all).

    `seconds`: name → training time.
    """
    if not minutes:
        return
    names = sorted(path.name for path in run.glob("step-*") if path.name in seconds)
    kept: set[int] = set()
    for name in names[:-2]:
        period = int(seconds[name] / (minutes * _MINUTE))
        if period == 0 or period in kept:
            shutil.rmtree(run / name, ignore_errors=True)
        kept.add(period)


def _save(path: Path, values: dict[str, Any]) -> None:
    """torch.save, on the disk when it returns.  Raises OSError."""
    with path.open("wb") as file:
        try:
            torch.save(values, file)
        except RuntimeError as error:
            raise OSError(f"{path.name}: {error}") from error
        file.flush()
        os.fsync(file.fileno())


def _load(path: Path) -> dict[str, Any]:
    try:
        return cast("dict[str, Any]", torch.load(path, map_location="cpu", weights_only=True))
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except (RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise InputError(str(path), f"broken, or no checkpoint: {error}") from error


def _point(link: Path, name: str) -> None:
    temporary = link.with_name(f".{link.name}.new")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(name, target_is_directory=True)
    temporary.replace(link)
