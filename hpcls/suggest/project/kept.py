"""What is kept of projects from one question to the next, until something changes on the disk."""

from __future__ import annotations

from pathlib import Path

from hpcls.suggest.project.listing import Listing, listing_of
from hpcls.suggest.project.texts import OpenText, Text
from hpcls.syntax.headers.view import View, in_view

_MOST_VIEWS = 64
"""Files whose trees are kept."""


class Kept:
    """The sources of each project, and the files of it that were read."""

    def __init__(self) -> None:
        self._listings: dict[tuple[Path, str | None], Listing | None] = {}
        self._views: dict[tuple[Text, str | None], View | None] = {}

    def listing(self, file: str, build_path: str | None) -> Listing | None:
        """The project around `file`, a real path; None where it is too large."""
        place = Path(file).parent, build_path
        if place not in self._listings:
            self._listings[place] = listing_of(file, build_path)
        return self._listings[place]

    def view(self, text: Text | OpenText, build_path: str | None) -> View | None:
        """The text with its headers in view; None where it cannot be read."""
        if isinstance(text, OpenText):
            return _viewed(text, build_path)
        place = text, build_path
        if place not in self._views:
            found = _viewed(text, build_path)
            while len(self._views) >= _MOST_VIEWS:
                self._views.pop(next(iter(self._views)), None)
            self._views[place] = found
        return self._views.get(place)


def _viewed(text: Text | OpenText, build_path: str | None) -> View | None:
    parsed = text.parsed()
    return in_view(*parsed, build_path) if parsed else None
