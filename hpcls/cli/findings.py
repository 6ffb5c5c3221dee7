"""What the text formats and the checkers' formats show: suggestions, wrong directives, loops that stay sequential."""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.config import Settings
from hpcls.suggest.report import Diagnosis, Edit, FileReport, LoopReport, Reason, Suggestion
from hpcls.suggest.stuck import MESSAGE, stuck_loops

_MOST_REASONS = 4


@dataclass(frozen=True)
class Finding:
    """One line of a report."""

    code: str
    line: int
    column: int
    end_line: int
    message: str
    text: str | None
    """The directive or call to add, or what a directive becomes; None for a diagnostic."""
    evidence: str
    confidence: float | None
    notes: tuple[str, ...]
    edits: tuple[Edit, ...]


def findings(report: FileReport, settings: Settings) -> list[Finding]:
    """By place: the suggestions, what is wrong with directives, and one OMP020 for each dependent loop without a
    directive where that is selected.
    """
    found = [_of_suggestion(suggestion) for suggestion in report.suggestions]
    found += [_of_diagnosis(diagnosis) for diagnosis in report.diagnoses]
    found += [_of_loop(loop) for loop in stuck_loops(report, settings)]
    return sorted(found, key=lambda finding: (finding.line, finding.column, finding.code))


def _of_suggestion(suggestion: Suggestion) -> Finding:
    return Finding(
        suggestion.code,
        suggestion.line,
        suggestion.column,
        suggestion.end_line,
        suggestion.message,
        suggestion.text,
        suggestion.evidence,
        suggestion.confidence,
        (*_at(suggestion.places), *(f"assumes that {assumption}" for assumption in suggestion.assumptions)),
        suggestion.edits,
    )


def _of_diagnosis(found: Diagnosis) -> Finding:
    notes = [*_at(found.places), *([f"remedy: {found.remedy}"] if found.remedy else [])]
    place = found.line, found.column, found.end_line
    return Finding(found.code, *place, found.message, None, "proved", None, tuple(notes), ())


def _at(reasons: tuple[Reason, ...]) -> list[str]:
    return [f"line {reason.line}: {reason.message}" for reason in reasons]


def _of_loop(loop: LoopReport) -> Finding:
    notes = _at(loop.reasons[:_MOST_REASONS])
    if len(loop.reasons) > _MOST_REASONS:
        notes.append(f"and {len(loop.reasons) - _MOST_REASONS} more: `hpcls explain FILE:{loop.line}` names them")
    if loop.remedy:
        notes.append(f"remedy: {loop.remedy}")
    return Finding("OMP020", loop.line, loop.column, loop.end_line, MESSAGE, None, "refuted", None, tuple(notes), ())
