"""What makes a model's probabilities mean what they say: the share of such questions that come out so.

A probability p becomes σ(a·logit(p) + b), with a and b of each kind of question fitted on questions whose answers are
known (J. Platt, Probabilistic outputs for support vector machines, 1999; with b = 0 it is the scaling by a temperature
of Guo, Pleiss, Sun, Weinberger, arXiv:1706.04599).  It keeps the order, so that no choice changes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import isfinite, log, tanh
from typing import Literal, cast, get_args

Kind = Literal["directive", "MPI call", "MPI function"]
"""Whether a loop has a directive; whether a function is called in a gap; whether the call that comes there is of it."""
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

    def __call__(self, kind: Kind, probability: float) -> float:
        """What a `probability` about a question of this kind means."""
        scaling = self.scalings.get(kind)
        return scaling(probability) if scaling else probability

    @staticmethod
    def read(data: bytes) -> Calibration:
        """What `write` gave.  Raises ValueError for anything else."""
        value: object = json.loads(data)
        rows = cast("dict[str, object]", value) if isinstance(value, dict) else {}
        if not rows or not set(rows) <= set(KINDS):
            raise ValueError("expected an object of kinds of questions")
        return Calibration({kind: _scaling(rows[kind]) for kind in KINDS if kind in rows})

    def write(self) -> bytes:
        """JSON."""
        return (json.dumps({kind: asdict(one) for kind, one in self.scalings.items()}, indent=2) + "\n").encode()


def logit(probability: float) -> float:
    """Of a probability that is not quite 0 or 1."""
    inside = min(max(probability, _CLOSEST), 1 - _CLOSEST)
    return log(inside / (1 - inside))


def _scaling(value: object) -> Scaling:
    row = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    slope, intercept = row.get("slope"), row.get("intercept")
    if not isinstance(slope, int | float) or not isinstance(intercept, int | float) or slope <= 0:
        raise ValueError("expected `slope` above 0 and `intercept`")
    if not isfinite(slope) or not isfinite(intercept):
        raise ValueError("expected finite numbers")
    return Scaling(slope, intercept)
