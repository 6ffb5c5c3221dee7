"""From the paths of a command line to files: folders are walked, what git or the user ignores is left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from hpcls.suggest.ignore import Rules, gitignore, gitignores_above
from hpcls.syntax.languages import SOURCE_SUFFIXES

_BUILD_OUTPUTS = (
    "build",
    "_build",
    "builddir",
    "cmake-build-*",
    "bazel-*",
    "CMakeFiles",
    "node_modules",
    "__pycache__",
)
_BUILD_MARKS = frozenset({"CMakeCache.txt", "CACHEDIR.TAG", "meson-private"})
_SOURCE_MARKS = frozenset({"CMakeLists.txt", "meson.build", "configure.ac"})


@dataclass(frozen=True)
class Found:
    """A file, or a folder that could not be listed."""

    path: str
    error: str | None = None


@dataclass(frozen=True)
class _Place:
    path: str
    is_folder: bool
    rules: tuple[Rules, ...]
    """Of the .gitignore files above it, outermost first."""


def walk(root: str, exclude: Rules | None) -> Iterator[Found]:
    """The source files under the folder `root`, by name; links are not followed."""
    above = gitignores_above(Path(root))
    waiting = [_Place(root, True, () if _ignored(root, True, above) else above)]
    while waiting:
        place = waiting.pop()
        if not place.is_folder:
            yield Found(place.path)
            continue
        try:
            entries = sorted(os.scandir(place.path), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield Found(place.path, error.strerror or str(error))
            continue
        if place.path == root or not _holds_build_output(entry.name for entry in entries):
            waiting.extend(_kept(entries, place, exclude))


def _kept(entries: list[os.DirEntry[str]], folder: _Place, exclude: Rules | None) -> Iterator[_Place]:
    own = gitignore(Path(folder.path)) if any(entry.name == ".gitignore" for entry in entries) else None
    rules = (*folder.rules, own) if own else folder.rules
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if not _looks_right(entry, is_folder):
            continue
        excluded = exclude is not None and exclude.decide(entry.path, is_folder)
        if not excluded and not _ignored(entry.path, is_folder, rules):
            yield _Place(entry.path, is_folder, rules)


def _looks_right(entry: os.DirEntry[str], is_folder: bool) -> bool:
    if entry.name.startswith("."):
        return False
    if is_folder:
        return not any(fnmatchcase(entry.name, pattern) for pattern in _BUILD_OUTPUTS)
    return PurePath(entry.name).suffix in SOURCE_SUFFIXES and entry.is_file(follow_symlinks=False)


def _ignored(path: str, is_folder: bool, rules: tuple[Rules, ...]) -> bool:
    """The nearest .gitignore that says anything decides (gitignore(5), "PATTERN FORMAT")."""
    decisions = (rule.decide(path, is_folder) for rule in reversed(rules))
    return next((decision for decision in decisions if decision is not None), False)


def _holds_build_output(names: Iterable[str]) -> bool:
    """Whether a folder with these entries was filled by a build, away from its sources."""
    present = frozenset(names)
    return not present.isdisjoint(_BUILD_MARKS) and present.isdisjoint(_SOURCE_MARKS)
