"""The editor's settings, sent or asked for."""

from __future__ import annotations

import asyncio
import logging

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from hpcls.server import publishing
from hpcls.server.editor import SECTION, from_client
from hpcls.server.session import Session

log = logging.getLogger(__name__)


def take(session: Session, given: object) -> None:
    """Let `given` replace the editor's settings, and look at every document anew."""
    session.configure(from_client(given))
    publishing.everywhere(session)


def pull(session: Session) -> None:
    """Ask the client for its settings, where it can be asked."""
    if session.abilities.answers_configuration:
        session.await_settings(_ask(session))


async def _ask(session: Session) -> None:
    asked = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
    try:
        # A newer question takes the place of this one, but the answer to both will come, and be expected.
        answer = await asyncio.shield(session.server.workspace_configuration_async(asked))
    except JsonRpcException as error:
        log.warning("the client does not tell its settings: %s", error)
        return
    take(session, answer[0] if answer else None)
