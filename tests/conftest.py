"""Tests speak of the analysis alone, but for those that ask for the model that hpcls comes with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from hpcls.config import Settings
from hpcls.inference.artefact import models
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.model_files import NO_MODEL


def pytest_configure() -> None:
    """No process that a test starts asks a model of its own accord: what one says changes with every training.

    Nor does any see the models of whoever runs the tests, and no property fails because the machine is busy.
    """
    os.environ["HPCLS_MODEL"] = NO_MODEL
    os.environ["XDG_DATA_HOME"] = os.devnull
    settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("patient")


@pytest.fixture(scope="session")
def shipped_model() -> Path:
    """The folder of the default model."""
    if not models():
        pytest.skip("no model is in models/")
    return models()[0]


@pytest.fixture(scope="session")
def advisor(shipped_model: Path) -> Advisor:
    """The default model, on the CPU; tests leave any context behind."""
    found = Advisor.load(Settings(model=str(shipped_model), device="cpu", threads=1))
    assert found is not None
    return found
