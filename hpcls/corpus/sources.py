"""The list of sources: a text file, one source or one pattern for many a line, columns apart by tabs.

# kind  where                            name (optional)
debian  hypre                            a package, downloaded where it is not there
debian  downloads/                       every .dsc of a folder
git     mirror/*/repo                    git directories; owner+name in the path gives the name owner/name
folder  my/code               me/code    a folder of files
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from hpcls.corpus.debian import package, packages
from hpcls.corpus.folders import Folder
from hpcls.corpus.git import GitSnapshot
from hpcls.corpus.model import Source
from hpcls.errors import InputError

_KINDS = ("debian", "git", "folder")


@dataclass(frozen=True)
class Line:
    """A line of the list."""

    kind: str
    place: str
    name: str | None


def read_list(path: str) -> list[Line]:
    """The lines of a list.  Raises InputError naming the line that is none."""
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, getattr(error, "strerror", None) or str(error)) from error
    numbered = enumerate(text.splitlines(), 1)
    return [_line(path, number, line) for number, line in numbered if line.strip() and not line.startswith("#")]


def _line(path: str, number: int, line: str) -> Line:
    columns = [column.strip() for column in line.split("\t") if column.strip()]
    if len(columns) not in (2, 3) or columns[0] not in _KINDS:
        expected = "expected `kind<TAB>where[<TAB>name]`, the kind one of " + ", ".join(_KINDS)
        raise InputError(f"{path}:{number}", expected)
    return Line(columns[0], columns[1], columns[2] if len(columns) == 3 else None)


def found_sources(lines: list[Line], debian_dir: Path, failed: Callable[[str], None]) -> list[Source]:
    """The sources that the lines stand for, each once; `failed` hears about what is not there."""
    found: dict[tuple[str, str], Source] = {}
    for line in lines:
        try:
            for source in _sources(line, debian_dir):
                found.setdefault((source.kind, source.name), source)
        except InputError as error:
            failed(str(error))
    return list(found.values())


def _sources(line: Line, debian_dir: Path) -> list[Source]:
    if line.kind == "debian" and "/" not in line.place:
        return [package(line.place, debian_dir)]
    if line.kind == "debian":
        return list(packages(Path(line.place)))
    places = [Path(place) for place in sorted(glob(line.place)) if Path(place).is_dir()]  # noqa: PTH207 (absolute patterns)
    if not places:
        raise InputError(line.place, "no such folder")
    made = _snapshots if line.kind == "git" else _folders
    return list(made(places, line.name))


def _snapshots(places: list[Path], name: str | None) -> Iterator[Source]:
    for place in places:
        git_dir = place / ".git" if (place / ".git").is_dir() else place
        if not any(part.endswith(".part") for part in place.parts):  # those are still being fetched
            yield GitSnapshot(name or _repository_name(place), git_dir)


def _folders(places: list[Path], name: str | None) -> Iterator[Source]:
    for place in places:
        yield Folder(name or _repository_name(place), place)


def _repository_name(place: Path) -> str:
    for part in reversed(place.resolve().parts):
        if "+" in part.strip("+"):
            return part.replace("+", "/", 1)
    return place.resolve().name.removesuffix(".git")
