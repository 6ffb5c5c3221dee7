"""The files that a program leaves in its folder, which may be more, and other, than anybody expects."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def size(folder: Path) -> int:
    """Bytes in all files below `folder`, as far as they can be seen while a program still writes."""
    total = 0
    for path in _below(folder):
        with suppress(OSError):
            total += path.lstat().st_size
    return total


def take(folder: Path) -> dict[str, bytes]:
    """What the plain files in `folder` hold, by name; the folder is empty afterwards."""
    found: dict[str, bytes] = {}
    for path in _below(folder):
        with suppress(OSError):
            # A link could lead to a file of the user's, and a pipe would never end.
            if stat.S_ISREG(path.lstat().st_mode):
                found[str(path.relative_to(folder))] = path.read_bytes()
    empty(folder)
    return dict(sorted(found.items()))


def empty(folder: Path) -> None:
    """Remove everything in `folder`."""
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child, ignore_errors=True)
        else:
            child.unlink()


def _below(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names)
