"""How far probabilities mean what they say, the scaling that brings them nearer to it, and thresholds."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from pathlib import Path
from random import Random
from statistics import fmean

import numpy as np

from hpcls.errors import InputError
from hpcls.inference.artefact import CALIBRATION, SUMS, open_model
from hpcls.inference.calibration import KINDS, Calibration, Kind, Scaling, logit

EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
_STEPS = 50
_ENOUGH = 50
"""Questions that a scaling is fitted on, with both answers among them."""
_STIFFNESS = 1.0
"""How much is added to the curvature: as if one more question spoke for leaving probabilities as they are."""


@dataclass(frozen=True)
class Outcome:
    """One question."""

    about: str
    """A kind of questions whose probabilities are shown to users, or a clause."""
    probability: float
    as_written: bool
    repository: str = ""
    weight: float = 1.0


def calibration_error(found: Sequence[Outcome]) -> float:
    """The expected calibration error over the ranges of `EDGES` (Guo, Pleiss, Sun, Weinberger, arXiv:1706.04599), each
    question by its weight.
    """
    ranges = ((inside, _weight(inside) / _weight(found)) for _, _, inside in ranges_of(found))
    return sum(weight * abs(mean(inside) - share(inside)) for inside, weight in ranges)


def _weight(found: Sequence[Outcome]) -> float:
    return sum(one.weight for one in found)


def ranges_of(found: Sequence[Outcome]) -> Iterator[tuple[float, float, list[Outcome]]]:
    """Those that hold something."""
    for low, high in pairwise(EDGES):
        inside = [one for one in found if low <= one.probability < high]
        if inside:
            yield low, min(high, 1.0), inside


def mean(found: Sequence[Outcome]) -> float:
    """Of the probabilities."""
    return fmean((one.probability for one in found), (one.weight for one in found))


def share(found: Sequence[Outcome]) -> float:
    """Of what is as its author wrote it."""
    return fmean((one.as_written for one in found), (one.weight for one in found))


def interval(found: Sequence[Outcome], draws: int = 400, seed: int = 1) -> tuple[float, float]:
    """Between which the calibration errors of nine in ten draws of as many repositories are."""
    of_each: dict[str, list[Outcome]] = {}
    for one in found:
        of_each.setdefault(one.repository, []).append(one)
    listed, random = list(of_each.values()), Random(seed)
    drawn = (chain.from_iterable(random.choices(listed, k=len(listed))) for _ in range(draws))
    errors = sorted(calibration_error(list(one)) for one in drawn)
    return errors[draws // 20], errors[-1 - draws // 20]


def least_error(found: Sequence[Outcome], draws: int = 100, seed: int = 1) -> float:
    """The calibration error to expect where each probability is right: so few questions come out by chance."""
    random = Random(seed)
    drawn = ([replace(one, as_written=random.random() < one.probability) for one in found] for _ in range(draws))
    return fmean(map(calibration_error, drawn))


def threshold(found: Sequence[Outcome], precision: float) -> float | None:
    """The lowest probability from which on this share is as written; None where it is for too few questions to say."""
    asked, right, lowest = 0, 0, None
    falling = sorted(found, key=lambda one: -one.probability)
    for probability, same in groupby(falling, key=lambda one: one.probability):
        hits = [one.as_written for one in same]
        asked, right = asked + len(hits), right + sum(hits)
        if right >= precision * asked:
            lowest = round(probability, 4) if asked >= _ENOUGH else None
    return lowest


def alike(found: Sequence[Outcome]) -> list[Outcome]:
    """With weights that give each repository as much to say."""
    counted = Counter(one.repository for one in found)
    return [replace(one, weight=len(found) / len(counted) / counted[one.repository]) for one in found]


def fitted(found: Sequence[Outcome]) -> Calibration:
    """The scaling of each kind of question that was asked often enough with either answer, but where it would turn the
    order round."""
    scalings: dict[Kind, Scaling] = {}
    for kind in KINDS:
        mine = [one for one in found if one.about == kind]
        scaling = _fitted(mine) if _is_enough(mine) else None
        if scaling and scaling.slope > 0:
            scalings[kind] = scaling
    return Calibration(scalings)


def _is_enough(found: Sequence[Outcome]) -> bool:
    return len(found) >= _ENOUGH and 0 < share(found) < 1


def _fitted(found: Sequence[Outcome]) -> Scaling:
    """The likeliest slope and intercept, by Newton's method on the logarithm of the likelihood, which is concave."""
    x = np.array([[logit(one.probability), 1.0] for one in found])
    y = np.array([float(one.as_written) for one in found])
    unchanged = np.array([1.0, 0.0])
    asked = np.array([one.weight for one in found])
    weights = unchanged.copy()
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (asked * (y - p)) - _STIFFNESS * (weights - unchanged)
        curvature = (x.T * (asked * p * (1 - p))) @ x + _STIFFNESS * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step / max(1.0, float(np.abs(step).max()))
    slope, intercept = map(float, weights)
    return Scaling(round(slope, 4), round(intercept, 4))


def keep(folder: Path, calibration: Calibration) -> None:
    """Write what `calibration` has into the model's folder, and its hash among the sums; what it has not stays.

    Raises ModelError where the folder is no model, and InputError where it cannot be written.
    """
    artefact = open_model(folder)
    data = artefact.calibration.updated(calibration).write()
    sums = {**artefact.sums, CALIBRATION: hashlib.sha256(data).hexdigest()}
    try:
        (folder / CALIBRATION).write_bytes(data)
        lines = (f"{found}  {name}\n" for name, found in sorted(sums.items()))
        (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")
    except OSError as error:
        raise InputError(str(folder), f"cannot write: {error.strerror or error}") from error
