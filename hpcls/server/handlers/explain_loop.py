"""workspace/executeCommand hpcls.explainLoop: why, or why not, this loop, as a message and as the result, in Markdown.

An editor with a better place for it answers the command itself.
"""

from __future__ import annotations

from lsprotocol import types

from hpcls.server.background import in_thread
from hpcls.server.explain import explain_at
from hpcls.server.features import Command
from hpcls.server.session import Session

NAME = "hpcls.explainLoop"


async def _handle(session: Session, uri: str, line: int) -> str | None:
    snapshot = session.newest(uri)
    if snapshot is None:
        return None
    report = await session.report(snapshot)
    settings = await session.settings(snapshot)
    found = await in_thread(lambda: explain_at(snapshot.source(), report, line, 1, settings.build_path))
    if found:
        session.server.window_show_message(types.ShowMessageParams(types.MessageType.Info, found[1]))
    return found[1] if found else None


FEATURE = Command(NAME, _handle)
