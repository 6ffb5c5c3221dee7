"""Annotations for GitHub Actions (workflow commands, "Setting a notice message")."""

from __future__ import annotations

from hpcls.cli.findings import Finding
from hpcls.cli.formats import Format, View, utf8
from hpcls.cli.formats.concise import sureness


def entry(view: View) -> bytes:
    """A `::notice` for each finding, an `::error` for each place that could not be read."""
    path = _property(view.report.path)
    notices = [_notice(path, finding) for finding in view.findings()]
    errors = [
        f"::error file={path},line={error.line},title=hpcls::{_data(error.message)}\n" for error in view.report.errors
    ]
    return utf8("".join(notices + errors))


def _notice(path: str, finding: Finding) -> str:
    place = f"file={path},line={finding.line},endLine={finding.end_line},col={finding.column}"
    about = "\n".join([f"{finding.message} ({sureness(finding)})", *filter(None, [finding.text]), *finding.notes])
    return f"::notice {place},title={_property(f'hpcls {finding.code}')}::{_data(about)}\n"


def _data(text: str) -> str:
    """Escaped as @actions/core does (`escapeData`)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escaped as @actions/core does (`escapeProperty`)."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format(entry, summary=False)
