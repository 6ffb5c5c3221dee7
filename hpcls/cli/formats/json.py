"""One JSON document (DESIGN.md §3, "JSON"), an entry for each file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from hpcls import __version__
from hpcls.cli.formats import Failure, Format, View, utf8
from hpcls.suggest.report import Diagnosis, FileReport, LoopReport, Suggestion

SCHEMA = 1


def entry(view: View) -> bytes:
    """The entry of one file."""
    return utf8(json.dumps(file_entry(view.report)))


def head() -> str:
    """What stands before the first file."""
    return f'{{"schema": {SCHEMA}, "version": "{__version__}", "files": [\n'


def file_entry(report: FileReport) -> dict[str, object]:
    """A report as plain values; every key is there, whatever happened."""
    return {
        "path": report.path,
        "language": report.language,
        "suggestions": [suggestion_entry(suggestion) for suggestion in report.suggestions],
        "diagnoses": [diagnosis_entry(diagnosis) for diagnosis in report.diagnoses],
        "loops": [loop_entry(loop) for loop in report.loops],
        "errors": [{"line": error.line, "message": error.message} for error in report.errors],
    }


def suggestion_entry(suggestion: Suggestion) -> dict[str, object]:
    """A suggestion, with the keys of its kind."""
    return {
        "code": suggestion.code,
        "kind": suggestion.kind,
        "line": suggestion.line,
        "column": suggestion.column,
        "end_line": suggestion.end_line,
        "text": suggestion.text,
        **_of_its_kind(suggestion),
        "evidence": suggestion.evidence,
        "confidence": suggestion.confidence,
        "message": suggestion.message,
        "assumptions": list(suggestion.assumptions),
        "edits": [asdict(edit) for edit in suggestion.edits],
        **({"places": [asdict(place) for place in suggestion.places]} if suggestion.places else {}),
    }


def diagnosis_entry(diagnosis: Diagnosis) -> dict[str, object]:
    """Something wrong that has no edit."""
    return {**asdict(diagnosis), "kind": "openmp", "evidence": "proved"}


def _of_its_kind(suggestion: Suggestion) -> dict[str, object]:
    if suggestion.kind == "openmp":
        return {
            "directive": suggestion.directive,
            "clauses": [asdict(clause) for clause in suggestion.clauses],
            "reasons": list(suggestion.reasons),
        }
    return {
        "function": suggestion.function,
        "arguments": list(suggestion.arguments),
        "after_line": suggestion.after_line,
    }


def loop_entry(loop: LoopReport) -> dict[str, object]:
    """A loop with its verdict and classes."""
    return {
        "line": loop.line,
        "column": loop.column,
        "end_line": loop.end_line,
        "function": loop.function,
        "form": loop.form,
        "depth": loop.depth,
        "verdict": loop.verdict,
        "evidence": loop.evidence,
        "private": list(loop.private),
        "firstprivate": list(loop.firstprivate),
        "lastprivate": list(loop.lastprivate),
        "reductions": [list(reduction) for reduction in loop.reductions],
        "reasons": [asdict(reason) for reason in loop.reasons],
        "assumptions": list(loop.assumptions),
        "directive": loop.directive,
        "silence": loop.silence,
        "remedy": loop.remedy,
    }


def tail(failures: Sequence[Failure]) -> str:
    """What follows the last file; failures stand in the entries of their files."""
    del failures
    return "\n]}\n"


FORMAT = Format(entry, head, ",\n", tail, summary=False)
