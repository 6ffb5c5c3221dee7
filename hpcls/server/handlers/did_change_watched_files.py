"""workspace/didChangeWatchedFiles: a source, a header, settings or a compile_commands.json changed."""

from __future__ import annotations

from pathlib import PurePosixPath

from lsprotocol import types

from hpcls.server import publishing
from hpcls.server.features import Notification
from hpcls.server.session import Session
from hpcls.syntax.languages import TRANSLATED_SUFFIXES


def _handle(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    if all(PurePosixPath(change.uri).suffix in TRANSLATED_SUFFIXES for change in params.changes):
        publishing.beside(session)
        return
    session.configure()
    session.look_anew()
    publishing.everywhere(session)


FEATURE = Notification(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _handle)
