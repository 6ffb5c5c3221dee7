"""`hpcls config`: the settings in force, and where each comes from."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from hpcls.cli.options import add_settings, given_settings
from hpcls.cli.output import Output, tell
from hpcls.config import Resolved, resolve
from hpcls.config.readers import READERS


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("folder", nargs="?", default=".", help="the folder to answer for (default: this one)")
    parser.add_argument("--output-format", choices=("full", "json"), default="full", help="default: full")
    add_settings(parser)


def run(arguments: Namespace) -> int:
    """0: they are shown.  Raises SettingsError where a configuration file is wrong."""
    found = resolve(Path(arguments.folder), command_line=given_settings(arguments))
    for warning in found.warnings:
        tell(warning)
    text = json.dumps(as_values(found), indent=2) + "\n" if arguments.output_format == "json" else as_text(found)
    Output().write(text.encode("utf-8", "surrogateescape"))
    return 0


def as_values(found: Resolved) -> dict[str, object]:
    """Key → value and origin."""
    return {
        "file": str(found.file) if found.file else None,
        "settings": {
            key: {"value": _value(found, key), "origin": found.origins.get(key, "default")} for key in READERS
        },
    }


def as_text(found: Resolved) -> str:
    """One line for each key."""
    widest = max(len(key) for key in READERS)
    values = {key: json.dumps(_value(found, key), ensure_ascii=False) for key in READERS}
    lines = [f"{key:<{widest}} = {value}  ({found.origins.get(key, 'default')})" for key, value in values.items()]
    return "\n".join([*lines, f"file: {found.file or 'none'}", ""])


def _value(found: Resolved, key: str) -> object:
    return getattr(found.settings, key.replace("-", "_"))
