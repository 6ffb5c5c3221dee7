"""initialize: what the client can do, and its first settings."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server import parent
from hpcls.server.editor import from_client
from hpcls.server.features import Notification
from hpcls.server.session import Session


def _handle(session: Session, params: types.InitializeParams) -> None:
    encoding = session.server.workspace.position_encoding
    session.begin(params.capabilities, encoding or types.PositionEncodingKind.Utf16)
    session.configure(from_client(params.initialization_options))
    if params.process_id is not None:
        parent.watch(params.process_id)


FEATURE = Notification(types.INITIALIZE, _handle)
"""pygls answers; this only takes notes."""
