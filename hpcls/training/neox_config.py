"""The `config.json` of published GPT-NeoX checkpoints, as an architecture: what hpcls cannot run is refused.

The keys and their defaults are those of transformers' GPTNeoXConfig; since version 5 of it the rotary ones are in
`rope_parameters`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from hpcls.errors import InputError
from hpcls.training.architecture import Architecture

Keys = Mapping[str, Any]

_DEFAULTS: Keys = MappingProxyType(
    {
        "max_position_embeddings": 2048,
        "layer_norm_eps": 1e-5,
        "tie_word_embeddings": False,
        "use_parallel_residual": True,
        "hidden_act": "gelu",
        "rotary_pct": 0.25,
        "rotary_emb_base": 10000.0,
    }
)
_SIZES = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size")
"""Without defaults: a file that does not say them is none of a checkpoint."""
_KINDS = (dict.fromkeys(_SIZES, 0) | dict(_DEFAULTS)).items()
_LONGEST = 8192
"""Positions: the cache of a context holds all of them."""


def read_published_config(path: Path) -> Architecture:
    """The shape that `path` says.  Raises InputError for a file that is broken or says another."""
    keys = _read(path)
    kind = keys.get("model_type")
    if kind != "gpt_neox":
        raise InputError(str(path), f"model_type: only gpt_neox can be imported, not {kind!r}")
    if keys.get("attention_bias", True) is not True:
        raise InputError(str(path), "attention_bias: a model without these biases cannot be imported")
    found = {**_DEFAULTS, **keys, **_rotary(keys, str(path))}
    shape = Architecture(**{key: _value(found, key, default, str(path)) for key, default in _KINDS})
    shape.check(str(path))
    if not 0 < shape.max_position_embeddings <= _LONGEST:
        raise InputError(str(path), f"max_position_embeddings: expected 1 to {_LONGEST}")
    return shape


def _read(path: Path) -> Keys:
    try:
        read: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise InputError(str(path), f"no JSON: {error}") from error
    if not isinstance(read, dict):
        raise InputError(str(path), "expected an object")
    return cast("dict[str, Any]", read)


def _rotary(keys: Keys, told: str) -> Keys:
    """`rope_parameters` under the older names."""
    given: object = keys.get("rope_parameters") or keys.get("rope_scaling") or {}
    if not isinstance(given, dict):
        raise InputError(told, "rope_parameters: expected an object")
    parameters = cast("dict[str, Any]", given)
    kind = parameters.get("rope_type", parameters.get("type", "default"))
    if kind != "default":
        raise InputError(told, f"rope_type: only default can be imported, not {kind!r}")
    names = {"partial_rotary_factor": "rotary_pct", "rope_theta": "rotary_emb_base"}
    return {new: parameters[old] for old, new in names.items() if old in parameters}


def _value(keys: Keys, key: str, like: object, told: str) -> Any:  # noqa: ANN401 (as its field says)
    """The value of `key`, of the type of `like`.  Raises InputError."""
    value = keys.get(key)
    if isinstance(like, float) and type(value) is int:
        return float(value)
    if type(value) is not type(like):
        raise InputError(told, f"{key}: expected {type(like).__name__}, not {value!r}")
    return value
