"""Suggestions as edits of a workspace."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from hpcls.server.documents import Snapshot
from hpcls.suggest.report import Suggestion


def workspace_edit(snapshot: Snapshot, suggestions: Iterable[Suggestion], versioned: bool) -> types.WorkspaceEdit:
    """All edits of `suggestions`, each once; `versioned` where the client can refuse edits of another version."""
    edits = dict.fromkeys(edit for suggestion in suggestions for edit in suggestion.edits)
    changes = [snapshot.index.text_edit(edit) for edit in edits]
    if not versioned:
        return types.WorkspaceEdit(changes={snapshot.uri: changes})
    document = types.OptionalVersionedTextDocumentIdentifier(snapshot.uri, snapshot.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])
