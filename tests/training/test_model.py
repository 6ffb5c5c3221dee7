"""The decoder against transformers' own, and what no decoder may do."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from hpcls.errors import InputError  # noqa: E402
from hpcls.training.architecture import Architecture, read_architecture  # noqa: E402
from hpcls.training.model import Model, causal  # noqa: E402

SMALL = Architecture(
    vocab_size=50,
    hidden_size=64,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=256,
    max_position_embeddings=700,
)
SHAPES = {
    "tied, all dimensions turn": SMALL,
    "untied, a quarter of the dimensions turns": replace(SMALL, rotary_pct=0.25, tie_word_embeddings=False),
}


def lively(shape: Architecture) -> Model:
    """A model none of whose parameters is trivial."""
    torch.manual_seed(0)
    model = Model(shape)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return model


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_names_and_logits_are_those_of_transformers(shape: Architecture) -> None:
    transformers = pytest.importorskip("transformers")
    model = lively(shape)
    config = transformers.GPTNeoXConfig(**json.loads(shape.written(prompt_format=1)))
    theirs = transformers.GPTNeoXForCausalLM.from_pretrained(None, config=config, state_dict=model.state_dict())
    ids = torch.randint(0, shape.vocab_size, (2, 600), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        torch.testing.assert_close(model(ids), theirs(ids).logits, atol=1e-4, rtol=1e-4)


def test_the_output_projection_has_the_name_in_published_checkpoints() -> None:
    names = set(Model(SMALL).state_dict())
    assert {"gpt_neox.embed_in.weight", "embed_out.weight", "gpt_neox.final_layer_norm.bias"} <= names
    assert {name for name in names if name.startswith("gpt_neox.layers.1.") and name.endswith("weight")} == {
        "gpt_neox.layers.1.input_layernorm.weight",
        "gpt_neox.layers.1.post_attention_layernorm.weight",
        "gpt_neox.layers.1.attention.query_key_value.weight",
        "gpt_neox.layers.1.attention.dense.weight",
        "gpt_neox.layers.1.mlp.dense_h_to_4h.weight",
        "gpt_neox.layers.1.mlp.dense_4h_to_h.weight",
    }


@pytest.mark.parametrize("length", [1, 255, 256, 257, 600])
def test_attention_in_blocks_is_attention(length: int) -> None:
    query, key, value = torch.randn(3, 2, 4, length, 16, generator=torch.Generator().manual_seed(length)).unbind(0)
    whole = torch.nn.functional.scaled_dot_product_attention(query, key, value, is_causal=True)
    torch.testing.assert_close(causal(query, key, value), whole)


def test_a_token_says_nothing_about_those_before_it() -> None:
    model = lively(SMALL)
    ids = torch.zeros(1, 300, dtype=torch.int64)
    changed = ids.clone()
    changed[0, 270] = 9
    differs = (model(ids) != model(changed)).any(dim=2)[0]
    assert not differs[:270].any()
    assert differs[270:].any()


def test_logits_of_some_places_are_the_same_as_of_all() -> None:
    model = lively(SMALL)
    ids = torch.arange(40).view(2, 20)
    places = torch.tensor([0, 19, 20, 33])
    torch.testing.assert_close(model(ids, places), model(ids).flatten(0, 1)[places])


def test_initial_deviations() -> None:
    weights = Model(replace(SMALL, hidden_size=256, num_hidden_layers=8)).state_dict()
    assert weights["gpt_neox.layers.0.mlp.dense_h_to_4h.weight"].std() == pytest.approx(0.02, rel=0.05)
    assert weights["gpt_neox.layers.0.mlp.dense_4h_to_h.weight"].std() == pytest.approx(0.02 / 4, rel=0.05)
    assert not weights["gpt_neox.layers.0.mlp.dense_4h_to_h.bias"].any()


def test_a_shape_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(SMALL.written(prompt_format=3))
    assert read_architecture(path) == (SMALL, 3)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("hidden_act", "relu", "hidden_act"),
        ("hidden_size", None, "hidden_size"),
        ("hidden_size", "64", "hidden_size"),
        ("num_attention_heads", 3, "3 heads"),
        ("vocab_size", 0, "at least 1"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, key: str, value: object, told: str) -> None:
    keys = json.loads(SMALL.written(prompt_format=3)) | {key: value}
    path = tmp_path / "config.json"
    path.write_text(json.dumps({key: value for key, value in keys.items() if value is not None}))
    with pytest.raises(InputError, match=told):
        read_architecture(path)
