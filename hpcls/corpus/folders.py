"""A folder of files as a source."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hpcls.corpus.licences import NONE, is_licence_file, recognised
from hpcls.corpus.model import Provenance, RawFile, Split
from hpcls.corpus.screen import LARGEST, is_source
from hpcls.errors import InputError


@dataclass(frozen=True)
class Folder:
    """All files of code below a folder, as one repository."""

    name: str
    path: Path
    kind: str = "folder"
    split: Split | None = None

    def size(self) -> int:
        """Bytes of its files of code."""
        return sum(path.stat().st_size for path in self._paths())

    def state(self) -> str:
        """A digest of the files' names and contents."""
        digest = hashlib.sha256()
        for file in self.files():
            digest.update(file.path.encode() + b"\0" + hashlib.sha256(file.data or b"").digest())
        return digest.hexdigest()

    def provenance(self) -> Provenance:
        """The digest for a version."""
        return Provenance(self.kind, self.name, self.state(), self._licence(), split=self.split)

    def files(self) -> Iterator[RawFile]:
        """In the order of their paths."""
        for path in self._paths():
            name = os.fsencode(path.relative_to(self.path).as_posix()).decode("utf-8", "replace")
            yield RawFile(self.name, name, _read(path))

    def _paths(self) -> list[Path]:
        """Links are not followed: they lead out of the folder, or round in circles."""
        if not self.path.is_dir():
            raise InputError(str(self.path), "no such folder")
        walk = ((Path(top), names) for top, _, names in os.walk(self.path))
        found = (top / name for top, names in walk for name in names if is_source(name))
        return sorted(path for path in found if not path.is_symlink())

    def _licence(self) -> str:
        found = (path for path in sorted(self.path.iterdir()) if is_licence_file(path.name) and path.is_file())
        return next((recognised((_read(path) or b"").decode("utf-8", "replace")) for path in found), NONE)


def _read(path: Path) -> bytes:
    try:
        return bytes(LARGEST + 1) if path.stat().st_size > LARGEST else path.read_bytes()
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
