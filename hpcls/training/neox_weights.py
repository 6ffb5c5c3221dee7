"""The tensors of a published GPT-NeoX checkpoint, read from its files one by one when they are asked for."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from hpcls.errors import InputError
from hpcls.training.architecture import Architecture
from hpcls.training.model import Model

_FILES = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json")
"""In the order of preference: the first that is there."""
_RENAMED = {"lm_head.weight": "embed_out.weight"}
"""Names of newer versions of transformers."""

Read = Callable[[], Tensor]


class CheckpointTensors(Mapping[str, Tensor]):
    """Name → tensor, as stored; files are mapped into memory, and nothing that was read is kept."""

    def __init__(self, readers: Mapping[str, Read]) -> None:
        self._readers = readers

    def __getitem__(self, name: str) -> Tensor:
        return self._readers[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


def open_tensors(folder: Path) -> CheckpointTensors:
    """The tensors of a checkpoint folder, whole or in shards.  Raises InputError."""
    first = next((folder / name for name in _FILES if (folder / name).is_file()), None)
    if first is None:
        raise InputError(str(folder), f"no weights: none of {', '.join(_FILES)}")
    files = _shards(first) if first.suffix == ".json" else [first]
    readers = {name: read for file in files for name, read in _readers(file).items()}
    return CheckpointTensors({_RENAMED.get(name, name): read for name, read in readers.items()})


def _shards(index: Path) -> list[Path]:
    """The files of an index, each beside it."""
    try:
        named = cast("dict[str, dict[str, str]]", json.loads(index.read_text("utf-8")))["weight_map"].values()
        names = sorted({str(name) for name in named})
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise InputError(str(index), "no index of shards: expected `weight_map`") from error
    outside = [name for name in names if Path(name).name != name]
    if outside:
        raise InputError(str(index), f"names a file elsewhere: {outside[0]}")
    return [index.with_name(name) for name in names]


def _readers(file: Path) -> dict[str, Read]:
    try:
        return _in_safetensors(file) if file.suffix == ".safetensors" else _in_pickle(file)
    except OSError as error:
        raise InputError(str(file), error.strerror or str(error)) from error
    except (SafetensorError, RuntimeError, EOFError, pickle.UnpicklingError, ValueError) as error:
        raise InputError(str(file), f"broken, or no weights: {str(error).splitlines()[0]}") from error


def _in_safetensors(file: Path) -> dict[str, Read]:
    opened: Any = safe_open(file, "pt")

    def reader(name: str) -> Read:
        return lambda: opened.get_tensor(name)

    return {name: reader(name) for name in opened.keys()}  # noqa: SIM118 (it is no mapping)


def _in_pickle(file: Path) -> dict[str, Read]:
    """`weights_only`: a pickle may name no code.  Files of before PyTorch 1.6 cannot be mapped into memory."""
    try:
        found: object = torch.load(file, map_location="cpu", weights_only=True, mmap=True)
    except RuntimeError:
        found = torch.load(file, map_location="cpu", weights_only=True)
    if not isinstance(found, dict):
        raise ValueError("expected a dictionary of tensors")

    def reader(tensor: Tensor) -> Read:
        return lambda: tensor

    named = cast("dict[str, object]", found).items()
    return {name: reader(tensor) for name, tensor in named if isinstance(tensor, Tensor)}


def check_tensors(shape: Architecture, tensors: Mapping[str, Tensor], told: str) -> None:
    """Raises InputError, which names `told`, where tensors are missing or of another size than `shape` says."""
    with torch.device("meta"):
        wanted = dict(Model(shape).named_parameters())
    for name, parameter in wanted.items():
        if name not in tensors:
            raise InputError(told, f"no tensor {name}")
        found = tensors[name].shape
        if found != parameter.shape:
            raise InputError(told, f"{name} is {list(found)}, and config.json says {list(parameter.shape)}")


def filled(shape: Architecture, tensors: Mapping[str, Tensor]) -> Model:
    """A model in single precision with these weights, which fit."""
    model = Model(shape).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(tensors[name])
    return model
