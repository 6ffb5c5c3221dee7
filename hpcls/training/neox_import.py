"""A published GPT-NeoX checkpoint of the MonoCoder family becomes a model's folder.

Graphs are written matrix by matrix, and what is in memory as a whole is one model at a time, in torch or in ONNX
Runtime: in single precision, the largest, 4 GB for a billion numbers.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from torch import Tensor

from hpcls.errors import InputError, ModelError
from hpcls.inference.artefact import CARD, CONFIG, GRAPHS, SUMS, VOCABULARY, DeviceName, Task
from hpcls.inference.session import Logits, Session
from hpcls.suggest.published import FORM_VERSION
from hpcls.tokens.byte_pairs import BytePairs
from hpcls.training.architecture import Architecture
from hpcls.training.check import GraphCheck, check, logits_of, own_text
from hpcls.training.export import ExportReport, faithful, storages
from hpcls.training.graph import build
from hpcls.training.graph_nodes import DataFile
from hpcls.training.graph_weights import Weights
from hpcls.training.neox_card import card, licence_of
from hpcls.training.neox_config import read_published_config
from hpcls.training.neox_vocabulary import read_vocabulary
from hpcls.training.neox_weights import check_tensors, filled, open_tensors

_TOKENS = 64
"""Of the text that graphs are compared over: large models are slow."""
_DEVICES: dict[str, DeviceName] = {"int8": "cpu", "fp16": "cuda"}


def import_checkpoint(source: Path, out: Path, tasks: Sequence[Task]) -> ExportReport:
    """Write the model's folder `out` for the checkpoint folder `source`, which was trained for `tasks`.

    Raises InputError where a file cannot be read or written or says what hpcls cannot run, and ModelError for a
    vocabulary that does not fit or a graph that is not faithful: nothing is written then.
    """
    shape = read_published_config(source / CONFIG)
    vocabulary = _vocabulary(source, shape)
    tensors = open_tensors(source)
    check_tensors(shape, tensors, str(source))
    with _new_folder(out) as folder:
        checks = _graphs(folder, shape, tensors)
        (folder / VOCABULARY).write_bytes(vocabulary)
        config = json.loads(shape.written(FORM_VERSION)) | {"hpcls_tasks": list(tasks)}
        (folder / CONFIG).write_text(json.dumps(config, indent=2) + "\n", "utf-8")
        (folder / CARD).write_text(card(out.name, licence_of(source), shape, tasks, checks), "utf-8")
        _write_sums(folder)
    return ExportReport(out, shape.parameters, checks)


def _vocabulary(source: Path, shape: Architecture) -> bytes:
    data = read_vocabulary(source)
    size = BytePairs.read(data, str(source)).size
    if size > shape.vocab_size:
        raise ModelError(str(source), f"its vocabulary has {size} ids, and config.json says {shape.vocab_size}")
    return data


def _graphs(folder: Path, shape: Architecture, tensors: Mapping[str, Tensor]) -> tuple[GraphCheck, ...]:
    """Write the graphs, and check each."""
    weights = Weights(tensors, shape)
    names = {name: GRAPHS[_DEVICES[name]] if name in _DEVICES else f"model.{name}.onnx" for name in storages(shape)}
    for name, storage in storages(shape).items():
        with (folder / f"{names[name]}.data").open("wb") as data:
            (folder / names[name]).write_bytes(build(weights, storage, DataFile(f"{names[name]}.data", data)))
    ids = own_text(_session(folder, names["fp32"]), _TOKENS)
    expected = logits_of(filled(shape, tensors), ids)
    checks = tuple(faithful(_checked(folder, name, file, expected, ids)) for name, file in names.items())
    for file in (names["fp32"], f"{names['fp32']}.data"):
        (folder / file).unlink()
    return checks


def _session(folder: Path, file: str) -> Session:
    return Session((folder / file).read_bytes(), folder=folder)


def _checked(folder: Path, name: str, file: str, expected: Logits, ids: Sequence[int]) -> GraphCheck:
    size = sum((folder / part).stat().st_size for part in (file, f"{file}.data"))
    return check(name, _session(folder, file), size, expected, ids)


def _write_sums(folder: Path) -> None:
    lines: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.name != CARD:
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")


@contextmanager
def _new_folder(out: Path) -> Generator[Path]:
    """A folder to write to, which becomes `out` as a whole or not at all.  Raises InputError."""
    temporary = out.with_name(f".{out.name}.new")
    if out.exists() and not (out / SUMS).is_file():
        raise InputError(str(out), "is there already, and is no model")
    try:
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        yield temporary
        shutil.rmtree(out, ignore_errors=True)
        temporary.rename(out)
    except OSError as error:
        raise InputError(str(out), f"cannot write the model: {error.strerror or error}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
