"""From a manifest's names to where the sources lie on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from hpcls.corpus.debian import DebianPackage, package
from hpcls.corpus.folders import Folder
from hpcls.corpus.git import GitSnapshot
from hpcls.corpus.manifest import Entry
from hpcls.corpus.model import Source
from hpcls.errors import InputError


@dataclass(frozen=True)
class Places:
    """Where sources lie.  In the patterns `{owner}` and `{name}` stand for the two parts of `owner/name`."""

    debian: Path
    """A folder of .dsc files with their archives; what is not there is downloaded into it."""
    git: str
    """Clones, bare or not; those made with `git clone --mirror` have the pull requests, too."""
    folder: str
    """Folders of files."""


def found_sources(entries: Iterable[Entry], places: Places, failed: Callable[[str], None]) -> list[Source]:
    """The sources that are there; `failed` hears about each that is not, or is another than the manifest says."""
    found: list[Source] = []
    for entry in entries:
        try:
            found.append(replace(_source(entry, places), split=entry.split))
        except InputError as error:
            failed(str(error))
    return found


def _source(entry: Entry, places: Places) -> DebianPackage | GitSnapshot | Folder:
    match entry.kind:
        case "debian":
            return package(entry.name, places.debian, entry.version, entry.archives)
        case "git":
            return _snapshot(entry, _place(places.git, entry.name))
        case _:
            place = _place(places.folder, entry.name)
            return _as_stated(Folder(entry.name, place), entry.version, place)


def _place(pattern: str, name: str) -> Path:
    owner, _, tail = name.rpartition("/")
    try:
        return Path(pattern.format(owner=owner, name=tail))
    except (KeyError, IndexError, ValueError) as error:
        raise InputError(pattern, "expected a path with {owner} and {name}") from error


def _snapshot(entry: Entry, place: Path) -> GitSnapshot:
    if not place.is_dir():
        raise InputError(f"git {entry.name}", f"not at {place}; `git clone --mirror` the repository there")
    git_dir = place / ".git" if (place / ".git").is_dir() else place
    return GitSnapshot(entry.name, git_dir, entry.version)


def _as_stated(folder: Folder, version: str | None, place: Path) -> Folder:
    if version not in (None, folder.state()):
        raise InputError(f"folder {folder.name}", f"{place} holds other files than those of the manifest")
    return folder
