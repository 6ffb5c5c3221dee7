"""textDocument/inlineCompletion: ghost text above a loop."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server.documents import Snapshot
from hpcls.server.features import Request
from hpcls.server.ghost import ghost, wanted
from hpcls.server.session import Session


async def _handle(session: Session, params: types.InlineCompletionParams) -> types.InlineCompletionList | None:
    snapshot = session.newest(params.text_document.uri)
    if snapshot is None:
        return None
    line, before, after = snapshot.index.around(params.position)
    above, below = snapshot.index.text(line - 1), snapshot.index.text(line + 1)
    if not wanted(before, after, above, below):
        return None
    found = ghost(await session.report(_without(snapshot, line, before)), line, before, below)
    if found is None:
        return None
    start, end = snapshot.index.at(line, found.start + 1), snapshot.index.offset(params.position)
    return types.InlineCompletionList([types.InlineCompletionItem(found.text, range=snapshot.index.range(start, end))])


def _without(snapshot: Snapshot, line: int, before: str) -> Snapshot:
    """The text without what is typed: a begun directive would count as one; the same for each further letter."""
    if not before.strip():
        return snapshot
    start, end = snapshot.index.at(line, 1), snapshot.index.at(line, len(before) + 1)
    return snapshot.with_data(snapshot.data[:start] + snapshot.data[end:], snapshot.version)


FEATURE = Request(
    types.TEXT_DOCUMENT_INLINE_COMPLETION,
    _handle,
    lambda: None,
    types.InlineCompletionOptions(work_done_progress=False),
)
