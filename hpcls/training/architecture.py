"""The shape of a decoder, and the `config.json` that says it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, cast

from hpcls.errors import InputError

Keys = Mapping[str, object]
"""Of a `config.json`."""

_FIXED: dict[str, object] = {
    "model_type": "gpt_neox",
    "architectures": ["GPTNeoXForCausalLM"],
    "attention_bias": True,
    "attention_dropout": 0.0,
    "hidden_dropout": 0.0,
    "pad_token_id": 0,
    "bos_token_id": 2,
    "eos_token_id": 3,
}
"""What every decoder here has in common."""

GELU = "gelu"
_TANH = frozenset({"gelu_new", "gelu_fast", "gelu_pytorch_tanh"})
"""What transformers calls the approximation of GELU by tanh (Hendrycks & Gimpel 2016, https://arxiv.org/abs/1606.08415)."""


@dataclass(frozen=True)
class Architecture:
    """A GPT-NeoX decoder; the fields are the keys of transformers' GPTNeoXConfig (Black et al. 2022, §2)."""

    vocab_size: int
    hidden_size: int = 320
    num_hidden_layers: int = 5
    num_attention_heads: int = 5
    intermediate_size: int = 1280
    max_position_embeddings: int = 2048
    rotary_pct: float = 1.0
    """The part of each head's dimensions that is rotated."""
    rotary_emb_base: float = 10000.0
    layer_norm_eps: float = 1e-5
    tie_word_embeddings: bool = True
    use_parallel_residual: bool = True
    """Whether attention and perceptron read the same residual, or the perceptron what attention has added to."""
    hidden_act: str = GELU

    @property
    def head_size(self) -> int:
        """Dimensions of one head."""
        return self.hidden_size // self.num_attention_heads

    @property
    def rotary_size(self) -> int:
        """Dimensions of one head that are rotated."""
        return int(self.head_size * self.rotary_pct)

    @property
    def is_tanh(self) -> bool:
        """Whether GELU is approximated by tanh."""
        return self.hidden_act in _TANH

    @property
    def parameters(self) -> int:
        """Numbers that an exported graph stores: LayerNorms between blocks are folded into what follows them."""
        hidden, inside = self.hidden_size, self.intermediate_size
        block = (3 * hidden + inside) * (hidden + 1) + hidden * (hidden + inside)
        block += hidden if self.use_parallel_residual else 2 * hidden
        embeddings = 1 if self.tie_word_embeddings else 2
        return embeddings * self.vocab_size * hidden + self.num_hidden_layers * block + 2 * hidden

    def check(self, told: str) -> None:
        """Raises InputError, which names `told`, where no decoder has this shape."""
        if min(self.vocab_size, self.hidden_size, self.num_hidden_layers, self.num_attention_heads) < 1:
            raise InputError(told, "the model's sizes have to be at least 1")
        if self.hidden_size % self.num_attention_heads:
            raise InputError(told, f"{self.num_attention_heads} heads do not divide hidden size {self.hidden_size}")
        if self.hidden_act != GELU and not self.is_tanh:
            known = ", ".join((GELU, *sorted(_TANH)))
            raise InputError(told, f"hidden_act: expected one of {known}, not {self.hidden_act!r}")
        if self.rotary_size < 2 or self.rotary_size % 2:
            raise InputError(told, f"{self.rotary_size} rotated dimensions a head; it has to be an even number from 2")

    def written(self, prompt_format: int) -> str:
        """The text of `config.json`; `prompt_format` is the version of the prompts that the model learnt."""
        keys = _FIXED | asdict(self) | {"hpcls_format": prompt_format}
        return json.dumps(keys, indent=2) + "\n"


def read_architecture(path: Path) -> tuple[Architecture, int]:
    """The shape in `path`, a `config.json`, and its prompt format.  Raises InputError."""
    keys = read_keys(path)
    return shape_of(keys, path), _value(keys, "hpcls_format", "int", path)


def read_keys(path: Path) -> Keys:
    """What stands in `path`, a `config.json` of a GPT-NeoX model.  Raises InputError."""
    try:
        read: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise InputError(str(path), f"no JSON: {error}") from error
    if not isinstance(read, dict):
        raise InputError(str(path), "expected an object")
    keys = cast("dict[str, object]", read)
    if keys.get("model_type") != _FIXED["model_type"]:
        raise InputError(str(path), f"model_type: expected {_FIXED['model_type']!r}, not {keys.get('model_type')!r}")
    return keys


def shape_of(keys: Keys, path: Path) -> Architecture:
    """The shape that `keys` say.  Raises InputError, which names `path`."""
    shape = Architecture(**{field.name: _value(keys, field.name, field.type, path) for field in fields(Architecture)})
    shape.check(str(path))
    return shape


def _value(keys: Keys, key: str, kind: object, path: Path) -> Any:  # noqa: ANN401 (as its field says)
    """The value of `key`, which has to be of that kind: int, float, bool or str.  Raises InputError."""
    value = keys.get(key)
    if kind == "float" and type(value) is int:
        return float(value)
    if type(value).__name__ != kind:
        raise InputError(str(path), f"{key}: expected {kind}, not {value!r}")
    return value
