"""`hpcls models`: what is here, and whether it is whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from hpcls.inference.artefact import models

from .running import hpcls, lines


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the model that hpcls comes with."""
    if not models():
        pytest.skip("no model is in models/")
    return Path(shutil.copytree(models()[0], tmp_path / "copy"))


def test_list_names_every_model_and_the_default(tmp_path: Path) -> None:
    listed = json.loads(hpcls("models", "list", "--output-format", "json", cwd=tmp_path).stdout)
    assert [model["name"] for model in listed] == [folder.name for folder in models()]
    assert [model["default"] for model in listed] == [number == 0 for number in range(len(listed))]
    assert [model["fault"] for model in listed] == [None] * len(listed)
    assert all(model["tasks"] == ["omp", "mpi"] and model["megabytes"] > 1 for model in listed)
    assert all(model["licence"] and model["scores"] for model in listed)
    assert hpcls("models", "list", cwd=tmp_path).stdout


def test_verify_runs_a_whole_model(shipped: Path, tmp_path: Path) -> None:
    done = hpcls("models", "verify", shipped, "--device", "cpu", cwd=tmp_path)
    assert (done.returncode, lines(done.stdout), done.stderr) == (0, ["copy: good, runs on cpu"], b"")


def test_verify_names_the_file_that_was_cut_short(shipped: Path, tmp_path: Path) -> None:
    graph = shipped / "model.int8.onnx"
    graph.write_bytes(graph.read_bytes()[:-1000])
    done = hpcls("models", "verify", shipped, cwd=tmp_path)
    assert done.returncode == 1
    assert lines(done.stderr) == [
        f"hpcls: {graph}: damaged, cut short or swapped: SHA256SUMS names another content",
    ]


def test_verify_refuses_a_folder_that_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = hpcls("models", "verify", "empty", cwd=tmp_path)
    assert (done.returncode, len(lines(done.stderr))) == (1, 1)
    done = hpcls("models", "verify", "no-such-model", cwd=tmp_path)
    assert done.returncode == 2
    assert b"no-such-model: neither a folder nor a model that is here" in done.stderr


def test_doctor_tells_device_models_and_tokenizer(tmp_path: Path) -> None:
    facts = json.loads(hpcls("doctor", "--output-format", "json", cwd=tmp_path, HPCLS_DEVICE="cpu").stdout)
    assert facts["device"] == "cpu (asked for)"
    assert all(folder.name in facts["models"] for folder in models())
    assert facts["tokenizer"]
