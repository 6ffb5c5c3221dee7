"""textDocument/didOpen."""

from __future__ import annotations

import asyncio

from lsprotocol import types

from hpcls.server import publishing
from hpcls.server.documents import Snapshot
from hpcls.server.features import Notification
from hpcls.server.session import Session


def _handle(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    snapshot = session.documents.open(params.text_document)
    if snapshot:
        publishing.soon(session, snapshot.uri)
        publishing.beside(session, snapshot.uri)
        session.replace_task("model", _load_model(session, snapshot))


async def _load_model(session: Session, snapshot: Snapshot) -> None:
    """Begin now, so that the first question need not wait for it."""
    loaded = session.advisors.begin(await session.settings(snapshot))
    session.tell_status()
    await asyncio.wait([asyncio.wrap_future(loaded)])
    session.tell_status()


FEATURE = Notification(types.TEXT_DOCUMENT_DID_OPEN, _handle)
