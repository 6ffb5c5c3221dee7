"""Diagnostics for clients that do not ask for them (textDocument/publishDiagnostics)."""

from __future__ import annotations

import asyncio
import logging

from lsprotocol import types

from hpcls.server import diagnostics
from hpcls.server.analyses import StaleError
from hpcls.server.session import Session

log = logging.getLogger(__name__)

_PAUSE = 0.2
"""Seconds without a change before a document is looked at."""


def soon(session: Session, uri: str) -> None:
    """Publish the diagnostics of `uri` when its text has rested for a moment, unless the client asks for them."""
    if session.abilities.pulls_diagnostics:
        return
    session.replace_task(uri, _after_pause(session, uri))


def withdraw(session: Session, uri: str) -> None:
    """Take back what was published about `uri`."""
    if not session.abilities.pulls_diagnostics:
        session.replace_task(uri, None)
        _publish(session, uri, [], None)


def beside(session: Session, uri: str | None = None) -> None:
    """Every document whose report rests on other files, once `uri`, or something on the disk, has changed.

    A client that asks for diagnostics asks for those of other documents again, as it is told to (LSP 3.18,
    DiagnosticOptions.interFileDependencies); of a change on the disk it may know nothing.
    """
    for one in session.look_beside_anew(uri):
        soon(session, one)
    if uri is None:
        _ask_to_refresh(session)


def everywhere(session: Session) -> None:
    """Every document anew, by publishing or by telling the client to ask again."""
    for snapshot in session.documents.all():
        soon(session, snapshot.uri)
    _ask_to_refresh(session)


def _ask_to_refresh(session: Session) -> None:
    if session.abilities.pulls_diagnostics and session.abilities.refreshes_diagnostics:
        session.server.workspace_diagnostic_refresh(None)


async def _after_pause(session: Session, uri: str) -> None:
    await asyncio.sleep(_PAUSE)
    snapshot = session.newest(uri)
    if snapshot is None:
        return
    try:
        _publish(session, uri, await diagnostics.of(session, snapshot), snapshot.version)
    except StaleError:
        pass  # the change that made it stale has its own turn
    except Exception as error:
        log.exception("diagnostics of %s failed", uri)
        session.say_once(f"diagnostics failed: {type(error).__name__}: {error}", types.MessageType.Error)


def _publish(session: Session, uri: str, items: list[types.Diagnostic], version: int | None) -> None:
    session.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items, version))
