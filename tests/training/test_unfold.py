"""An exported model is trained on: its weights come back as the same function."""

# pyright: reportUnknownMemberType=false

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.errors import InputError
from tests.inference.tiny import VOCABULARY, write_checkpoint

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from hpcls.training.checkpoint import load_model  # noqa: E402
from hpcls.training.export import export  # noqa: E402
from hpcls.training.model import Model  # noqa: E402
from hpcls.training.unfold import unfolded  # noqa: E402


@pytest.mark.parametrize(("is_tied", "rotary_pct"), [(True, 1.0), (False, 0.25)])
def test_unfolding_what_was_exported_gives_the_same_logits(tmp_path: Path, is_tied: bool, rotary_pct: float) -> None:
    write_checkpoint(tmp_path / "checkpoint", is_tied=is_tied, rotary_pct=rotary_pct)
    export(tmp_path / "checkpoint", tmp_path / "model")
    before, shape, _ = load_model(tmp_path / "checkpoint")
    after = Model(shape)
    after.load_state_dict(unfolded(tmp_path / "model", shape))
    ids = torch.arange(5, 37)[None] % VOCABULARY
    with torch.no_grad():
        expected, found = before(ids), after.eval()(ids)
    assert (found - expected).abs().max() < 0.02 * expected.std()


def test_a_broken_graph_is_an_error_that_names_it(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "checkpoint")
    shape = load_model(tmp_path / "checkpoint")[1]
    with pytest.raises(InputError, match=r"model\.fp16\.onnx"):
        unfolded(tmp_path, shape)
    (tmp_path / "model.fp16.onnx").write_bytes(b"no graph")
    with pytest.raises(InputError, match="no graph that hpcls wrote"):
        unfolded(tmp_path, shape)
