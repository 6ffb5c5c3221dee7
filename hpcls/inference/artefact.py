"""A model's folder: found, checked, read.

It holds `config.json` (the keys of transformers' GPTNeoXConfig and `hpcls_format`, the version of the prompts that the
model learnt), one graph a device, `calibration.json` where its probabilities were compared with what authors wrote, and
`SHA256SUMS` (lines as of sha256sum), which names all of these.  A published model that was imported has its vocabulary
too, `tokenizer.json`, the matrices of each graph in a file beside it, and in `config.json` the tasks that it was
trained for, `hpcls_tasks`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from hpcls.errors import ModelError
from hpcls.inference.calibration import Calibration
from hpcls.inference.places import data_folder, user_models

DeviceName = Literal["cpu", "cuda"]
Task = Literal["omp", "mpi"]
TASKS: tuple[Task, ...] = get_args(Task)

GRAPHS: Mapping[DeviceName, str] = {"cpu": "model.int8.onnx", "cuda": "model.fp16.onnx"}
"""The file of each device's graph."""
CONFIG = "config.json"
VOCABULARY = "tokenizer.json"
"""Of published models alone."""
CALIBRATION = "calibration.json"
"""Of models whose probabilities were compared with what authors wrote."""
CARD = "card.md"
SUMS = "SHA256SUMS"
DEFAULT = "small"
"""The model that is asked where none is named: quick enough for two cores."""

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

    @property
    def is_published(self) -> bool:
        """Whether it is asked in the published form of its family, in plain text."""
        return VOCABULARY in self.sums

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What it may be asked."""
        wanted: object = self.config.get("hpcls_tasks", TASKS)
        listed = cast("list[object] | tuple[object, ...]", wanted) if isinstance(wanted, list | tuple) else ()
        return tuple(task for task in TASKS if task in listed)

    @property
    def calibration(self) -> Calibration:
        """What its probabilities mean; without a file, what they say.  Raises ModelError."""
        if CALIBRATION not in self.sums:
            return Calibration()
        try:
            return Calibration.read(self.read(CALIBRATION))
        except ValueError as error:
            raise ModelError(str(self.folder / CALIBRATION), f"broken: {error}") from error

    @property
    def card(self) -> str:
        """What its card says, if it has one."""
        try:
            return (self.folder / CARD).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    @property
    def devices(self) -> tuple[DeviceName, ...]:
        """Those that there is a graph for."""
        return tuple(device for device in GRAPHS if self.has(device))

    def size(self, device: DeviceName) -> int:
        """Bytes of the graph of this device; 0 where there is none."""
        files = (self.folder / file for file in (GRAPHS[device], data_file(device)) if file in self.sums)
        return sum(file.stat().st_size for file in files if file.is_file())

    def has(self, device: DeviceName) -> bool:
        """Whether there is a graph for this device."""
        return GRAPHS[device] in self.sums

    def graph(self, device: DeviceName) -> bytes:
        """The graph of this device, its hash checked.  Raises ModelError."""
        return self.read(GRAPHS[device])

    def data_folder(self, device: DeviceName) -> Path | None:
        """Where the matrices of this device's graph lie, their hash checked; None: in the graph.  Raises ModelError."""
        if data_file(device) not in self.sums:
            return None
        _check(self.folder, data_file(device), self.sums)
        return self.folder

    def read(self, file: str) -> bytes:
        """A file of the folder: exactly the bytes whose hash was checked.  Raises ModelError."""
        return _read(self.folder, file, self.sums)

    def verify(self) -> None:
        """Check every file.  Raises ModelError for the first that is wrong."""
        for file in self.sums:
            _check(self.folder, file, self.sums)


def card_keys(text: str) -> dict[str, str]:
    """The keys in front of a card, between two lines `---`, as in the cards of Hugging Face; none where it has none."""
    begin, *rest = text.split("---\n", 2)
    if begin or len(rest) < 2:
        return {}
    pairs = (line.partition(":") for line in rest[0].splitlines())
    return {key.strip(): value.strip() for key, colon, value in pairs if colon and value.strip()}


def data_file(device: DeviceName) -> str:
    """The file with the matrices of this device's graph, where they are not in the graph."""
    return f"{GRAPHS[device]}.data"


def shipped() -> list[Path]:
    """The folders of the models that hpcls came with: the default, then the others by name."""
    return sorted(_models_in(data_folder("models")), key=lambda folder: folder.name != DEFAULT)


def models() -> list[Path]:
    """The folders of all models that are here: those that hpcls came with, then those of the user by name."""
    own = user_models()
    return [*shipped(), *(_models_in(own) if own else ())]


def _models_in(folder: Path) -> list[Path]:
    return sorted(sums.parent for sums in folder.glob(f"*/{SUMS}"))


def find_model(wanted: str | None) -> Path | None:
    """The folder of the model that a user names (the name of a model that is here, or a folder).

    A name comes first: a folder that is called so, in a workspace, is not what its user has asked for.  Without a wish
    the default, or None where hpcls came without any.  Raises ModelError where there is none so named.
    """
    if wanted is None:
        return next(iter(shipped()), None)
    known = {path.name: path for path in reversed(models())}
    if wanted in known:
        return known[wanted]
    if not Path(wanted).is_dir():
        raise ModelError(wanted, f"neither a folder nor a model that is here ({', '.join(reversed(known)) or 'none'})")
    return Path(wanted).absolute()


def open_model(folder: Path, prompt_format: int | None = None, vocabulary: int | None = None) -> Artefact:
    """Read what is not large.  Raises ModelError where it is broken, or made for other prompts or another vocabulary.

    `prompt_format` is the version of the prompts that the caller builds, `vocabulary` how many ids its tokenizer has;
    None accepts any.
    """
    sums = _sums(folder)
    artefact = Artefact(folder, _config(folder, _read(folder, CONFIG, sums)), sums)
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


def _read(folder: Path, file: str, sums: Mapping[str, str]) -> bytes:
    """The bytes whose hash was checked."""
    path = folder / file
    if file not in sums:
        raise ModelError(str(path), f"{SUMS} does not name it")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(str(path), error.strerror or str(error)) from error
    _compare(path, hashlib.sha256(data).hexdigest(), sums[file])
    return data


def _check(folder: Path, file: str, sums: Mapping[str, str]) -> None:
    """Check a hash, whatever the size of the file."""
    path = folder / file
    try:
        with path.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(str(path), error.strerror or str(error)) from error
    _compare(path, found, sums[file])


def _compare(path: Path, found: str, wanted: str) -> None:
    if found != wanted:
        raise ModelError(str(path), f"damaged, cut short or swapped: {SUMS} names another content")


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
