"""A model's folder: found, checked, read.

It holds `config.json` (the keys of transformers' GPTNeoXConfig and `hpcls_format`, the version of the prompts that the
model learnt), one graph a device, and `SHA256SUMS` (lines as of sha256sum), which names all of these.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from hpcls.errors import ModelError
from hpcls.inference.places import data_folder

DeviceName = Literal["cpu", "cuda"]

GRAPHS: Mapping[DeviceName, str] = {"cpu": "model.int8.onnx", "cuda": "model.fp16.onnx"}
"""The file of each device's graph."""
CONFIG = "config.json"
SUMS = "SHA256SUMS"

_SUM = re.compile(r"([0-9a-f]{64}) [ *]([^/\\]+)")


@dataclass(frozen=True)
class Artefact:
    """A model that may be asked in the expected form; its graphs are not read yet."""

    folder: Path
    config: Mapping[str, Any]
    sums: Mapping[str, str]
    """File name → SHA-256."""

    @property
    def name(self) -> str:
        """What users call it."""
        return self.folder.name

    @property
    def prompt_format(self) -> int:
        """The version of the prompts that it learnt."""
        return self.config["hpcls_format"]

    @property
    def vocabulary(self) -> int:
        """Ids that it knows: 0 ≤ id < vocabulary."""
        return self.config["vocab_size"]

    def has(self, device: DeviceName) -> bool:
        """Whether there is a graph for this device."""
        return GRAPHS[device] in self.sums

    def graph(self, device: DeviceName) -> bytes:
        """The graph of this device, its hash checked.  Raises ModelError."""
        return self.read(GRAPHS[device])

    def read(self, file: str) -> bytes:
        """A file of the folder: exactly the bytes whose hash was checked.  Raises ModelError."""
        return _checked(self.folder, file, self.sums)

    def verify(self) -> None:
        """Check every file.  Raises ModelError for the first that is wrong."""
        for file in self.sums:
            self.read(file)


def models() -> list[Path]:
    """The folders of the models that hpcls came with, by name; the first is the default."""
    return sorted(sums.parent for sums in data_folder("models").glob(f"*/{SUMS}"))


def find_model(wanted: str | None) -> Path | None:
    """The folder of the model that a user names (a folder, or the name of a model that hpcls came with).

    Without a wish the default, or None where hpcls came without any.  Raises ModelError where there is none so named.
    """
    known = models()
    if wanted is None:
        return known[0] if known else None
    folder = Path(wanted)
    if folder.is_dir():
        return folder.absolute()
    found = next((path for path in known if path.name == folder.name), None)
    if found is None:
        names = ", ".join(path.name for path in known) or "none"
        raise ModelError(wanted, f"neither a folder nor a model that is here ({names})")
    return found


def open_model(folder: Path, prompt_format: int | None = None, vocabulary: int | None = None) -> Artefact:
    """Read what is not large.  Raises ModelError where it is broken, or made for other prompts or another vocabulary.

    `prompt_format` is the version of the prompts that the caller builds, `vocabulary` how many ids its tokenizer has;
    None accepts any.
    """
    sums = _sums(folder)
    artefact = Artefact(folder, _config(folder, _checked(folder, CONFIG, sums)), sums)
    if prompt_format not in {None, artefact.prompt_format}:
        told = f"it learnt prompts of format {artefact.prompt_format}, and this hpcls builds format {prompt_format}"
        raise ModelError(str(folder), f"{told}; take the model that came with it")
    if vocabulary not in {None, artefact.vocabulary}:
        raise ModelError(str(folder), f"it knows {artefact.vocabulary} ids, and the tokenizer has {vocabulary}")
    return artefact


def _sums(folder: Path) -> dict[str, str]:
    path = folder / SUMS
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise ModelError(str(path), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise ModelError(str(path), "broken: no text") from error
    matches = [_SUM.fullmatch(line) for line in lines]
    if not all(matches):
        raise ModelError(str(path), f"broken: line {matches.index(None) + 1} is not `SHA-256  file`")
    return {match[2]: match[1] for match in matches if match}


def _checked(folder: Path, file: str, sums: Mapping[str, str]) -> bytes:
    path = folder / file
    if file not in sums:
        raise ModelError(str(path), f"{SUMS} does not name it")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(str(path), error.strerror or str(error)) from error
    if hashlib.sha256(data).hexdigest() != sums[file]:
        raise ModelError(str(path), f"damaged, cut short or swapped: {SUMS} names another content")
    return data


def _config(folder: Path, data: bytes) -> dict[str, Any]:
    try:
        read: object = json.loads(data)
    except ValueError as error:
        raise ModelError(str(folder / CONFIG), f"no JSON: {error}") from error
    config = cast("dict[str, Any]", read) if isinstance(read, dict) else {}
    for key in ("hpcls_format", "vocab_size"):
        if not isinstance(config.get(key), int):
            raise ModelError(str(folder / CONFIG), f"no number `{key}`: not a model for hpcls")
    return config
