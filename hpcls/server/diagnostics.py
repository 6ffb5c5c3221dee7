"""What a report says, as diagnostics."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from lsprotocol import types

from hpcls.server.documents import Snapshot
from hpcls.server.session import Session
from hpcls.suggest import codes
from hpcls.suggest.left_out import left_out
from hpcls.suggest.report import Diagnosis, LoopReport, ParseProblem, Reason, Suggestion
from hpcls.suggest.stuck import MESSAGE, stuck_loops


async def of(session: Session, snapshot: Snapshot) -> list[types.Diagnostic]:
    """The diagnostics of `snapshot`, by place.  Raises StaleError as Session.report does."""
    severity = session.preferences.severity
    if severity is None:
        return []
    report = await session.report(snapshot)
    settings = await session.settings(snapshot)
    related = session.abilities.related_information
    found = [_of_suggestion(snapshot, suggestion, severity, related) for suggestion in report.suggestions]
    found += [_of_diagnosis(snapshot, diagnosis, related) for diagnosis in report.diagnoses]
    found += [_of_loop(snapshot, loop, severity, related) for loop in stuck_loops(report, settings)]
    found += [_of_problem(snapshot, problem) for problem in left_out(report)]
    return sorted(found, key=lambda one: (one.range.start.line, one.range.start.character, str(one.code)))


def fingerprint(items: Sequence[types.Diagnostic]) -> str:
    """Equal for equal diagnostics, whatever the version."""
    return hashlib.sha256(repr(items).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def _page(code: str) -> types.CodeDescription | None:
    """The documentation of `code`, where the installation keeps it as a file."""
    page = files(codes) / f"{code}.md"
    return types.CodeDescription(page.as_uri()) if isinstance(page, Path) and page.exists() else None


def _of_suggestion(
    snapshot: Snapshot, suggestion: Suggestion, severity: types.DiagnosticSeverity, related: bool
) -> types.Diagnostic:
    assumed = "".join(f"\nassumes that {assumption}" for assumption in suggestion.assumptions)
    return types.Diagnostic(
        range=snapshot.index.header(suggestion.line, suggestion.column),
        message=suggestion.message + assumed,
        severity=types.DiagnosticSeverity.Warning if suggestion.code == "OMP010" else severity,
        code=suggestion.code,
        code_description=_page(suggestion.code),
        source="hpcls",
        related_information=_related(snapshot, suggestion.places) if related else None,
    )


def _of_diagnosis(snapshot: Snapshot, diagnosis: Diagnosis, related: bool) -> types.Diagnostic:
    remedy = f"\nremedy: {diagnosis.remedy}" if diagnosis.remedy else ""
    return types.Diagnostic(
        range=snapshot.index.header(diagnosis.line, diagnosis.column),
        message=diagnosis.message + remedy,
        severity=types.DiagnosticSeverity.Warning,
        code=diagnosis.code,
        code_description=_page(diagnosis.code),
        source="hpcls",
        related_information=_related(snapshot, diagnosis.places) if related else None,
    )


def _of_loop(
    snapshot: Snapshot, loop: LoopReport, severity: types.DiagnosticSeverity, related: bool
) -> types.Diagnostic:
    remedy = f"\nremedy: {loop.remedy}" if loop.remedy else ""
    return types.Diagnostic(
        range=snapshot.index.header(loop.line, loop.column),
        message=MESSAGE + remedy,
        severity=severity,
        code="OMP020",
        code_description=_page("OMP020"),
        source="hpcls",
        related_information=_related(snapshot, loop.reasons) if related else None,
    )


def _of_problem(snapshot: Snapshot, problem: ParseProblem) -> types.Diagnostic:
    return types.Diagnostic(
        range=snapshot.index.header(problem.line, 1),
        message=problem.message,
        severity=types.DiagnosticSeverity.Information,
        source="hpcls",
    )


def _related(snapshot: Snapshot, reasons: Sequence[Reason]) -> list[types.DiagnosticRelatedInformation] | None:
    return [
        types.DiagnosticRelatedInformation(
            types.Location(snapshot.uri, snapshot.index.header(reason.line, 1)), reason.message
        )
        for reason in reasons
    ] or None
