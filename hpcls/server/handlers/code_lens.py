"""textDocument/codeLens: the verdict of each loop above it, with what can be done about it."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server.documents import Snapshot
from hpcls.server.features import Request
from hpcls.server.handlers import apply_suggestion, explain_loop
from hpcls.server.session import Session
from hpcls.suggest.report import LoopReport, Suggestion


async def _handle(session: Session, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    snapshot = session.newest(params.text_document.uri)
    if snapshot is None:
        return None
    report = await session.report(snapshot)
    offered = {(one.line, one.column): one for one in report.suggestions if one.kind == "openmp"}
    return [_lens(snapshot, loop, offered.get((loop.line, loop.column))) for loop in report.loops]


def _lens(snapshot: Snapshot, loop: LoopReport, suggestion: Suggestion | None) -> types.CodeLens:
    if suggestion:
        title, name = f"{loop.verdict}: add {suggestion.text}", apply_suggestion.NAME
    else:
        said = loop.directive or next((reason.message for reason in loop.reasons), loop.silence)
        title, name = f"{loop.verdict}: {said}" if said else loop.verdict, explain_loop.NAME
    command = types.Command(title, name, arguments=[snapshot.uri, loop.line])
    return types.CodeLens(snapshot.index.header(loop.line, loop.column), command)


FEATURE = Request(types.TEXT_DOCUMENT_CODE_LENS, _handle, lambda: None, types.CodeLensOptions(resolve_provider=False))
