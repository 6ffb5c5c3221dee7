"""The editor's settings, sent or asked for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from hpcls.server import publishing
from hpcls.server.session import Session

log = logging.getLogger(__name__)

SECTION = "hpcls"
_CLIENTS_OWN = frozenset({"trace", "server", "enable"})
"""Keys of the section that speak to the editor's extension, not to the server."""


def from_client(given: object) -> dict[str, object]:
    """The settings in `given`, which may hold them in a section `hpcls`; null is not set."""
    if not isinstance(given, Mapping):
        return {}
    table = cast("Mapping[str, object]", given)
    if isinstance(table.get(SECTION), Mapping):
        return from_client(table[SECTION])
    return {key: value for key, value in table.items() if value is not None and key not in _CLIENTS_OWN}


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
