"""What the corpus is made of: files as a source holds them, and documents as training reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from hpcls.syntax.languages import LanguageName

Split = Literal["train", "tune", "test"]


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
    language: LanguageName
    licence: str
    split: Split
    has_omp: bool
    has_mpi: bool
    sha256: str
    """Of the file's bytes."""
    text: str


@dataclass(frozen=True)
class Provenance:
    """What a source is, for the manifest: enough to get the same bytes again."""

    kind: str
    name: str
    version: str
    """A package's version, a snapshot's commit, a digest of a folder."""
    licence: str
    archives: Mapping[str, str] = field(default_factory=dict[str, str])
    """File name → SHA-256."""


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

    def size(self) -> int:
        """Bytes to read, roughly: small sources come first."""
        ...

    def state(self) -> str:
        """Changes when the source's content does.  Raises InputError where the source is not all there."""
        ...

    def provenance(self) -> Provenance:
        """Raises InputError."""
        ...

    def files(self) -> Iterator[RawFile]:
        """The C and C++ files.  Raises InputError where an archive is broken."""
        ...


def source_id(source: Source) -> str:
    """The name of a source's shard."""
    return f"{source.kind}-{source.name.replace('/', '+')}"
