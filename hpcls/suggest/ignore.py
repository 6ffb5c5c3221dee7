"""Patterns as in .gitignore, relative to a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True)
class Rules:
    """Patterns and the folder that they are relative to."""

    folder: str
    spec: GitIgnoreSpec

    def decide(self, path: str, is_folder: bool) -> bool | None:
        """True: ignored; False: taken back by a `!` pattern; None: no pattern speaks of it."""
        relative = os.path.relpath(path, self.folder).replace(os.sep, "/")
        return self.spec.check_file(relative + "/" if is_folder else relative).include


def rules(folder: Path, patterns: Iterable[str]) -> Rules:
    """Raises ValueError for a pattern that means nothing."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 (slow to import; many runs need none)

    return Rules(str(folder.absolute()), GitIgnoreSpec.from_lines(patterns))


def gitignore(folder: Path) -> Rules | None:
    """The rules of the .gitignore in `folder`; a pattern that means nothing is passed over, as git does."""
    try:
        lines = (folder / ".gitignore").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    return rules(folder, [line for line in lines if _means_something(line)])


def gitignores_above(folder: Path) -> tuple[Rules, ...]:
    """The rules of the .gitignore files between the top of the git work tree and `folder`, outermost first."""
    folder = folder.absolute()
    above: list[Path] = []
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            found = (gitignore(one) for one in reversed(above))
            return tuple(one for one in found if one)
        above.append(place.parent)
    return ()


def _means_something(pattern: str) -> bool:
    try:
        rules(Path(), [pattern])
    except ValueError:
        return False
    return True
