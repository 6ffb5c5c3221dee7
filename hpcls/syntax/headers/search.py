"""Where an `#include` leads (C17 6.10.2; GCC, Search Path)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from hpcls.syntax.headers.command import Command
from hpcls.syntax.headers.library import is_system

_INCLUDED = re.compile(r'"([^"\0]+)"|<([^>\0]+)>')


def included(text: str) -> tuple[str, bool] | None:
    """The name that an `#include` is followed by, and whether in quotes; None where it is neither form."""
    found = _INCLUDED.match(text)
    return None if found is None else (found[1] or found[2], found[1] is not None)


def find_header(name: str, is_quoted: bool, beside: Path, command: Command) -> Path | None:
    """The project's own header that is included as `name` by a file in the folder `beside`.

    None where none is found, or where it belongs to the system.
    """
    for folder in _folders(is_quoted, beside, command):
        path = os.path.normpath(folder / name)
        if os.path.isfile(path):  # noqa: PTH113 (an include path is asked often)
            return None if is_system(os.path.realpath(path), str(beside)) else Path(path)
    return None


def _folders(is_quoted: bool, beside: Path, command: Command) -> Iterator[Path]:
    if is_quoted:
        yield beside
        yield from command.quoted
    yield from command.searched
