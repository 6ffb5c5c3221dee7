"""`hpcls models`: which models are here, whether they are whole, and published ones imported."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from hpcls.cli import models_import
from hpcls.cli.output import Output, tell
from hpcls.config import Device
from hpcls.errors import ModelError, UsageError
from hpcls.inference.artefact import Artefact, card_keys, find_model, models
from hpcls.inference.places import data_folder
from hpcls.suggest.loading import opened


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="models_command", required=True)
    shown = commands.add_parser("list", help="show the models that are here", allow_abbrev=False)
    shown.add_argument("--output-format", choices=("full", "json"), default="full", help="default: full")
    verify = commands.add_parser("verify", help="check models: every file's hash, and one run", allow_abbrev=False)
    verify.add_argument("models", nargs="*", metavar="MODEL", help="names or folders (default: all that are here)")
    verify.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="default: auto")
    models_import.configure(commands)


def run(arguments: Namespace) -> int:
    """0; 1 where `verify` found a fault.  Raises HpclsError for a model that is not here or cannot be imported."""
    return {"list": _list, "verify": _verify, "import": models_import.run}[arguments.models_command](arguments)


@dataclass(frozen=True)
class Listed:
    """A model, as users see it."""

    name: str
    folder: str
    default: bool
    devices: tuple[str, ...]
    fault: str | None
    """None: hpcls can use it, as far as can be seen without reading all of it."""
    tasks: tuple[str, ...] = ()
    """`omp`, `mpi`."""
    megabytes: float = 0.0
    """Of its larger graph."""
    licence: str | None = None
    scores: str | None = None
    """Both as its card says; None where it does not."""


def listed() -> list[Listed]:
    """The models that are here: those that hpcls came with, then the user's."""
    default = find_model(None)
    return [_listed(folder, is_default=folder == default) for folder in models()]


def usable(folder: Path) -> Artefact:
    """A model made for the prompts and the vocabulary of this hpcls.  Raises ModelError for any other."""
    return opened(folder)[0]


def verified(folder: Path, device: Device) -> str:
    """The device that a model ran one token on, all its files being whole.  Raises ModelError."""
    from hpcls.inference.engine import Engine  # noqa: PLC0415 (ONNX Runtime is slow to import)

    artefact = usable(folder)
    artefact.verify()
    engine = Engine.load(artefact, device)
    engine.context.feed([0])
    return engine.device.name


def _listed(folder: Path, *, is_default: bool) -> Listed:
    try:
        artefact = usable(folder)
    except ModelError as error:
        return Listed(folder.name, str(folder), is_default, (), str(error))
    devices = artefact.devices
    size = max(map(artefact.size, devices), default=0)
    said = card_keys(artefact.card)
    return Listed(
        folder.name, str(folder), is_default, devices, None,
        artefact.tasks, round(size / 1e6, 1), said.get("license"), said.get("scores"),
    )  # fmt: skip


def _list(arguments: Namespace) -> int:
    found = listed()
    if arguments.output_format == "json":
        text = json.dumps([asdict(model) for model in found], indent=2) + "\n"
    else:
        text = "".join(_line(model) for model in found) or f"no model in {data_folder('models')}\n"
    Output().write(text.encode("utf-8", "surrogateescape"))
    return 0


def _line(model: Listed) -> str:
    told = model.fault or "; ".join(_facts(model))
    return f"{model.name}{' (default)' if model.default else ''}: {told}\n"


def _facts(model: Listed) -> Iterator[str]:
    yield f"{' and '.join(model.tasks)} on {' and '.join(model.devices)}"
    yield f"{model.megabytes} MB"
    yield f"licence {model.licence or 'not stated'}"
    yield f"scores {model.scores or 'none'}"


def _verify(arguments: Namespace) -> int:
    folders = [folder for name in arguments.models if (folder := find_model(name))] or models()
    if not folders:
        raise UsageError(f"no model in {data_folder('models')}")
    return 1 if [folder for folder in folders if not _is_good(folder, arguments.device)] else 0


def _is_good(folder: Path, device: Device) -> bool:
    try:
        told = f"{folder.name}: good, runs on {verified(folder, device)}\n"
    except ModelError as error:
        tell(str(error))
        return False
    Output().write(told.encode("utf-8", "surrogateescape"))
    return True
