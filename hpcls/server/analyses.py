"""One analysis for each text, shared by diagnostics, hover, actions and ghost text."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from hpcls.config import Settings
from hpcls.errors import HpclsError
from hpcls.server.advice import Advisors
from hpcls.server.background import in_thread
from hpcls.server.documents import Snapshot
from hpcls.suggest.files import report
from hpcls.suggest.project.others import Projects
from hpcls.suggest.report import FileReport

_KEPT = 4
"""Texts of one document whose reports are kept: the newest, the one without the line being typed, and an undo."""


@dataclass(frozen=True)
class _Begun:
    """A report, perhaps under way, and the files that it may rest on."""

    task: asyncio.Task[FileReport]
    projects: Projects


_Reports = OrderedDict[tuple[bytes, Settings], _Begun]


class StaleError(HpclsError):
    """The document has moved on since the question was asked."""


class Analyses:
    """Reports of the open documents, by text."""

    def __init__(
        self,
        advisors: Advisors,
        accompanied: Callable[[Snapshot, Awaitable[FileReport]], Awaitable[FileReport]],
        projects: Callable[[], Projects],
    ) -> None:
        """`projects` gives those of an analysis that begins now."""
        self._advisors = advisors
        self._accompanied = accompanied
        self._projects = projects
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
            if task.cancelled() and all(task is not one.task for one in self._of(snapshot.uri).values()):
                raise StaleError(f"{snapshot.uri} has moved on") from None
            raise

    def moved_on(self, uri: str) -> None:
        """Stop the analyses of what the document was until now."""
        known = self._of(uri)
        for key, begun in tuple(known.items()):
            if not begun.task.done():
                del known[key]
                begun.task.cancel()

    def forget(self, uri: str) -> None:
        """Drop what is known about a document."""
        self.moved_on(uri)
        self._documents.pop(uri, None)

    def resting_on_others(self) -> tuple[str, ...]:
        """The documents with a report that rests on other files."""
        return tuple(uri for uri in self._documents if any(one.projects.was_asked for one in self._of(uri).values()))

    def _of(self, uri: str) -> _Reports:
        return self._documents.get(uri, _Reports())

    def _task(self, snapshot: Snapshot, settings: Settings) -> asyncio.Task[FileReport]:
        """The analysis of this text, begun where there is none."""
        known = self._documents.setdefault(snapshot.uri, _Reports())
        key = (snapshot.data, settings)
        if key not in known:
            projects = self._projects()
            task = asyncio.create_task(self._analysed(snapshot, settings, projects))
            task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # seen, if none waits
            known[key] = _Begun(task, projects)
        known.move_to_end(key)
        if len(known) > _KEPT:
            known.popitem(last=False)
        return known[key].task

    async def _analysed(self, snapshot: Snapshot, settings: Settings, projects: Projects) -> FileReport:
        return await self._accompanied(snapshot, in_thread(lambda: self._report(snapshot, settings, projects)))

    def _report(self, snapshot: Snapshot, settings: Settings, projects: Projects) -> FileReport:
        return report(snapshot.source(), settings, self._advisors.get(settings), projects)
