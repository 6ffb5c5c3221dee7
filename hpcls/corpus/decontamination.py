"""Keeps benchmark items out: a fingerprint module and its data, loaded from a folder outside the project."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from hpcls.errors import HpclsError, InputError

_MODULE = "fingerprint.py"
_DATA = "fingerprints.json"


class Contamination(Protocol):
    """What the module's class of this name offers."""

    def loop(self, text: str) -> bool:
        """Whether the loop `text` is a benchmark's."""
        ...

    def program(self, text: str) -> bool:
        """Whether the file or function `text` holds a benchmark's item."""
        ...


class Decontamination:
    """Asks `Contamination` of FOLDER/fingerprint.py, with the fingerprints beside it, read at the first question.

    Raises InputError where the folder lacks them.  A module that cannot be used is an HpclsError at the first question:
    no source is at fault then, and none can be judged.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        digest = hashlib.sha256()
        for name in (_MODULE, _DATA):
            try:
                digest.update((self._folder / name).read_bytes())
            except OSError as error:
                raise InputError(str(self._folder / name), error.strerror or str(error)) from error
        self.version = digest.hexdigest()
        """Changes when the fingerprints, or how they are taken, change."""

    def loop(self, text: str) -> bool:
        """Whether `text`, one loop, is a benchmark's loop but for names, layout and small edits."""
        return self._contamination.loop(text)

    def program(self, text: str) -> bool:
        """Whether `text`, a file or a function, holds a benchmark's program or a long loop of one."""
        return self._contamination.program(text)

    @cached_property
    def _contamination(self) -> Contamination:
        path = self._folder / _MODULE
        try:
            module = _imported(path)
            return cast("Contamination", module.Contamination.load(self._folder / _DATA))
        except Exception as error:
            raise HpclsError(f"{path}: cannot be used: {type(error).__name__}: {error}") from error


def _imported(path: Path) -> ModuleType:
    name = f"hpcls_fingerprint_{hashlib.sha256(bytes(path.resolve())).hexdigest()[:16]}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # its dataclasses look for themselves there
    spec.loader.exec_module(module)
    return module
