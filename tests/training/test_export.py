"""What export writes says what torch says: our own model in torch, and that of transformers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from hpcls.errors import InputError, ModelError
from hpcls.inference.artefact import open_model
from hpcls.inference.session import Session
from tests.inference.tiny import VOCABULARY, write_checkpoint

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from hpcls.training.export import export  # noqa: E402 (only where torch and onnx are)

VARIANTS = [(True, 1.0), (False, 0.25)]
"""Tied or not; the part of each head that is rotated."""


@pytest.fixture(scope="module", params=VARIANTS, ids=["tied", "untied-partial-rotary"])
def checkpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkpoint")
    is_tied, rotary_pct = request.param
    write_checkpoint(folder, is_tied=is_tied, rotary_pct=rotary_pct)
    return folder


def test_every_graph_is_as_exact_as_its_numbers(checkpoint: Path, tmp_path: Path) -> None:
    report = export(checkpoint, tmp_path)
    fp32, fp16, int8 = report.checks
    assert (fp32.name, fp16.name, int8.name) == ("fp32", "fp16", "int8")
    assert fp32.max_error < 1e-4 * fp32.spread
    assert fp16.max_error < 0.05 * fp16.spread
    assert int8.mean_error < 0.05 * int8.spread
    assert fp32.same_greedy == 1
    assert int8.same_greedy > 0.8
    assert fp32.rollback_error < 1e-5
    assert fp32.append_error < 1e-5
    assert int8.size < fp16.size < fp32.size
    assert "| int8 |" in report.table()


def test_the_folder_is_a_whole_model(checkpoint: Path, tmp_path: Path) -> None:
    report = export(checkpoint, tmp_path / "new" / "model")
    found = open_model(report.folder, prompt_format=1, vocabulary=VOCABULARY)
    found.verify()
    assert found.has("cpu")
    assert found.has("cuda")
    assert found.config == json.loads((checkpoint / "config.json").read_text())


def test_the_graphs_agree_with_transformers(checkpoint: Path, tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    config = transformers.GPTNeoXConfig.from_pretrained(checkpoint)
    theirs = transformers.GPTNeoXForCausalLM(config).eval()
    state = torch.load(checkpoint / "model.pt", weights_only=True)
    names = theirs.state_dict()
    renamed = {name if name in names else "lm_head.weight": tensor for name, tensor in state.items()}
    theirs.load_state_dict(renamed)
    ids = [token % VOCABULARY for token in range(5, 3000, 59)]
    with torch.inference_mode():
        expected = theirs(torch.tensor([ids])).logits[0].numpy()
    found = Session(open_model(export(checkpoint, tmp_path).folder).graph("cuda"), threads=1).append_all(ids)
    assert np.abs(found - expected).max() < 0.05 * expected.std()


def test_weights_that_a_graph_cannot_hold_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "checkpoint")
    state = torch.load(tmp_path / "checkpoint" / "model.pt", weights_only=True)
    state["gpt_neox.layers.0.mlp.dense_4h_to_h.weight"] *= 1e7  # past what half precision reaches
    torch.save(state, tmp_path / "checkpoint" / "model.pt")
    with pytest.raises(ModelError, match=r"fp16 graph: its logits are off"):
        export(tmp_path / "checkpoint", tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_what_cannot_be_written_is_an_error(checkpoint: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot write the model"):
        export(checkpoint, tmp_path / "file" / "model")
