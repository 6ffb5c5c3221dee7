"""compile_commands.json: how each file is compiled (https://clang.llvm.org/docs/JSONCompilationDatabase.html)."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

NAME = "compile_commands.json"
_LARGEST = 64_000_000
"""Bytes of a database that is still read."""


@dataclass(frozen=True)
class Entry:
    """How one file is compiled."""

    directory: Path
    """Where the compiler runs."""
    file: Path
    """The file, in that directory unless absolute."""
    arguments: tuple[str, ...]
    """The command, the compiler's name first."""


def read_database(database: Path) -> tuple[Entry, ...]:
    """The entries of a database that have all their parts.  Raises OSError and ValueError."""
    entries: object = json.loads(database.read_text("utf-8"))
    listed = cast("list[object]", entries) if isinstance(entries, list) else []
    return tuple(found for one in listed if (found := _entry(one, database.parent)))


def _entry(entry: object, folder: Path) -> Entry | None:
    found = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
    directory, file, arguments = found.get("directory"), found.get("file"), found.get("arguments")
    if not isinstance(arguments, list):
        arguments = shlex.split(str(found.get("command", "")))
    if not (isinstance(directory, str) and isinstance(file, str)):
        return None
    return Entry(folder / directory, Path(file), tuple(str(one) for one in cast("list[object]", arguments)))


def entries_of(file: Path, build_path: Path | None) -> tuple[Entry, ...]:
    """The entries for `file` in the database of `build_path`, else in the nearest one: in the file's folder or one
    above it, or in `build` there.  None where there is no database, or none that can be read.
    """
    index = _index(next(_databases(file, build_path), None))
    return index.get(str(file)) or index.get(os.path.realpath(file)) or ()


def files_beside(file: Path, build_path: Path | None) -> tuple[str, ...]:
    """All that the same database says how to compile, by whole paths; nothing where there is none."""
    return tuple(_index(next(_databases(file, build_path), None)))


def _index(database: Path | None) -> dict[str, tuple[Entry, ...]]:
    """The entries of a database by the file's whole path; none where it cannot be read."""
    if database is None:
        return {}
    try:
        known = database.stat()
        return _by_file(database, known.st_mtime_ns, known.st_size) if known.st_size <= _LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}


def _databases(file: Path, build_path: Path | None) -> Iterator[Path]:
    folders = file.parents if build_path is None else ()
    around = (place for folder in folders for place in (folder, folder / "build"))
    places = around if build_path is None else (build_path.absolute(),)
    yield from (place / NAME for place in places if (place / NAME).is_file())


@lru_cache(maxsize=4)
def _by_file(database: Path, _changed: int, _size: int) -> dict[str, tuple[Entry, ...]]:
    """The entries of one version of a database, by the file's whole path."""
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in read_database(database):
        path = os.path.normpath(entry.directory / entry.file)
        found[path] = (*found.get(path, ()), entry)
    return found
