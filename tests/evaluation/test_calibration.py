"""Probabilities are compared with what came of them, and brought nearer to it, in the order that they had."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.errors import ModelError
from hpcls.evaluation.calibration import Outcome, calibration_error, fitted, keep
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


def test_too_few_questions_leave_probabilities_as_they_are() -> None:
    assert fitted(drawn(Scaling(0.4, 0.5), 30))("directive", 0.9) == 0.9
    assert fitted([Outcome("MPI call", 0.3, False)] * 100)("MPI call", 0.3) == 0.3


def test_a_model_that_is_wrong_the_surer_it_is_keeps_its_order() -> None:
    found = drawn(Scaling(1.0, 0.0), 500)
    turned = [Outcome(one.about, one.probability, not one.as_written) for one in found]
    assert fitted(turned)("directive", 0.9) == 0.9


@given(st.floats(0.05, 5), st.floats(-5, 5), st.floats(0, 1), st.floats(0, 1))
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
    calibration = Calibration({"directive": Scaling(0.5, 0.25), "MPI call": Scaling(1.5, -1.0)})
    keep(folder, calibration)
    keep(folder, calibration)
    artefact = open_model(folder)
    assert artefact.calibration == calibration
    artefact.verify()


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"directive": 1}', '{"directive": {"slope": 0, "intercept": 0}}',
        '{"directive": {"slope": 1e999, "intercept": 0}}', '{"weather": {"slope": 1, "intercept": 0}}',
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
