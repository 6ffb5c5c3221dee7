"""The manifest: the sources of a corpus by name, without a line of their code.  It is read, written and committed.

Columns apart by tabs; those behind the name may be missing or empty, and hold what is read to what was read before:

kind  name  version  licence  files  bytes  archives  split

`kind` is debian, git or folder; `version` a package's version, a snapshot's commit or the digest of a folder's files;
`files` and `bytes` count the documents that came of it; `archives` are `name=SHA-256`, apart by blanks; `split` is that
of all files of a source that came when there were models already, and empty where names decide (`split.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hpcls.corpus.model import SPLITS, Provenance, Split
from hpcls.corpus.shards import Done, kept, write_whole
from hpcls.errors import InputError

KINDS = ("debian", "git", "folder")
_HEADER = ("kind", "name", "version", "licence", "files", "bytes", "archives", "split")


@dataclass(frozen=True)
class Entry:
    """A source that is wanted."""

    kind: str
    name: str
    version: str | None = None
    """None: whichever is there."""
    archives: Mapping[str, str] = field(default_factory=dict[str, str])
    """File name → SHA-256, where known."""
    split: Split | None = None
    """Of all its files; None: by the names of their repositories."""


def read_manifest(path: str) -> list[Entry]:
    """The sources of a manifest, each once.  Raises InputError naming the line that is none."""
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, getattr(error, "strerror", None) or str(error)) from error
    found: dict[tuple[str, str], Entry] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith(("#", "kind\t")):
            one = _entry(f"{path}:{number}", [column.strip() for column in line.split("\t")])
            found.setdefault((one.kind, one.name), one)
    return list(found.values())


def _entry(place: str, columns: list[str]) -> Entry:
    kind, name, version, _, _, _, archives, split, *rest = [*columns, *[""] * (len(_HEADER) - len(columns))]
    if kind not in KINDS or not name or rest:
        raise InputError(place, f"expected `kind<TAB>name[<TAB>version…]`, the kind one of {', '.join(KINDS)}")
    sums = (archive.rpartition("=") for archive in archives.split())
    return Entry(kind, name, version or None, {file: sha256 for file, _, sha256 in sums}, _split(place, split))


def _split(place: str, name: str) -> Split | None:
    by_name: dict[str, Split | None] = {"": None, **{split: split for split in SPLITS}}
    if name not in by_name:
        raise InputError(place, f"`{name}` is no split: expected one of {', '.join(SPLITS)}, or nothing")
    return by_name[name]


def write_manifest(path: Path, marks: Mapping[str, Done]) -> None:
    """What the finished sources of a corpus are.  Raises InputError where it cannot be written."""
    rows = [_HEADER, *(_row(marks[name], wanted) for name, wanted in kept(marks))]
    data = "".join("\t".join(row) + "\n" for row in rows).encode()
    write_whole(path, lambda file: file.write(data))


def _row(mark: Done, wanted: Iterable[bool]) -> tuple[str, ...]:
    sizes = [one.bytes for one, is_wanted in zip(mark.files, wanted, strict=True) if is_wanted]
    return row(mark.provenance, str(len(sizes)), str(sum(sizes)))


def row(stated: Provenance, files: str, size: str) -> tuple[str, ...]:
    """The columns of one source."""
    archives = " ".join(f"{name}={sha256}" for name, sha256 in sorted(stated.archives.items()))
    return (
        stated.kind,
        stated.name,
        stated.version,
        " ".join(stated.licence.split()),
        files,
        size,
        archives,
        stated.split or "",
    )
