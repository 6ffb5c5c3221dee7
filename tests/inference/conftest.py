"""Graphs to run: a tiny one, made where torch is installed, and the one that hpcls comes with."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.inference.artefact import models, open_model
from hpcls.inference.session import Session

from .tiny import write_checkpoint


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder as `hpcls train export` writes it."""
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from hpcls.training.export import export

    folder = tmp_path_factory.mktemp("tiny")
    write_checkpoint(folder / "checkpoint")
    return export(folder / "checkpoint", folder / "model").folder


@pytest.fixture(scope="session", params=["tiny", "shipped"])
def model(request: pytest.FixtureRequest) -> Path:
    """The folder of a tiny model, then that of the shipped one."""
    if request.param == "tiny":
        return request.getfixturevalue("tiny_model")
    if not models():
        pytest.skip("no model is in models/")
    return models()[0]


@pytest.fixture(scope="session")
def session(model: Path) -> Session:
    """Its session on the CPU; tests leave any context behind."""
    return Session(open_model(model).graph("cpu"), threads=1)
