"""workspace/didChangeWatchedFiles: a file of settings, a header or a compile_commands.json has changed."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server import publishing
from hpcls.server.features import Notification
from hpcls.server.session import Session


def _handle(session: Session, _: types.DidChangeWatchedFilesParams) -> None:
    session.configure()
    session.look_anew()
    publishing.everywhere(session)


FEATURE = Notification(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _handle)
