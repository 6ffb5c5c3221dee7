"""textDocument/inlineCompletion: ghost text, the directive above a loop or the MPI call at the cursor."""

from __future__ import annotations

from functools import partial

from lsprotocol import types

from hpcls.server.background import in_thread
from hpcls.server.documents import Snapshot
from hpcls.server.features import Request
from hpcls.server.ghost import Ghost, call_wanted, ghost, wanted
from hpcls.server.next_call import next_call
from hpcls.server.session import Session
from hpcls.suggest.files import directive_above
from hpcls.suggest.report import Suggestion


async def _handle(session: Session, params: types.InlineCompletionParams) -> types.InlineCompletionList:
    snapshot = session.newest(params.text_document.uri)
    if snapshot is None:
        return _nothing()
    line, before, after = snapshot.index.around(params.position)
    above, below = snapshot.index.text(line - 1), snapshot.index.text(line + 1)
    if wanted(before, after, above, below):
        found = ghost(await _directive(session, _without(snapshot, line, before), line + 1), line, before, below)
    elif call_wanted(before, after):
        found = await _call(session, snapshot, line, before, after)
    else:
        found = None
    if found is None:
        return _nothing()
    start, end = snapshot.index.at(line, found.start + 1), snapshot.index.offset(params.position)
    end += len(found.replaced.encode())
    return types.InlineCompletionList([types.InlineCompletionItem(found.text, range=snapshot.index.range(start, end))])


def _nothing() -> types.InlineCompletionList:
    """A list, not null: on null Neovim 0.12 keeps what it showed elsewhere, and takes it when asked to."""
    return types.InlineCompletionList([])


async def _directive(session: Session, snapshot: Snapshot, line: int) -> Suggestion | None:
    """What is suggested for the loop at `line`: soon, without waiting for the rest of the file, nor for a model that is
    being loaded where the analysis decides."""
    settings = await session.settings(snapshot)
    advisor, projects = partial(session.advisors.get, settings), session.projects()
    return await in_thread(lambda: directive_above(snapshot.source(), settings, line, advisor, projects))


async def _call(session: Session, snapshot: Snapshot, line: int, before: str, after: str) -> Ghost | None:
    """The MPI call that the model puts at the cursor, with what is typed of it."""
    found = await next_call(session, snapshot, line, before)
    if found is None:
        return None
    blank = len(before) - len(before.lstrip(" \t"))
    return Ghost(blank, before[blank:] + found.text, after.rstrip())


def _without(snapshot: Snapshot, line: int, before: str) -> Snapshot:
    """The text without what is typed: a begun directive would count as one; the same for each further letter."""
    if not before.strip():
        return snapshot
    start, end = snapshot.index.at(line, 1), snapshot.index.at(line, len(before) + 1)
    return snapshot.with_data(snapshot.data[:start] + snapshot.data[end:], snapshot.version)


FEATURE = Request(
    types.TEXT_DOCUMENT_INLINE_COMPLETION,
    _handle,
    _nothing,
    types.InlineCompletionOptions(work_done_progress=False),
)
