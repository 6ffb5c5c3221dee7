"""One analysis for each text, shared by diagnostics, hover, actions and ghost text."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from hpcls.config import Settings
from hpcls.errors import HpclsError
from hpcls.server.advice import Advisors
from hpcls.server.background import in_thread
from hpcls.server.documents import Snapshot
from hpcls.suggest.files import report
from hpcls.suggest.report import FileReport

_KEPT = 4
"""Texts of one document whose reports are kept: the newest, the one without the line being typed, and an undo."""

_Reports = OrderedDict[tuple[bytes, Settings], asyncio.Task[FileReport]]


class StaleError(HpclsError):
    """The document has moved on since the question was asked."""


class Analyses:
    """Reports of the open documents, by text."""

    def __init__(
        self,
        advisors: Advisors,
        accompanied: Callable[[Snapshot, Awaitable[FileReport]], Awaitable[FileReport]],
    ) -> None:
        self._advisors = advisors
        self._accompanied = accompanied
        self._documents: dict[str, _Reports] = {}

    async def report(self, snapshot: Snapshot, settings: Settings) -> FileReport:
        """What hpcls says about `snapshot`; empty for a text that is too large.

        Cancelling the caller leaves the analysis to the others who wait for it.  Raises StaleError when the document
        moves on meanwhile, and whatever the analysis raises.
        """
        if snapshot.too_large:
            return FileReport(snapshot.path, snapshot.language)
        task = self._task(snapshot, settings)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            # at the server's end every task is cancelled: nothing has moved on, and none must be begun again
            if task.cancelled() and task not in self._documents.get(snapshot.uri, _Reports()).values():
                raise StaleError(f"{snapshot.uri} has moved on") from None
            raise

    def moved_on(self, uri: str) -> None:
        """Stop the analyses of what the document was until now."""
        known = self._documents.get(uri, _Reports())
        for key, task in tuple(known.items()):
            if not task.done():
                del known[key]
                task.cancel()

    def forget(self, uri: str) -> None:
        """Drop what is known about a document."""
        self.moved_on(uri)
        self._documents.pop(uri, None)

    def _task(self, snapshot: Snapshot, settings: Settings) -> asyncio.Task[FileReport]:
        """The analysis of this text, begun where there is none."""
        known = self._documents.setdefault(snapshot.uri, _Reports())
        key = (snapshot.data, settings)
        if key not in known:
            known[key] = asyncio.create_task(self._analysed(snapshot, settings))
            known[key].add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # seen, if none waits
        known.move_to_end(key)
        if len(known) > _KEPT:
            known.popitem(last=False)
        return known[key]

    async def _analysed(self, snapshot: Snapshot, settings: Settings) -> FileReport:
        return await self._accompanied(snapshot, in_thread(lambda: self._report(snapshot, settings)))

    def _report(self, snapshot: Snapshot, settings: Settings) -> FileReport:
        return report(snapshot.source(), settings, self._advisors.get(settings))
