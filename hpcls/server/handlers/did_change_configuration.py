"""workspace/didChangeConfiguration."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server import configuration
from hpcls.server.features import Notification
from hpcls.server.session import Session


def _handle(session: Session, params: types.DidChangeConfigurationParams) -> None:
    if session.abilities.answers_configuration:
        configuration.pull(session)
    else:
        configuration.take(session, params.settings)


FEATURE = Notification(types.WORKSPACE_DID_CHANGE_CONFIGURATION, _handle)
