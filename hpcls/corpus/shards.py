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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

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
    resembles: str = ""
    """The training file that one of tune or test is left out for, if it is (`keep_apart`)."""


@dataclass(frozen=True)
class Done:
    """The mark that a source is mined."""

    inputs: str
    """Digest of the source's state, the fingerprints and the rules: another one means mining again."""
    provenance: Provenance
    dropped: Mapping[str, int]
    files: tuple[Facts, ...]
    """Of each document, in the order of the shard."""


class Place(NamedTuple):
    """Where a document lies."""

    source: str
    number: int
    """In its shard, from 0."""


def documents(folder: str | Path) -> Iterator[Document]:
    """Every document of the finished sources of a corpus, each once.  Raises InputError for a damaged shard."""
    return (one for _, one in read(Path(folder), kept(read_marks(Path(folder)))))


def kept(marks: Mapping[str, Done]) -> Iterator[tuple[str, tuple[bool, ...]]]:
    """For each source which of its documents are used: copies are not, nor what resembles a training file."""
    for name, wanted in distinct(marks):
        files = zip(marks[name].files, wanted, strict=True)
        yield name, tuple(is_wanted and not one.resembles for one, is_wanted in files)


def distinct(marks: Mapping[str, Done]) -> Iterator[tuple[str, tuple[bool, ...]]]:
    """For each source which of its documents no source before it has."""
    seen: set[str] = set()
    for name, mark in sorted(marks.items(), key=lambda item: (item[1].provenance.split is not None, item[0])):
        yield name, tuple(one.key not in seen for one in mark.files)
        seen.update(one.key for one in mark.files)


def read(folder: Path, wanted: Iterable[tuple[str, Sequence[bool]]]) -> Iterator[tuple[Place, Document]]:
    """Of each source the documents that are wanted.  Raises InputError for a damaged shard."""
    for source, shard in wanted:
        path = folder / "documents" / f"{source}.jsonl.gz"
        try:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for number, (line, is_wanted) in enumerate(zip(file, shard, strict=True)):
                    if is_wanted:
                        yield Place(source, number), Document(**json.loads(line))
        except (OSError, EOFError, ValueError, TypeError) as error:
            raise InputError(str(path), f"damaged shard: {error}") from error


def write_shard(folder: Path, name: str, found: Iterable[Document], done: Done) -> None:
    """The shard, then the mark, each whole or not at all."""
    mark = folder / "documents" / f"{name}.done.json"
    with contextlib.suppress(FileNotFoundError):
        mark.unlink()
    write_whole(folder / "documents" / f"{name}.jsonl.gz", lambda file: _write_documents(file, found))
    write_mark(folder, name, done)


def write_mark(folder: Path, name: str, done: Done) -> None:
    """Whole or not at all."""
    data = json.dumps(asdict(done)).encode()
    write_whole(folder / "documents" / f"{name}.done.json", lambda file: file.write(data))


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


def corpus_marks(folder: Path) -> dict[str, Done]:
    """Source → its mark, at least one.  Raises InputError where there is none."""
    marks = read_marks(folder)
    if not marks:
        raise InputError(str(folder), "no corpus: nothing is mined there")
    return marks


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
