"""SARIF 2.1.0 (OASIS standard of 27 March 2020): rules, results, fixes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path, PurePath
from urllib.parse import quote

from hpcls import __version__
from hpcls.cli.findings import Finding
from hpcls.cli.formats import Failure, Format, View, utf8
from hpcls.config import CODES
from hpcls.suggest.codes import page
from hpcls.suggest.report import Edit

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def head() -> str:
    """The document up to the first result."""
    driver = {
        "name": "hpcls",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in CODES],
    }
    return (
        f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"tool": {{"driver": {json.dumps(driver)}}},\n'
        '"columnKind": "unicodeCodePoints", "results": [\n'
    )


def entry(view: View) -> bytes:
    """The results of one file."""
    artifact = {"uri": uri(view.report.path)}
    return utf8(",\n".join(json.dumps(_result(finding, artifact)) for finding in view.findings()))


def tail(failures: Sequence[Failure]) -> str:
    """What follows the last result: how the run went (§3.20)."""
    notifications = [
        {
            "level": "error",
            "message": {"text": failure.message},
            "locations": [_location({"uri": uri(failure.path)}, {"startLine": failure.line})],
        }
        for failure in failures
    ]
    invocation = {"executionSuccessful": not failures, "toolExecutionNotifications": notifications}
    return f'\n], "invocations": [{json.dumps(invocation)}]}}]}}\n'


def uri(path: str) -> str:
    """A relative path as a relative reference, an absolute one as a file URI (§3.4.3)."""
    if PurePath(path).is_absolute():
        return Path(path).as_uri()
    return quote(
        path.replace("\\", "/") if PurePath(path).drive else PurePath(path).as_posix(), errors="surrogateescape"
    )


def _rule(code: str) -> dict[str, object]:
    told = page(code)
    return {
        "id": code,
        "name": told.name,
        "shortDescription": {"text": told.title},
        "fullDescription": {"text": told.purpose},
        "help": {"text": told.title, "markdown": told.markdown},
        "defaultConfiguration": {"enabled": code != "OMP020", "level": "note"},
    }


def _result(finding: Finding, artifact: dict[str, str]) -> dict[str, object]:
    region = {"startLine": finding.line, "startColumn": finding.column, "endLine": finding.end_line}
    about = [finding.message, *filter(None, [finding.text]), *finding.notes]
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": CODES.index(finding.code),
        "level": "note",
        "message": {"text": "\n".join(about)},
        "locations": [_location(artifact, region)],
        "properties": {"evidence": finding.evidence, "confidence": finding.confidence},
    }
    if finding.edits:
        result["fixes"] = [_fix(finding, artifact)]
    return result


def _location(artifact: dict[str, str], region: dict[str, int]) -> dict[str, object]:
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _fix(finding: Finding, artifact: dict[str, str]) -> dict[str, object]:
    """§3.55: what to replace, and with what."""
    replacements = [_replacement(edit) for edit in finding.edits]
    return {
        "description": {"text": f"{'Change to' if finding.code == 'OMP010' else 'Add'} `{finding.text}`"},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _replacement(edit: Edit) -> dict[str, object]:
    region = {
        "startLine": edit.line,
        "startColumn": edit.column,
        "endLine": edit.end_line,
        "endColumn": edit.end_column,
    }
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


FORMAT = Format(entry, head, ",\n", tail, summary=False)
