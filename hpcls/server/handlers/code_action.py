"""textDocument/codeAction: a quick fix for each suggestion, and all that is proved at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from hpcls.server.documents import Snapshot
from hpcls.server.edits import workspace_edit
from hpcls.server.features import Request
from hpcls.server.handlers import explain_loop
from hpcls.server.session import Session
from hpcls.suggest.report import FileReport, Suggestion

FIX_ALL = "source.fixAll.hpcls"
_EXPLAIN = "Explain this loop"


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
        actions += _all_proved(snapshot, report, versioned, FIX_ALL, least=1)
    if only is None:
        actions += _explanation(snapshot, report, params.range)
    return actions


def _asked(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    """Whether `only` names `kind` or a kind above it; every kind, where it is missing."""
    named = [one.value if isinstance(one, types.CodeActionKind) else one for one in only or ()]
    return only is None or any(f"{kind}.".startswith(f"{one}.") for one in named)


def _quick_fixes(
    snapshot: Snapshot, report: FileReport, params: types.CodeActionParams, versioned: bool
) -> Iterator[types.CodeAction]:
    lines = _lines(snapshot, params.range)
    here = [suggestion for suggestion in report.suggestions if suggestion.line in lines]
    for suggestion in here:
        yield types.CodeAction(
            title=_title(suggestion),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[one for one in params.context.diagnostics if _is_about(one, snapshot, suggestion)],
            is_preferred=suggestion.evidence == "proved",
            edit=workspace_edit(snapshot, [suggestion], versioned),
        )
    if any(suggestion.evidence == "proved" for suggestion in here):
        yield from _all_proved(snapshot, report, versioned, types.CodeActionKind.QuickFix, least=2)


def _all_proved(
    snapshot: Snapshot, report: FileReport, versioned: bool, kind: types.CodeActionKind | str, least: int
) -> Iterator[types.CodeAction]:
    proved = [suggestion for suggestion in report.suggestions if suggestion.evidence == "proved"]
    if len(proved) >= least:
        edit = workspace_edit(snapshot, proved, versioned)
        yield types.CodeAction(title="Apply all proved suggestions in this file", kind=kind, edit=edit)


def _explanation(snapshot: Snapshot, report: FileReport, place: types.Range) -> Iterator[types.CodeAction]:
    """A question, not a change: of no kind, so that nothing applies it by itself."""
    lines = _lines(snapshot, place)
    loop = next((loop for loop in report.loops if loop.line in lines), None)
    if loop:
        command = types.Command(_EXPLAIN, explain_loop.NAME, arguments=[snapshot.uri, loop.line])
        yield types.CodeAction(title=_EXPLAIN, kind=types.CodeActionKind.Empty, command=command)


def _lines(snapshot: Snapshot, place: types.Range) -> range:
    (first, _), (last, _) = snapshot.index.place(place.start), snapshot.index.place(place.end)
    return range(first, last + 1)


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
