"""textDocument/didClose."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server import publishing
from hpcls.server.features import Notification
from hpcls.server.session import Session


def _handle(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    if session.documents.close(uri):
        session.forget(uri)
        publishing.withdraw(session, uri)
        publishing.beside(session, uri)


FEATURE = Notification(types.TEXT_DOCUMENT_DID_CLOSE, _handle)
