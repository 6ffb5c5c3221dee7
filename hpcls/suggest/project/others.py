"""The files of a project, as the analysis of one of them asks for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.project.kept import Kept
from hpcls.suggest.project.listing import Listing
from hpcls.suggest.project.texts import LARGEST, Document, OpenText, Text, text_at
from hpcls.syntax.headers.view import View

_MOST_BYTES = 32_000_000
"""Of a project that is still looked through."""


@dataclass(frozen=True, eq=False)
class Other:
    """One file that may define what is asked for."""

    text: Text | OpenText
    shown: str
    """Its path as a reader is told it."""
    build_path: str | None
    kept: Kept

    @property
    def path(self) -> str:
        """Its real path."""
        return self.text.path

    @property
    def size(self) -> int:
        """In bytes."""
        return self.text.size

    def view(self) -> View | None:
        """It with its headers in view; None where it cannot be read."""
        return self.kept.view(self.text, self.build_path) if self.size <= LARGEST else None


class Others:
    """The files of the project that `view`, which stands at `path`, belongs to, as they are when first asked for."""

    def __init__(self, view: View, path: str, build_path: str | None, projects: Projects) -> None:
        self.view = view
        self.path = path
        self._build_path = build_path
        self._projects = projects

    def defining(self, name: str) -> tuple[Other, ...] | None:
        """Those whose text seems to define a function called `name`; None where the project is too large to be
        looked through.
        """
        listing, texts = self._listing, self._texts
        if listing is None or sum(one.size for one in texts) > _MOST_BYTES:
            return None
        found = (text for text in texts if text.may_define(name))
        return tuple(Other(one, listing.shown(one.path), self._build_path, self._projects.kept) for one in found)

    @cached_property
    def _listing(self) -> Listing | None:
        return self._projects.kept.listing(self.path, self._build_path)

    @cached_property
    def _texts(self) -> tuple[Text | OpenText, ...]:
        """Each file of the project as it is now."""
        self._projects.was_asked = True  # before they are looked at: whoever changes one then sees that
        opened = self._projects.opened()
        paths = self._listing.files if self._listing else ()
        found = (OpenText(path, opened[path]) if path in opened else text_at(path) for path in paths)
        return tuple(text for text in found if text)


class Projects:
    """The projects that one run of the command line, or one question to a server, is about."""

    def __init__(self, kept: Kept, documents: Callable[[], Iterable[Document]] = tuple) -> None:
        """`documents` are those that an editor has open now: they win over what is on the disk."""
        self.kept = kept
        self._documents = documents
        self.was_asked = False
        """Whether an answer may rest on another file than the one it is about, and its headers."""

    def opened(self) -> dict[str, Document]:
        """The open documents by their real paths."""
        return {os.path.realpath(one.path): one for one in self._documents()}

    def others(self, view: View, build_path: str | None) -> Others | None:
        """The files that are perhaps linked with `view`; None where no file stands at its path."""
        path = os.path.realpath(view.source.path)
        return Others(view, path, build_path, self) if text_at(path) or path in self.opened() else None
