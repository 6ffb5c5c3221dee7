"""Suggestions with what came of trying them out, as text and as data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from hpcls import __version__
from hpcls.cli.findings import findings
from hpcls.cli.formats import View, utf8
from hpcls.cli.formats.concise import line
from hpcls.cli.formats.json import SCHEMA, file_entry, suggestion_entry
from hpcls.cli.style import paint, visible
from hpcls.suggest.report import FileReport
from hpcls.verification.model import Speedup, Verification
from hpcls.verification.verify import Verified


def as_json(report: FileReport, done: Verified) -> bytes:
    """The document of `hpcls suggest` with `verified` beside each suggestion."""
    pairs = zip(report.suggestions, done.results, strict=True)
    suggestions = [{**suggestion_entry(one), "verified": asdict(result)} for one, result in pairs]
    entry = {**file_entry(report), "suggestions": suggestions}
    document = {"schema": SCHEMA, "version": __version__, "isolation": done.isolation, "files": [entry]}
    return utf8(json.dumps(document) + "\n")


def as_text(view: View, done: Verified) -> bytes:
    """A line for each suggestion, and below it what is known of it."""
    if not done.results:
        return utf8(f"{view.report.path}: nothing is suggested\n")
    return utf8("".join(told + "\n" for told in _told(view, done)))


def _told(view: View, done: Verified) -> Iterator[str]:
    for suggestion, result in zip(view.report.suggestions, done.results, strict=True):
        alone = FileReport(view.report.path, view.report.language, (suggestion,))
        yield from (line(view, finding) for finding in findings(alone, view.settings))
        told, colour = outcome(result)
        yield f"  = {paint(visible(told), colour, view.colour)}"
        yield from (f"  = note: {visible(note)}" for note in result.notes)


def outcome(result: Verification) -> tuple[str, str]:
    """What is known in one line, and the colour to say it in."""
    if result.unverifiable is not None:
        return f"unverifiable: {result.unverifiable}", "rule"
    if result.failed:
        return f"{'different' if result.equal is False else 'racy'}: {result.difference}", "bad"
    counts = ", ".join(map(str, result.threads))
    parts = [f"verified by {_BY[result.by]}: equal in {result.runs} runs with {counts} threads"]
    if result.tolerance is not None:
        parts.append(f"sums within {result.tolerance:g}")
    if result.races is not None:
        parts.append("no race seen")
    if result.speedup is not None:
        parts.append(_speed(result.speedup))
    return "; ".join(parts), "add"


_BY = {"program": "the program", "driver": "a driver", None: "nothing"}


def _speed(found: Speedup) -> str:
    return (
        f"{found.median:.2f} times as fast with {found.threads} threads "
        f"({found.lowest:.2f} to {found.highest:.2f} in {found.pairs} pairs of runs; {found.seconds:.3g} s before)"
    )
