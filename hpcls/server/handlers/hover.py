"""textDocument/hover: a name of MPI, or a loop explained."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server.background import in_thread
from hpcls.server.documents import Snapshot
from hpcls.server.explain import explain_at
from hpcls.server.features import Request
from hpcls.server.session import Session
from hpcls.suggest.mpi.help import hover_at


async def _handle(session: Session, params: types.HoverParams) -> types.Hover | None:
    snapshot = session.newest(params.text_document.uri)
    if snapshot is None:
        return None
    line, column = snapshot.index.place(params.position)
    named = await _name(snapshot, line, column) if "MPI_" in snapshot.index.text(line) else None
    return named or await _loop(session, snapshot, line, column)


async def _name(snapshot: Snapshot, line: int, column: int) -> types.Hover | None:
    found = await in_thread(lambda: hover_at(snapshot.source(), line, column))
    if found is None:
        return None
    start, end = snapshot.index.at(line, found.start_column), snapshot.index.at(line, found.end_column)
    return types.Hover(_markdown(found.markdown), snapshot.index.range(start, end))


async def _loop(session: Session, snapshot: Snapshot, line: int, column: int) -> types.Hover | None:
    report = await session.report(snapshot)
    settings = await session.settings(snapshot)
    found = await in_thread(lambda: explain_at(snapshot.source(), report, line, column, settings.build_path))
    if found is None:
        return None
    loop, text = found
    return types.Hover(_markdown(text), snapshot.index.header(loop.line, loop.column))


def _markdown(text: str) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown, text)


FEATURE = Request(types.TEXT_DOCUMENT_HOVER, _handle, lambda: None)
