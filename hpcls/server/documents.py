"""The client's open documents: immutable snapshots, one after the other."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath

from lsprotocol import types
from pygls.uris import to_fs_path

from hpcls.server.convert import Encoding, TextIndex
from hpcls.server.parsing import parse_gently
from hpcls.syntax.languages import SOURCE_SUFFIXES, LanguageName, language_of
from hpcls.syntax.source import Source

log = logging.getLogger(__name__)

SIZE_LIMIT = 2_000_000
"""Bytes; a longer document is kept in step, but not analysed."""

_LANGUAGE_IDS: dict[str, LanguageName] = {
    "c": "c",
    "cpp": "cpp",
    "c++": "cpp",
    "cuda": "cpp",
    "cuda-cpp": "cpp",
    "cuda-c++": "cpp",
    "hip": "cpp",
}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One version of one document."""

    uri: str
    path: str
    language: LanguageName
    version: int
    data: bytes = field(repr=False)
    encoding: Encoding
    _parsing: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    _parsed: list[Source] = field(default_factory=list[Source], init=False, repr=False)
    """Not a cached_property: all instances share that one's lock in Python 3.11."""

    @classmethod
    def read(cls, uri: str, source: Source, encoding: Encoding) -> Snapshot:
        """A file as it was read from the disk."""
        made = cls(uri, source.path, source.language, source.version, source.data, encoding)
        made._parsed.append(source)
        return made

    @cached_property
    def index(self) -> TextIndex:
        """Positions in this text."""
        return TextIndex(self.data, self.encoding)

    @property
    def too_large(self) -> bool:
        """Whether hpcls leaves this document alone."""
        return len(self.data) > SIZE_LIMIT

    def source(self) -> Source:
        """Text and tree, parsed once.  Takes about 1 s for 50,000 lines: call it off the event loop."""
        with self._parsing:
            if not self._parsed:
                self._parsed.append(parse_gently(self.data, self.path, self.language, self.version))
            return self._parsed[0]

    def with_data(self, data: bytes, version: int) -> Snapshot:
        """Another text at the same place."""
        return replace(self, data=data, version=version)

    def changed(self, change: types.TextDocumentContentChangeEvent, version: int) -> Snapshot:
        """The next snapshot."""
        inserted = change.text.encode("utf-8", "surrogatepass")
        if isinstance(change, types.TextDocumentContentChangePartial):
            start, end = self.index.span(change.range)
            inserted = self.data[:start] + inserted + self.data[end:]
        return self.with_data(inserted, version)


class Documents:
    """The newest snapshot of each open document in C or C++; other documents are not kept."""

    def __init__(self) -> None:
        self.encoding: Encoding = types.PositionEncodingKind.Utf16
        self._open: dict[str, Snapshot] = {}

    def get(self, uri: str) -> Snapshot | None:
        """The newest snapshot; None for what is not open or in another language."""
        return self._open.get(uri)

    def all(self) -> tuple[Snapshot, ...]:
        """Every open document."""
        return tuple(self._open.values())

    def open(self, item: types.TextDocumentItem) -> Snapshot | None:
        """Begin to follow a document; None where it is not in C or C++."""
        path = to_fs_path(item.uri) or item.uri
        data = item.text.encode("utf-8", "surrogatepass")
        language = _language(item.language_id, path, data)
        if language is None:
            self._open.pop(item.uri, None)
            return None
        snapshot = Snapshot(item.uri, path, language, item.version, data, self.encoding)
        self._open[item.uri] = snapshot
        return snapshot

    def change(
        self, uri: str, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]
    ) -> Snapshot | None:
        """Apply `changes` one after the other; None where the document is not followed."""
        snapshot = self._open.get(uri)
        if snapshot is None:
            log.debug("a change of %s, which is not open here", uri)
            return None
        for change in changes:
            snapshot = snapshot.changed(change, version)
        self._open[uri] = snapshot.with_data(snapshot.data, version)
        return self._open[uri]

    def close(self, uri: str) -> bool:
        """Forget a document; whether it was followed."""
        return self._open.pop(uri, None) is not None


def _language(language_id: str, path: str, data: bytes) -> LanguageName | None:
    """By what the client says, else by the ending of the file."""
    known = _LANGUAGE_IDS.get(language_id.lower())
    suffix = PurePath(path).suffix
    if known or not (suffix in SOURCE_SUFFIXES or suffix.lower() in SOURCE_SUFFIXES):
        return known
    return language_of(path, data)
