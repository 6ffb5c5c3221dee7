"""What the corpus is made of: files as a source holds them, and documents as training reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, get_args

from hpcls.syntax.languages import LanguageName
from hpcls.syntax.source import Source as ParsedSource
from hpcls.syntax.source import parse

Split = Literal["train", "tune", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
Language = LanguageName | Literal["fortran"]
"""Fortran is text to learn from: nothing is asked about it."""


@dataclass(frozen=True)
class RawFile:
    """A file of a source; `data` is None where it is listed but absent from a snapshot."""

    repository: str
    path: str
    data: bytes | None


@dataclass(frozen=True)
class Document:
    """One line of a shard."""

    repo: str
    path: str
    language: Language
    licence: str
    split: Split
    has_omp: bool
    has_mpi: bool
    sha256: str
    """Of the file's bytes."""
    text: str


def source_of(document: Document) -> ParsedSource:
    """The text of a C or C++ document, parsed."""
    assert document.language != "fortran"
    return parse(document.text, document.path, document.language)


@dataclass(frozen=True)
class Provenance:
    """What a source is, for the manifest: enough to know the same bytes again."""

    kind: str
    name: str
    version: str
    """A package's version, a snapshot's commit, a digest of a folder."""
    licence: str
    archives: Mapping[str, str] = field(default_factory=dict[str, str])
    """What it was read from → SHA-256: a package's archives, and the list of a snapshot's pull requests."""
    split: Split | None = None
    """Of all its files; None: by the names of their repositories."""


class Source(Protocol):
    """Somewhere that code is mined from."""

    @property
    def kind(self) -> str:
        """`debian`, `git` or `folder`."""
        ...

    @property
    def name(self) -> str:
        """`owner/name`, or the package."""
        ...

    @property
    def split(self) -> Split | None:
        """That of all its files where it is stated; None: by the names of their repositories."""
        ...

    def size(self) -> int:
        """Bytes to read, roughly: large sources come first, so that none of them is waited for at the end."""
        ...

    def state(self) -> str:
        """Changes when the source's content does.  Raises InputError where the source is not all there."""
        ...

    def provenance(self) -> Provenance:
        """Raises InputError."""
        ...

    def files(self) -> Iterator[RawFile]:
        """The C, C++ and Fortran files.  Raises InputError where an archive is broken."""
        ...


def source_id(kind: str, name: str) -> str:
    """The name of a source's shard."""
    return f"{kind}-{name.replace('/', '+')}"
