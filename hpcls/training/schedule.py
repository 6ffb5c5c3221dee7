"""How far a training is, and the learning rate there."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hpcls.training.settings import Schedule

_MINUTE = 60.0


@dataclass
class Clock:
    """What a training has spent, over all its sittings."""

    steps: int = 0
    tokens: int = 0
    seconds: float = 0.0


def done(schedule: Schedule, clock: Clock) -> float:
    """The part of the training that is over, 0 to 1."""
    if schedule.steps:
        return min(1.0, clock.steps / schedule.steps)
    if schedule.tokens:
        return min(1.0, clock.tokens / schedule.tokens)
    return min(1.0, clock.seconds / (schedule.minutes * _MINUTE))


def learning_rate(schedule: Schedule, clock: Clock) -> float:
    """A linear warm-up, then half a cosine down to the final fraction (Loshchilov and Hutter 2017, §3)."""
    warm = min(1.0, (clock.steps + 1) / max(1, schedule.warmup_steps))
    cosine = 0.5 * (1 + math.cos(math.pi * done(schedule, clock)))
    return schedule.learning_rate * warm * (schedule.final_fraction + (1 - schedule.final_fraction) * cosine)
