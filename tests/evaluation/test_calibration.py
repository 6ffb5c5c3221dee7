"""Probabilities are compared with what came of them, and brought nearer to it, in the order that they had."""

from __future__ import annotations

import hashlib
import random
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.errors import ModelError
from hpcls.evaluation.calibration import (
    Outcome,
    alike,
    calibration_error,
    fitted,
    interval,
    keep,
    least_error,
    threshold,
)
from hpcls.inference.artefact import CALIBRATION, SUMS, open_model
from hpcls.inference.calibration import Calibration, Scaling, logit
from tests.inference.test_artefact import write_model


def drawn(scaling: Scaling, count: int) -> list[Outcome]:
    """Questions about directives that come out as `scaling` of their probability says."""
    source = random.Random(1)
    probabilities = [source.uniform(0.01, 0.99) for _ in range(count)]
    return [Outcome("directive", one, source.random() < scaling(one)) for one in probabilities]


def test_the_calibration_error_weighs_ranges_by_what_fell_into_them() -> None:
    likely, unlikely = Outcome("directive", 0.75, True), Outcome("directive", 0.05, False)
    assert calibration_error([likely, likely]) == pytest.approx(0.25)
    assert calibration_error([likely, likely, unlikely, unlikely]) == pytest.approx(0.15)


@pytest.mark.parametrize("scaling", [Scaling(0.4, 0.5), Scaling(1.8, -1.0), Scaling(1.0, 0.0)])
def test_a_scaling_is_found_again(scaling: Scaling) -> None:
    found = drawn(scaling, 4000)
    calibration = fitted(found)
    assert calibration.scalings["directive"].slope == pytest.approx(scaling.slope, abs=0.1)
    assert calibration.scalings["directive"].intercept == pytest.approx(scaling.intercept, abs=0.1)
    after = [Outcome("directive", calibration("directive", one.probability), one.as_written) for one in found]
    assert calibration_error(after) < 0.03


def test_repositories_alike_outvote_one_that_is_larger() -> None:
    large = [Outcome("directive", 0.5, False, "large")] * 800
    small = [Outcome("directive", 0.5, True, f"small {i}") for i in range(8) for _ in range(5)]
    assert fitted([*large, *small])("directive", 0.5) < 0.1
    assert fitted(alike([*large, *small]))("directive", 0.5) == pytest.approx(8 / 9, abs=0.02)
    assert calibration_error([*large, *small]) == pytest.approx(0.5 - 40 / 840)
    assert calibration_error(alike([*large, *small])) == pytest.approx(8 / 9 - 0.5)


def test_an_interval_is_as_wide_as_repositories_differ() -> None:
    same = [Outcome("directive", 0.75, i % 4 > 0, f"{i // 8}") for i in range(160)]
    different = [Outcome("directive", 0.75, i % 160 < 120, f"{i // 40}") for i in range(160)]
    assert interval(same) == (0, 0)
    low, high = interval(different)
    assert low < 0.05
    assert high > 0.2


def test_right_probabilities_have_an_error_by_chance_that_falls_with_their_number() -> None:
    few, many = drawn(Scaling(1.0, 0.0), 50), drawn(Scaling(1.0, 0.0), 5000)
    assert least_error(few) > 0.05
    assert least_error(many) < 0.02
    assert calibration_error(many) == pytest.approx(least_error(many), abs=0.01)


_normal = partial(st.floats, allow_subnormal=False)
"""A training that ran in this process before has numbers that small flushed to zero."""


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), st.booleans()), max_size=200), st.floats(0.5, 1))
def test_a_threshold_is_the_lowest_with_its_precision(pairs: list[tuple[float, bool]], precision: float) -> None:
    found = [Outcome("directive", *one) for one in pairs]
    shares = {least: [right for p, right in pairs if p >= least] for least in (0.1, 0.3, 0.5, 0.7, 0.9)}
    enough = [p for p, rights in shares.items() if rights and sum(rights) >= precision * len(rights)]
    wanted = min(enough, default=None)
    if wanted is not None and len(shares[wanted]) < 50:
        wanted = None
    assert threshold(found, precision) == wanted


def test_too_few_questions_leave_probabilities_as_they_are() -> None:
    assert fitted(drawn(Scaling(0.4, 0.5), 30))("directive", 0.9) == 0.9
    assert fitted([Outcome("MPI call", 0.3, False)] * 100)("MPI call", 0.3) == 0.3


def test_a_model_that_is_wrong_the_surer_it_is_keeps_its_order() -> None:
    found = drawn(Scaling(1.0, 0.0), 500)
    turned = [Outcome(one.about, one.probability, not one.as_written) for one in found]
    assert fitted(turned)("directive", 0.9) == 0.9


@given(st.floats(0.05, 5), _normal(-5, 5), _normal(0, 1), _normal(0, 1))
def test_the_order_stays(slope: float, intercept: float, one: float, other: float) -> None:
    scaling = Scaling(slope, intercept)
    low, high = sorted((one, other))
    assert 0 <= scaling(low) <= scaling(high) <= 1
    assert scaling(0) == 0
    assert scaling(1) == 1


def test_a_scaling_works_on_logits() -> None:
    assert logit(Scaling(0.5, 1.0)(0.8)) == pytest.approx(0.5 * logit(0.8) + 1.0)


def test_a_calibration_is_kept_beside_the_model(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model")
    assert open_model(folder).calibration == Calibration()
    calibration = Calibration({"directive": Scaling(0.5, 0.25), "MPI call": Scaling(1.5, -1.0)}, {"directive": 0.9})
    keep(folder, Calibration({"directive": Scaling(2.0, 0.0)}, {"directive": 0.9}))
    keep(folder, Calibration(calibration.scalings))
    artefact = open_model(folder)
    assert artefact.calibration == calibration
    artefact.verify()


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", '{"directive": {"slope": 1, "intercept": 0}}', '{"scalings": {"directive": 1}}',
        '{"scalings": {"directive": {"slope": 0, "intercept": 0}}}', '{"scalings": {"weather": {}}}',
        '{"scalings": {"directive": {"slope": 1e999, "intercept": 0}}}', '{"thresholds": {"directive": 2}}',
    ],
)  # fmt: skip
def test_a_broken_calibration_is_refused(tmp_path: Path, text: str) -> None:
    folder = write_model(tmp_path / "model")
    keep(folder, Calibration({"directive": Scaling(0.5, 0.25)}))
    _replace(folder, text.encode())
    with pytest.raises(ModelError, match=r"calibration\.json"):
        _ = open_model(folder).calibration


def _replace(folder: Path, data: bytes) -> None:
    """Another calibration, whose hash the sums name."""
    (folder / CALIBRATION).write_bytes(data)
    others = [line for line in (folder / SUMS).read_text().splitlines() if CALIBRATION not in line]
    (folder / SUMS).write_text("\n".join([*others, f"{hashlib.sha256(data).hexdigest()}  {CALIBRATION}"]) + "\n")
