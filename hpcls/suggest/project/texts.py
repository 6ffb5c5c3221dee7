"""A file of a project as it is now: as an editor has it, else as it is on the disk.

What is made of a version of a file on the disk is kept, by its path, time and size.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

from hpcls.errors import InputError
from hpcls.syntax.defined_names import may_define, names_before_parentheses
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source, read_source

LARGEST = 512_000
"""Bytes of a file that is still read."""


@dataclass(frozen=True)
class Text:
    """One version of one file on the disk."""

    path: str
    changed: int
    """When, in ns."""
    size: int

    def may_define(self, name: str) -> bool:
        """Whether it may define a function called `name`."""
        return name.encode() in _names(self) and _defines(self, name)

    def parsed(self) -> tuple[Source, ScopeTree] | None:
        """Its text and what that declares; None where it cannot be read."""
        try:
            source = read_source(self.path)
        except InputError:
            return None
        return source, scopes_of(source)


class Document(Protocol):
    """A file as an editor has it, saved or not."""

    @property
    def path(self) -> str:
        """Where the editor would save it."""
        ...

    @property
    def data(self) -> bytes:
        """Its text in UTF-8."""
        ...

    def source(self) -> Source:
        """Its text and tree."""
        ...


@dataclass(frozen=True, eq=False)
class OpenText:
    """A document of an editor, which takes the place of the file on the disk."""

    path: str
    document: Document

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.document.data)

    def may_define(self, name: str) -> bool:
        """Whether it may define a function called `name`."""
        return name.encode() in self.document.data and may_define(self.document.data, name)

    def parsed(self) -> tuple[Source, ScopeTree]:
        """Its text and what that declares."""
        source = self.document.source()
        return source, scopes_of(source)


def text_at(path: str) -> Text | None:
    """The file on the disk; None where there is none."""
    try:
        known = os.stat(path)  # noqa: PTH116 (a project has many files)
    except OSError:
        return None
    return Text(path, known.st_mtime_ns, known.st_size) if S_ISREG(known.st_mode) else None


def _data(text: Text) -> bytes:
    try:
        return Path(text.path).read_bytes()
    except OSError:
        return b""


@lru_cache(maxsize=4_096)
def _names(text: Text) -> frozenset[bytes]:
    return names_before_parentheses(_data(text))


@lru_cache(maxsize=4_096)
def _defines(text: Text, name: str) -> bool:
    return may_define(_data(text), name)
