"""What the analysis of a file wants to know of the other files of its program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hpcls.syntax.headers.view import View


class OtherFile(Protocol):
    """A file that may define a function."""

    @property
    def path(self) -> str:
        """Its real path."""
        ...

    @property
    def shown(self) -> str:
        """Its path as a reader is told it."""
        ...

    @property
    def size(self) -> int:
        """In bytes."""
        ...

    def view(self) -> View | None:
        """It with its headers in view; None where it cannot be read."""
        ...


class Elsewhere(Protocol):
    """The files of a program, as one of them sees them."""

    @property
    def path(self) -> str:
        """The real path of that one."""
        ...

    @property
    def view(self) -> View:
        """That one with its headers in view."""
        ...

    def defining(self, name: str) -> Sequence[OtherFile] | None:
        """Those whose text seems to define a function called `name`; None where that cannot be told."""
        ...
