"""One analysis for each text, shared by diagnostics, hover, actions and ghost text."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from hpcls.config import Settings
from hpcls.errors import HpclsError
from hpcls.server.background import in_thread
from hpcls.server.documents import Documents, Snapshot
from hpcls.suggest.files import report
from hpcls.suggest.report import FileReport

_KEPT = 4
"""Texts of one document whose reports are kept: the newest, the one without the line being typed, and an undo."""

_Key = tuple[bytes, Settings]
_Task = asyncio.Task[FileReport]


class StaleError(HpclsError):
    """The document has moved on since the question was asked."""


@dataclass
class _Shelf:
    """The reports of one document; at most one is being computed at a time."""

    tasks: OrderedDict[_Key, _Task] = field(default_factory=OrderedDict[_Key, _Task])
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Analyses:
    """Reports of the open documents."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._shelves: dict[str, _Shelf] = {}

    async def report(self, snapshot: Snapshot, settings: Settings) -> FileReport:
        """What hpcls says about `snapshot`; empty for a text that is too large.

        Cancelling the caller leaves the analysis to the others who wait for it.  Raises StaleError for a version that
        was superseded before its turn came, and whatever the analysis raises.
        """
        if snapshot.too_large:
            return FileReport(snapshot.path, snapshot.language)
        shelf = self._shelves.setdefault(snapshot.uri, _Shelf())
        key = (snapshot.data, settings)
        task = shelf.tasks.get(key)
        if task is None:
            task = shelf.tasks[key] = asyncio.create_task(self._compute(shelf, key, snapshot))
            task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # seen, if nobody waits
        shelf.tasks.move_to_end(key)
        if len(shelf.tasks) > _KEPT:
            shelf.tasks.popitem(last=False)
        return await asyncio.shield(task)

    def forget(self, uri: str) -> None:
        """Drop what is known about a document."""
        self._shelves.pop(uri, None)

    async def _compute(self, shelf: _Shelf, key: _Key, snapshot: Snapshot) -> FileReport:
        async with shelf.turn:
            newest = self._documents.get(snapshot.uri)
            if newest is None or newest.version != snapshot.version:
                shelf.tasks.pop(key, None)
                raise StaleError(f"{snapshot.uri} is not at version {snapshot.version} any more")
            return await in_thread(lambda: report(snapshot.source(), key[1]))
