"""Published checkpoints are imported whole and exactly, or refused with a reason and without a trace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hpcls.errors import HpclsError, InputError, ModelError
from hpcls.inference.artefact import open_model
from hpcls.inference.session import Session
from tests.published import VOCABULARY, write_checkpoint

torch: Any = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("transformers")

from hpcls.training.neox_import import import_checkpoint  # noqa: E402 (only where torch and onnx are)
from hpcls.training.neox_weights import open_tensors  # noqa: E402

VARIANTS: dict[str, dict[str, Any]] = {
    "pythia": {},
    "polycoder": {"use_parallel_residual": False, "hidden_act": "gelu_fast"},
    "tied": {"tie_word_embeddings": True, "layer_norm_eps": 1e-3},
}
IDS = [one % VOCABULARY for one in range(5, 3000, 59)]


@pytest.fixture(scope="module", params=VARIANTS)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    folder = tmp_path_factory.mktemp("published") / request.param
    return folder, write_checkpoint(folder, **VARIANTS[request.param])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "plain"
    write_checkpoint(folder)
    return folder


def test_the_graphs_say_what_transformers_says(published: tuple[Path, Any], tmp_path: Path) -> None:
    source, theirs = published
    report = import_checkpoint(source, tmp_path / "model", ("omp",))
    with torch.inference_mode():
        expected = theirs(torch.tensor([IDS])).logits[0].float().numpy()
    found = open_model(report.folder)
    found.verify()
    half = Session(found.graph("cuda"), threads=1, folder=found.data_folder("cuda")).append_all(IDS)
    assert np.abs(half - expected).max() < 0.05 * expected.std()
    bytes_ = Session(found.graph("cpu"), threads=1, folder=found.data_folder("cpu")).append_all(IDS)
    assert np.abs(bytes_ - expected).mean() < 0.1 * expected.std()
    assert (bytes_.argmax(-1) == expected.argmax(-1)).mean() > 0.7


def test_torch_and_onnx_agree(published: tuple[Path, Any], tmp_path: Path) -> None:
    fp32, fp16, int8 = import_checkpoint(published[0], tmp_path / "model", ("omp", "mpi")).checks
    assert fp32.max_error < 1e-4 * fp32.spread
    assert fp32.same_greedy == 1
    assert fp16.same_greedy > 0.9
    assert int8.worst < 0.1
    assert fp32.rollback_error < 1e-5


def test_the_folder_is_a_published_model_of_its_tasks(plain: Path, tmp_path: Path) -> None:
    (plain / "README.md").write_text("---\nlicense: mit\ntags: [code]\n---\n# A model\n")
    found = open_model(import_checkpoint(plain, tmp_path / "named", ("mpi",)).folder)
    assert (found.is_published, found.tasks, found.name, found.vocabulary) == (True, ("mpi",), "named", VOCABULARY)
    assert "license: mit\n" in found.card
    assert "| int8 |" in found.card
    assert not [path.name for path in found.folder.iterdir() if "fp32" in path.name]
    assert import_checkpoint(plain, tmp_path / "named", ("omp",)).folder == found.folder, "once more, over itself"


def test_weights_in_shards_and_pickles_are_the_same(plain: Path, tmp_path: Path) -> None:
    whole = open_tensors(plain)
    write_checkpoint(tmp_path / "shards", shard="100KB")
    assert len(list((tmp_path / "shards").glob("model-*.safetensors"))) > 1
    shards = open_tensors(tmp_path / "shards")
    (tmp_path / "pickle").mkdir()
    torch.save(dict(whole), tmp_path / "pickle" / "pytorch_model.bin")
    pickled = open_tensors(tmp_path / "pickle")
    assert set(whole) == set(shards) == set(pickled)
    assert all(torch.equal(whole[name], shards[name]) and torch.equal(whole[name], pickled[name]) for name in whole)


def test_a_whole_tokenizer_will_do(plain: Path, tmp_path: Path) -> None:
    from hpcls.tokens.byte_pairs import BytePairs
    from hpcls.training.neox_vocabulary import read_vocabulary

    joined = read_vocabulary(plain)
    (tmp_path / "tokenizer.json").write_bytes(joined)
    assert read_vocabulary(tmp_path) == joined
    assert BytePairs.read(joined, "joined").size == 340


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"model_type": "llama"}, "model_type: expected 'gpt_neox', not 'llama'"),
        (
            {"hidden_act": "relu"},
            "hidden_act: expected one of gelu, gelu_fast, gelu_new, gelu_pytorch_tanh, not 'relu'",
        ),
        ({"attention_bias": False}, "attention_bias: a model without these biases"),
        ({"rope_parameters": {"rope_type": "yarn"}}, "rope_type: only default can be imported, not 'yarn'"),
        ({"rope_parameters": None, "rotary_pct": 0.03}, "0 rotated dimensions a head"),
        ({"hidden_size": "64"}, "hidden_size: expected int, not '64'"),
        ({"num_hidden_layers": None}, "num_hidden_layers: expected int, not None"),
        ({"max_position_embeddings": 10**9}, "max_position_embeddings: expected 1 to 8192"),
        ({"num_hidden_layers": 3}, r"no tensor gpt_neox.layers.2"),
        ({"intermediate_size": 256}, r"mlp.dense_h_to_4h.weight is \[128, 64\], and config.json says \[256, 64\]"),
        ({"vocab_size": 339}, "its vocabulary has 340 ids, and config.json says 339"),
    ],
)
def test_what_hpcls_cannot_run_is_refused(plain: Path, tmp_path: Path, keys: dict[str, Any], told: str) -> None:
    copy = copied(plain, tmp_path)
    config = json.loads((copy / "config.json").read_text()) | keys
    (copy / "config.json").write_text(json.dumps(config))
    refused(copy, tmp_path, told)


def test_files_that_are_broken_or_missing_are_refused(plain: Path, tmp_path: Path) -> None:
    copy = copied(plain, tmp_path)
    weights = (copy / "model.safetensors").read_bytes()
    for content in (weights[:1000], b"", b"no weights at all"):
        (copy / "model.safetensors").write_bytes(content)
        refused(copy, tmp_path, r"model.safetensors: broken, or no weights")
    (copy / "model.safetensors").unlink()
    refused(copy, tmp_path, "no weights: none of model.safetensors")
    (copy / "pytorch_model.bin").write_bytes(b"no pickle")
    refused(copy, tmp_path, "pytorch_model.bin: broken, or no weights")
    (copy / "merges.txt").write_text("not a merge\n" * 3)
    refused(copy, tmp_path, r"no vocabulary with merges.txt")
    (copy / "merges.txt").unlink()
    refused(copy, tmp_path, "no vocabulary: put tokenizer.json or vocab.json and merges.txt")
    (copy / "config.json").write_text("{")
    refused(copy, tmp_path, "no JSON")


def test_a_pickle_with_code_is_not_run(plain: Path, tmp_path: Path) -> None:
    copy = copied(plain, tmp_path)
    (copy / "model.safetensors").unlink()
    torch.save({"a": Harm(tmp_path / "harm")}, copy / "pytorch_model.bin")
    refused(copy, tmp_path, "pytorch_model.bin: broken, or no weights")
    assert not (tmp_path / "harm").exists()


class Harm:
    """Writes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, tuple[object, ...]]:
        return Path.write_text, (self._path, "harm")


def test_another_folder_is_left_alone(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("years")
    with pytest.raises(InputError, match="is there already, and is no model"):
        import_checkpoint(plain, tmp_path / "mine", ("omp",))
    assert (tmp_path / "mine" / "thesis.tex").read_text() == "years"


def test_weights_that_a_graph_cannot_hold_leave_nothing(plain: Path, tmp_path: Path) -> None:
    tensors = dict(open_tensors(plain))
    tensors["gpt_neox.layers.0.mlp.dense_4h_to_h.weight"] *= 1e7  # past what half precision reaches
    copy = copied(plain, tmp_path)
    (copy / "model.safetensors").unlink()
    torch.save(tensors, copy / "pytorch_model.bin")
    with pytest.raises(ModelError, match="fp16 graph: its logits are off"):
        import_checkpoint(copy, tmp_path / "models" / "out", ("omp",))
    assert list((tmp_path / "models").iterdir()) == []


def copied(source: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in source.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    return copy


def refused(source: Path, tmp_path: Path, told: str) -> None:
    with pytest.raises(HpclsError, match=told):
        import_checkpoint(source, tmp_path / "models" / "out", ("omp",))
    assert not (tmp_path / "models" / "out").exists()
