"""What an editor may choose about the server itself; what concerns the analysis is in hpcls/config."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import cast

from lsprotocol import types

from hpcls.config import FileChoice, Precedence

SEVERITIES: Mapping[str, types.DiagnosticSeverity | None] = MappingProxyType({
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
    "off": None,
})  # fmt: skip
"""By the name that users write; None: no diagnostics at all."""

LOG_LEVELS = ("error", "warning", "info", "debug")


@dataclass(frozen=True)
class Preferences:
    """An editor's choices; the defaults are these."""

    severity: types.DiagnosticSeverity | None = types.DiagnosticSeverity.Hint
    log_level: str = "warning"
    files: FileChoice = field(default_factory=FileChoice)


def preferences(values: Mapping[str, object]) -> Preferences:
    """From checked values by the names of the catalogue; what is missing has its default."""
    named = cast("str | None", values.get("configuration"))
    precedence = cast("Precedence", values.get("configurationPreference", "editorFirst"))
    return Preferences(
        SEVERITIES[str(values.get("diagnostics.severity", "hint"))],
        str(values.get("logLevel", "warning")),
        FileChoice(Path(named) if named else None, precedence),
    )
