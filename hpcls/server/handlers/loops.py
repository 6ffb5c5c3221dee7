"""hpcls/loops: everything about one file, open or not, for a report: every loop, and what is suggested, as edits."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from hpcls.errors import InputError
from hpcls.server.background import in_thread
from hpcls.server.disk import from_disk
from hpcls.server.documents import Snapshot
from hpcls.server.features import Request
from hpcls.server.session import Session
from hpcls.suggest.files import report
from hpcls.suggest.report import FileReport, Suggestion

Entry = dict[str, object]


async def _handle(session: Session, params: Any) -> Entry | None:  # noqa: ANN401 (no type of the protocol)
    snapshot = session.newest(params.uri)
    if snapshot:
        return _entry(snapshot, await session.report(snapshot), snapshot.version)
    try:
        return await _closed(session, params.uri)
    except InputError as error:
        return {**_entry(None, FileReport(error.path, None), None), "errors": [{"line": 1, "message": error.message}]}


async def _closed(session: Session, uri: str) -> Entry | None:
    snapshot = await from_disk(uri, session.documents.encoding)
    if snapshot is None:
        return None
    settings = await session.settings(snapshot)
    projects = session.projects()
    found = await in_thread(lambda: report(snapshot.source(), settings, session.advisors.get(settings), projects))
    return _entry(snapshot, found, None)


def _entry(snapshot: Snapshot | None, found: FileReport, version: int | None) -> Entry:
    """Lines are 1-based, as in `hpcls suggest --output-format json`; edits are the protocol's own."""
    return {
        "version": version,
        "lines": snapshot.data.count(b"\n") + 1 if snapshot else 0,
        "loops": [{**asdict(loop), "text": snapshot.index.text(loop.line).strip()} for loop in found.loops]
        if snapshot
        else [],
        "suggestions": [_suggestion(snapshot, one) for one in found.suggestions] if snapshot else [],
        "errors": [asdict(error) for error in found.errors],
    }


def _suggestion(snapshot: Snapshot, suggestion: Suggestion) -> Entry:
    edits = [snapshot.index.text_edit(edit) for edit in suggestion.edits]
    return {**asdict(suggestion), "edits": edits}


FEATURE = Request("hpcls/loops", _handle, lambda: None)
