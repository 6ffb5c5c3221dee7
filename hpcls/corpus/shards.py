"""The corpus on disk: per source a shard of documents and, written last, the mark that it is done.

documents/<source>.jsonl.gz     one Document a line
documents/<source>.done.json    what went in, what came out, and what was dropped

A file that several sources have is in the shard of each, for none knows of the others while it is mined: in whatever
order, on whatever machine.  Of those, the readers here take the one whose source comes first by name, those whose split
is stated behind all others: what a model may have been trained on stays where it was.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from hpcls.corpus.model import Document, Language, Provenance, Split
from hpcls.errors import InputError


@dataclass(frozen=True)
class Facts:
    """What a mark says of one document."""

    key: str
    """`content_key`: the same for copies."""
    split: Split
    language: Language
    has_omp: bool
    has_mpi: bool
    bytes: int
    tokens: int


@dataclass(frozen=True)
class Done:
    """The mark that a source is mined."""

    inputs: str
    """Digest of the source's state, the fingerprints and the rules: another one means mining again."""
    provenance: Provenance
    dropped: Mapping[str, int]
    files: tuple[Facts, ...]
    """Of each document, in the order of the shard."""


def documents(folder: str | Path) -> Iterator[Document]:
    """Every document of the finished sources of a corpus, each once.  Raises InputError for a damaged shard."""
    for path, shard in distinct(read_marks(Path(folder))):
        yield from _documents(Path(folder) / "documents" / f"{path}.jsonl.gz", shard)


def distinct(marks: Mapping[str, Done]) -> Iterator[tuple[str, tuple[bool, ...]]]:
    """For each source which of its documents no source before it has."""
    seen: set[str] = set()
    for name, mark in sorted(marks.items(), key=lambda item: (item[1].provenance.split is not None, item[0])):
        yield name, tuple(one.key not in seen for one in mark.files)
        seen.update(one.key for one in mark.files)


def _documents(path: Path, wanted: tuple[bool, ...]) -> Iterator[Document]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from (Document(**json.loads(line)) for line, is_wanted in zip(file, wanted, strict=True) if is_wanted)
    except (OSError, EOFError, ValueError, TypeError) as error:
        raise InputError(str(path), f"damaged shard: {error}") from error


def write_shard(folder: Path, name: str, found: Iterable[Document], done: Done) -> None:
    """The shard, then the mark, each whole or not at all."""
    mark = folder / "documents" / f"{name}.done.json"
    with contextlib.suppress(FileNotFoundError):
        mark.unlink()
    write_whole(folder / "documents" / f"{name}.jsonl.gz", lambda file: _write_documents(file, found))
    write_whole(mark, lambda file: file.write(json.dumps(asdict(done)).encode()))


def _write_documents(file: IO[bytes], found: Iterable[Document]) -> None:
    with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        for document in found:
            packed.write(json.dumps(asdict(document)).encode() + b"\n")


def read_marks(folder: Path) -> dict[str, Done]:
    """Source → its mark; a mark that cannot be read counts as not there."""
    found: dict[str, Done] = {}
    for path in sorted((folder / "documents").glob("*.done.json")):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            value = cast("dict[str, Any]", json.loads(path.read_bytes()))
            provenance = Provenance(**value.pop("provenance"))
            files = tuple(Facts(**one) for one in value.pop("files"))
            found[path.name.removesuffix(".done.json")] = Done(provenance=provenance, files=files, **value)
    return found


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
