"""The `config.json` of published GPT-NeoX checkpoints, as an architecture: what hpcls cannot run is refused.

The keys and their defaults are those of transformers' GPTNeoXConfig; since version 5 of it the rotary ones are in
`rope_parameters`.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import cast

from hpcls.errors import InputError
from hpcls.training.architecture import Architecture, Keys, read_keys, shape_of

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
"""Sizes have none: a file that does not say them is none of a checkpoint."""
_LONGEST = 8192
"""Positions: the cache of a context holds all of them."""


def read_published_config(path: Path) -> Architecture:
    """The shape that `path` says.  Raises InputError for a file that is broken or says what hpcls cannot run."""
    keys = read_keys(path)
    if keys.get("attention_bias", True) is not True:
        raise InputError(str(path), "attention_bias: a model without these biases cannot be imported")
    shape = shape_of({**_DEFAULTS, **keys, **_rotary(keys, str(path))}, path)
    if not 0 < shape.max_position_embeddings <= _LONGEST:
        raise InputError(str(path), f"max_position_embeddings: expected 1 to {_LONGEST}")
    return shape


def _rotary(keys: Keys, told: str) -> Keys:
    """`rope_parameters` under the older names."""
    given = keys.get("rope_parameters") or keys.get("rope_scaling")
    if not given:
        return {}
    if not isinstance(given, dict):
        raise InputError(told, "rope_parameters: expected an object")
    parameters = cast("dict[str, object]", given)
    kind = parameters.get("rope_type", parameters.get("type", "default"))
    if kind != "default":
        raise InputError(told, f"rope_type: only default can be imported, not {kind!r}")
    names = {"partial_rotary_factor": "rotary_pct", "rope_theta": "rotary_emb_base"}
    return {new: parameters[old] for old, new in names.items() if old in parameters}
