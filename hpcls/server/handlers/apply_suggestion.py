"""workspace/executeCommand hpcls.applySuggestion: make what is suggested for a loop so, in the editor's text."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server.edits import workspace_edit
from hpcls.server.features import Command
from hpcls.server.session import Session

NAME = "hpcls.applySuggestion"


async def _handle(session: Session, uri: str, line: int) -> None:
    snapshot = session.newest(uri)
    if snapshot is None:
        return
    report = await session.report(snapshot)
    chosen = [one for one in report.suggestions if (one.line, one.kind) == (line, "openmp")]
    if chosen:
        edit = workspace_edit(snapshot, chosen, session.abilities.versioned_edits)
        session.server.workspace_apply_edit(types.ApplyWorkspaceEditParams(edit, chosen[0].text))


FEATURE = Command(NAME, _handle)
