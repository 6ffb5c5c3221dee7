"""Which source files belong to the project of a file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath

from hpcls.suggest.walk import walk
from hpcls.syntax.headers.database import files_beside
from hpcls.syntax.languages import TRANSLATED_SUFFIXES

MOST_FILES = 2_000
"""Sources of a project that are still looked through."""


@dataclass(frozen=True)
class Listing:
    """The sources of one project."""

    root: str
    """The folder that they are named from, to a reader."""
    files: tuple[str, ...]
    """Real paths."""

    def shown(self, path: str) -> str:
        """The path as a reader is told it."""
        return os.path.relpath(path, self.root)


def listing_of(file: str, build_path: str | None) -> Listing | None:
    """The project of `file`, a real path; None where it is too large.

    What its compile_commands.json compiles; without one the sources of the repository around it, as far as git does not
    ignore them, or outside of any repository those in its folder.
    """
    folder = Path(file).parent
    repository = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
    compiled = files_beside(Path(file), Path(build_path) if build_path else None)
    if compiled:
        found = compiled
    elif repository:
        found = (one.path for one in walk(str(repository), None) if one.error is None)
    else:
        found = map(str, sorted(folder.iterdir()))
    files = tuple(islice((path for path in found if _is_translated(path)), MOST_FILES + 1))
    if len(files) > MOST_FILES:
        return None
    return Listing(str(repository or folder), tuple(dict.fromkeys(map(os.path.realpath, files))))


def _is_translated(path: str) -> bool:
    """Whether it is compiled by itself, as a header is not."""
    suffix = PurePath(path).suffix
    return suffix in TRANSLATED_SUFFIXES or suffix.lower() in TRANSLATED_SUFFIXES
