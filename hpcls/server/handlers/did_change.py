"""textDocument/didChange."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server import publishing
from hpcls.server.features import Notification
from hpcls.server.session import Session


def _handle(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    document = params.text_document
    if session.documents.change(document.uri, document.version, params.content_changes):
        session.moved_on(document.uri)
        publishing.soon(session, document.uri)
        publishing.beside(session, document.uri)


FEATURE = Notification(types.TEXT_DOCUMENT_DID_CHANGE, _handle)
