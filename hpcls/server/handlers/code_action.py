"""textDocument/codeAction: a quick fix for each suggestion, and all that is proved at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from hpcls.server.documents import Snapshot
from hpcls.server.edits import workspace_edit
from hpcls.server.features import Request
from hpcls.server.session import Session
from hpcls.suggest.report import FileReport, Suggestion

FIX_ALL = "source.fixAll.hpcls"


async def _handle(session: Session, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    snapshot = session.newest(params.text_document.uri)
    if snapshot is None:
        return None
    report = await session.report(snapshot)
    versioned = session.abilities.versioned_edits
    only = params.context.only
    actions: list[types.CodeAction] = []
    if _asked(only, types.CodeActionKind.QuickFix.value):
        actions += _quick_fixes(snapshot, report, params, versioned)
    if _asked(only, FIX_ALL):
        actions += _fix_all(snapshot, report, versioned)
    return actions


def _asked(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    """Whether `only` names `kind` or a kind above it; every kind, where it is missing."""
    named = [one.value if isinstance(one, types.CodeActionKind) else one for one in only or ()]
    return only is None or any(f"{kind}.".startswith(f"{one}.") for one in named)


def _quick_fixes(
    snapshot: Snapshot, report: FileReport, params: types.CodeActionParams, versioned: bool
) -> Iterator[types.CodeAction]:
    first, _ = snapshot.index.place(params.range.start)
    last, _ = snapshot.index.place(params.range.end)
    for suggestion in report.suggestions:
        if first <= suggestion.line <= last:
            yield types.CodeAction(
                title=_title(suggestion),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[one for one in params.context.diagnostics if _is_about(one, snapshot, suggestion)],
                is_preferred=suggestion.evidence == "proved",
                edit=workspace_edit(snapshot, [suggestion], versioned),
            )


def _fix_all(snapshot: Snapshot, report: FileReport, versioned: bool) -> Iterator[types.CodeAction]:
    proved = [suggestion for suggestion in report.suggestions if suggestion.evidence == "proved"]
    if proved:
        yield types.CodeAction(
            title="Apply everything that hpcls has proved",
            kind=FIX_ALL,
            edit=workspace_edit(snapshot, proved, versioned),
        )


def _title(suggestion: Suggestion) -> str:
    if suggestion.fix:
        return f"Fix {suggestion.fix}"
    replaces = any((edit.line, edit.column) != (edit.end_line, edit.end_column) for edit in suggestion.edits)
    return f"{'Change to' if replaces else 'Add'} `{suggestion.text}` ({suggestion.evidence})"


def _is_about(diagnostic: types.Diagnostic, snapshot: Snapshot, suggestion: Suggestion) -> bool:
    line, _ = snapshot.index.place(diagnostic.range.start)
    return diagnostic.source == "hpcls" and diagnostic.code == suggestion.code and line == suggestion.line


FEATURE = Request(
    types.TEXT_DOCUMENT_CODE_ACTION,
    _handle,
    lambda: None,
    types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
)
