"""textDocument/diagnostic: diagnostics that the client asks for."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server import diagnostics
from hpcls.server.analyses import StaleError
from hpcls.server.features import Request
from hpcls.server.session import Session

_Report = types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport


async def _handle(session: Session, params: types.DocumentDiagnosticParams) -> _Report:
    """Always for the newest version: a stale analysis is followed by one of the text that took its place."""
    while snapshot := session.newest(params.text_document.uri):
        try:
            items = await diagnostics.of(session, snapshot)
        except StaleError:
            continue
        result_id = diagnostics.fingerprint(items)
        if result_id == params.previous_result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(result_id)
        return types.RelatedFullDocumentDiagnosticReport(items, result_id=result_id)
    return _empty()


def _empty() -> _Report:
    return types.RelatedFullDocumentDiagnosticReport([])


FEATURE = Request(
    types.TEXT_DOCUMENT_DIAGNOSTIC,
    _handle,
    _empty,
    types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="hpcls"),
)
