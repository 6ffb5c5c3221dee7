"""textDocument/didOpen."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server import publishing
from hpcls.server.features import Notification
from hpcls.server.session import Session


def _handle(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    if session.documents.open(params.text_document):
        publishing.soon(session, params.text_document.uri)


FEATURE = Notification(types.TEXT_DOCUMENT_DID_OPEN, _handle)
