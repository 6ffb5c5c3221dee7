"""How a model is trained: a tree of frozen dataclasses, read from a small TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

from hpcls.errors import SettingsError
from hpcls.training.architecture import Architecture

Part = TypeVar("Part")

_TOLD: Mapping[type, str] = {int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True)
class Shape:
    """The decoder's shape; its vocabulary comes with the dataset."""

    hidden_size: int = 320
    num_hidden_layers: int = 5
    num_attention_heads: int = 5
    intermediate_size: int = 1280
    max_position_embeddings: int = 2048
    rotary_pct: float = 1.0
    tie_word_embeddings: bool = True

    def architecture(self, vocabulary: int) -> Architecture:
        """The whole shape, for a vocabulary of that many tokens."""
        return Architecture(vocab_size=vocabulary, **asdict(self))


@dataclass(frozen=True)
class Schedule:
    """When training ends (exactly one of minutes, steps, tokens), and the learning rate until then."""

    learning_rate: float = 1.5e-3
    """At its peak, after the warm-up."""
    final_fraction: float = 0.1
    """Of the peak, at the end."""
    warmup_steps: int = 100
    minutes: float = 0.0
    steps: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class Batches:
    """What one step sees."""

    tokens_per_step: int = 8192
    tokens_per_batch: int = 2048
    """Of one forward and backward pass; a step has tokens_per_step / tokens_per_batch of them, on however many
    processes."""
    seed: int = 0
    text: float = 1.0
    """How often an epoch holds each example of this kind; parts of examples are drawn anew every epoch."""
    omp: float = 1.0
    mpi: float = 1.0
    prompt_share: float = 1.0
    """The share of a prompt's words that are predicted each time."""
    renumbered: float = 0.0
    """The share of examples whose symbols exchange their numbers each time."""

    @property
    def per_step(self) -> int:
        """Batches in one step."""
        return max(1, self.tokens_per_step // self.tokens_per_batch)


@dataclass(frozen=True)
class Optimiser:
    """AdamW, and Muon for the matrices inside the blocks if `muon`."""

    muon: bool = False

    beta1: float = 0.9
    beta2: float = 0.95
    weight_decay: float = 0.1
    """On matrices only."""
    clip: float = 1.0
    """The greatest norm of the gradient."""


@dataclass(frozen=True)
class Keeping:
    """What is written, and how often."""

    checkpoint_minutes: float = 5.0
    keep_minutes: float = 15.0
    """Of the older checkpoints one in this time stays."""
    tune_minutes: float = 5.0
    tune_batches: int = 96
    log_steps: int = 10


@dataclass(frozen=True)
class Training:
    """All of it."""

    model: Shape = field(default_factory=Shape)
    schedule: Schedule = field(default_factory=lambda: Schedule(minutes=90.0))
    batches: Batches = field(default_factory=Batches)
    optimiser: Optimiser = field(default_factory=Optimiser)
    keeping: Keeping = field(default_factory=Keeping)
    dropout: float = 0.0
    """The share of what blocks add that is left out: for examples that are seen many times."""
    compile: bool = False
    """On a GPU: minutes of compiling, then faster steps."""


def read_training(path: Path) -> Training:
    """The settings in `path`.  Raises SettingsError, which names it."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(str(path), None, error.strerror or str(error)) from error
    except ValueError as error:
        raise SettingsError(str(path), None, str(error)) from error
    return from_values(read, str(path))


def from_values(values: Mapping[str, object], told: str) -> Training:
    """The settings that nested, kebab-case `values` give.  Raises SettingsError, which names `told`."""
    settings = _part(Training, values, told, "")
    check(settings, told)
    return settings


def as_values(settings: Training) -> dict[str, object]:
    """What `from_values` reads."""
    return _kebab(asdict(settings))


def _kebab(values: Mapping[str, Any]) -> dict[str, object]:
    return {
        key.replace("_", "-"): _kebab(cast("dict[str, Any]", value)) if isinstance(value, dict) else value
        for key, value in values.items()
    }


def _part(kind: type[Part], values: object, told: str, under: str) -> Part:
    """One dataclass of the tree."""
    if not isinstance(values, Mapping):
        raise SettingsError(told, None, f"{under}: expected a table")
    keys = cast("Mapping[str, object]", values)
    hints = get_type_hints(kind)
    names = {one.name.replace("_", "-"): one.name for one in fields(cast("Any", kind))}
    unknown = next((key for key in keys if key not in names), None)
    if unknown is not None:
        raise SettingsError(told, None, f"unknown key {under}{unknown} (there are {', '.join(names)})")
    return kind(**{names[key]: _value(hints[names[key]], value, told, under + key) for key, value in keys.items()})


def _value(kind: type[Any], value: object, told: str, key: str) -> object:
    """A value of one field, or a part of the tree."""
    if kind not in (int, float, bool):
        return _part(kind, value, told, key + ".")
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        raise SettingsError(told, None, f"{key}: expected {_TOLD[kind]}, not {value!r}")
    if not cast("float", value) >= 0:
        raise SettingsError(told, None, f"{key}: expected a number from 0, not {value!r}")
    return value


def check(settings: Training, told: str) -> None:
    """Raises SettingsError, which names `told`, for numbers that no training can have."""
    schedule, batches = settings.schedule, settings.batches
    if sum(bool(end) for end in (schedule.minutes, schedule.steps, schedule.tokens)) != 1:
        raise SettingsError(told, None, "schedule: exactly one of minutes, steps and tokens says when training ends")
    if not 1 <= batches.tokens_per_batch <= batches.tokens_per_step:
        raise SettingsError(told, None, "batches: tokens-per-batch has to be between 1 and tokens-per-step")
    if settings.dropout >= 1:
        raise SettingsError(told, None, "dropout: expected a number below 1")
    if settings.keeping.log_steps < 1 or settings.keeping.tune_batches < 1:
        raise SettingsError(told, None, "keeping: log-steps and tune-batches have to be at least 1")
