"""The corpus on disk: per source a shard of documents and, written last, the mark that it is done.

documents/<source>.jsonl.gz     one Document a line
documents/<source>.done.json    what went in, what came out, what was dropped, and the keys of its files
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from hpcls.corpus.model import Document, Provenance
from hpcls.errors import InputError


@dataclass(frozen=True)
class Done:
    """The mark that a source is mined."""

    inputs: str
    """Digest of the source's state, the fingerprints and the rules: another one means mining again."""
    provenance: Provenance
    taken: Mapping[str, int]
    dropped: Mapping[str, int]
    keys: tuple[str, ...] = field(repr=False)
    """`content_key` of each document."""


def documents(folder: str | Path) -> Iterator[Document]:
    """Every document of the finished sources of a corpus.  Raises InputError for a damaged shard."""
    for mark in _marks(Path(folder)):
        path = mark.with_name(mark.name.replace(".done.json", ".jsonl.gz"))
        try:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                yield from (Document(**json.loads(line)) for line in file)
        except (OSError, EOFError, ValueError, TypeError) as error:
            raise InputError(str(path), f"damaged shard: {error}") from error


def write_shard(folder: Path, name: str, found: Iterable[Document], done: Done) -> None:
    """The shard, then the mark, each whole or not at all."""
    mark = folder / "documents" / f"{name}.done.json"
    with contextlib.suppress(FileNotFoundError):
        mark.unlink()
    write_whole(folder / "documents" / f"{name}.jsonl.gz", lambda file: _write_documents(file, found))
    write_whole(mark, lambda file: file.write(json.dumps(asdict(done), indent=1).encode()))


def _write_documents(file: IO[bytes], found: Iterable[Document]) -> None:
    with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        for document in found:
            packed.write(json.dumps(asdict(document)).encode() + b"\n")


def read_marks(folder: Path) -> dict[str, Done]:
    """Source → its mark; a mark that cannot be read counts as not there."""
    found: dict[str, Done] = {}
    for path in _marks(folder):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            value = cast("dict[str, Any]", json.loads(path.read_bytes()))
            provenance = Provenance(**value.pop("provenance"))
            found[path.name.removesuffix(".done.json")] = Done(
                provenance=provenance, keys=tuple(value.pop("keys")), **value
            )
    return found


def _marks(folder: Path) -> list[Path]:
    return sorted((folder / "documents").glob("*.done.json"))


def write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """A file beside it takes its name when it is complete.  Raises InputError, as when the disk is full."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".hpcls-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            write(file)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise InputError(str(path), f"not written: {error.strerror or error}") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
