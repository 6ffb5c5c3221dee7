"""`hpcls doctor`: what hpcls finds on this machine."""

from __future__ import annotations

import json
import platform
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from hpcls import __version__
from hpcls.cli.models import listed
from hpcls.cli.output import Output
from hpcls.config import resolve
from hpcls.config.cores import cores
from hpcls.errors import HpclsError, ModelError, SettingsError
from hpcls.inference.device import choose
from hpcls.inference.places import data_folder
from hpcls.tokens.pieces import Pieces

_NOTHING, _FOLDERS, _SERVER, _MODELS = "hpcls does not start", "folders are not read", "no server", "no model"
_LIBRARIES: Mapping[str, str] = MappingProxyType({
    "tree-sitter": _NOTHING, "tree-sitter-c": _NOTHING, "tree-sitter-cpp": _NOTHING,
    "islpy": "what needs integer sets stays undecided", "pathspec": _FOLDERS,
    "pygls": _SERVER, "lsprotocol": _SERVER, "sentencepiece": _MODELS, "numpy": _MODELS,
})  # fmt: skip
"""Package → what there is without it."""
_RUNTIMES = ("onnxruntime-gpu", "onnxruntime")
_COMPILERS = ("gcc", "clang", "icx", "nvc", "g++", "clang++", "mpicc")


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("--output-format", choices=("full", "json"), default="full", help="default: full")


def run(arguments: Namespace) -> int:
    """0: what is there is shown, and what is missing."""
    facts = dict(_facts())
    if arguments.output_format == "json":
        text = json.dumps(facts, indent=2) + "\n"
    else:
        widest = max(len(name) for name in facts)
        text = "".join(f"{name:<{widest}}  {value}\n" for name, value in facts.items())
    Output().write(text.encode("utf-8", "surrogateescape"))
    return 0


def _facts() -> Iterator[tuple[str, str]]:
    yield "hpcls", __version__
    yield "python", f"{platform.python_version()} ({sys.executable})"
    yield "system", f"{platform.system()} {platform.machine()}, cores: {cores()}"
    for name, without in _LIBRARIES.items():
        yield name, _version(name) or f"missing: {without}"
    yield "onnxruntime", _runtime()
    yield "device", _device()
    yield "models", _models()
    yield "tokenizer", _tokenizer()
    yield "compilers", ", ".join(f"{name} ({path})" for name in _COMPILERS if (path := shutil.which(name))) or "none"
    yield "settings", _settings()


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _runtime() -> str:
    """Version and what it can run on, without importing it: that costs seconds and may start a driver."""
    installed = [f"{name} {version}" for name in _RUNTIMES if (version := _version(name))]
    if not installed:
        return "missing: models cannot be run"
    if len(installed) > 1:
        return f"{' and '.join(installed)}: both at once break each other; uninstall one"
    return f"{installed[0]}, providers: {', '.join(_providers())}"


def _providers() -> list[str]:
    """The CPU is always there; CUDA's provider is a library of its own."""
    found = find_spec("onnxruntime")
    folder = Path(found.origin).parent / "capi" if found and found.origin else Path()
    return ["CPU", *(["CUDA"] if [*folder.glob("*onnxruntime_providers_cuda*")] else [])]


def _models() -> str:
    """By name, and what keeps one from being used."""
    told = [f"{model.name} ({model.fault or ', '.join(model.devices)})" for model in listed()]
    return ", ".join(told) or "none: suggestions come from the analysis alone"


def _tokenizer() -> str:
    try:
        return f"{Pieces.load(data_folder('tokenizer')).size} pieces"
    except ModelError as error:
        return f"missing: {error}"


def _device() -> str:
    """Where a model would run, and why there."""
    try:
        choice = choose(resolve(Path()).settings.device)
    except HpclsError as error:
        return f"wrong: {error}"
    return f"{choice.name} ({choice.why})"


def _settings() -> str:
    try:
        found = resolve(Path())
    except SettingsError as error:
        return f"wrong: {error}"
    return f"{found.file or 'no file'}; device: {found.settings.device}"
