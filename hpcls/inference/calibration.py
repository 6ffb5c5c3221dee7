"""What makes a model's probabilities mean what they say, the share of such questions that come out so, and how likely
something has to be before it is believed.

A probability p becomes σ(a·logit(p) + b), with a and b of each kind of question fitted on questions whose answers are
known (J. Platt, Probabilistic outputs for support vector machines, 1999; with b = 0 it is the scaling by a temperature
of Guo, Pleiss, Sun, Weinberger, arXiv:1706.04599).  It keeps the order, so that no choice changes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from math import isfinite, log, tanh
from typing import Literal, cast, get_args

Kind = Literal["directive", "MPI call", "MPI function"]
"""Whether a loop that hpcls offers a directive for has one; whether a function is called in a gap; whether the call
that comes there is of it."""
KINDS: tuple[Kind, ...] = get_args(Kind)

_CLOSEST = 1e-6
"""To 0 and 1: what is certain has no logit."""


@dataclass(frozen=True)
class Scaling:
    """Of one kind of question."""

    slope: float
    """Above 0; below 1 for a model that is too sure."""
    intercept: float

    def __call__(self, probability: float) -> float:
        """What `probability` means; 0 and 1, what is certain, stay."""
        if not 0 < probability < 1:
            return probability
        return 0.5 + 0.5 * tanh(0.5 * (self.slope * logit(probability) + self.intercept))


@dataclass(frozen=True)
class Calibration:
    """Of one model."""

    scalings: Mapping[Kind, Scaling] = field(default_factory=dict[Kind, Scaling])
    """Kinds without one are left as they are."""
    thresholds: Mapping[Kind, float] = field(default_factory=dict[Kind, float])
    """How likely the model itself has to find something, for the precision that was asked for."""

    def __call__(self, kind: Kind, probability: float) -> float:
        """What a `probability` about a question of this kind means."""
        scaling = self.scalings.get(kind)
        return scaling(probability) if scaling else probability

    def threshold(self, kind: Kind, otherwise: float) -> float:
        """How likely the model itself has to find something; `otherwise` where nothing was chosen."""
        return self.thresholds.get(kind, otherwise)

    def updated(self, other: Calibration) -> Calibration:
        """With what `other` has in place of its own."""
        return Calibration({**self.scalings, **other.scalings}, {**self.thresholds, **other.thresholds})

    @staticmethod
    def read(data: bytes) -> Calibration:
        """What `write` gave.  Raises ValueError for anything else."""
        rows = _rows(json.loads(data), ("scalings", "thresholds"))
        scalings, thresholds = (_rows(rows.get(name, {}), KINDS) for name in ("scalings", "thresholds"))
        return Calibration(
            {kind: _scaling(scalings[kind]) for kind in KINDS if kind in scalings},
            {kind: _threshold(thresholds[kind]) for kind in KINDS if kind in thresholds},
        )

    def write(self) -> bytes:
        """JSON."""
        return (json.dumps(asdict(self), indent=2) + "\n").encode()


def logit(probability: float) -> float:
    """Of a probability that is not quite 0 or 1."""
    inside = min(max(probability, _CLOSEST), 1 - _CLOSEST)
    return log(inside / (1 - inside))


def _rows(value: object, names: Collection[str]) -> dict[str, object]:
    if not isinstance(value, dict) or not set(cast("dict[str, object]", value)) <= set(names):
        raise ValueError(f"expected an object of {', '.join(names)}")
    return cast("dict[str, object]", value)


def _threshold(value: object) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("expected a threshold from 0 to 1")
    return float(value)


def _scaling(value: object) -> Scaling:
    row = _rows(value, ("slope", "intercept"))
    slope, intercept = row.get("slope"), row.get("intercept")
    if not isinstance(slope, int | float) or not isinstance(intercept, int | float) or slope <= 0:
        raise ValueError("expected `slope` above 0 and `intercept`")
    if not isfinite(slope) or not isfinite(intercept):
        raise ValueError("expected finite numbers")
    return Scaling(slope, intercept)
