"""The options that several subcommands share: those that stand for settings, and how many processes to use."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from hpcls.cli.output import tell
from hpcls.config import CODES, Device, EvidenceLevel, Kind, Settings, Target, resolve
from hpcls.config.readers import OPENMP_VERSIONS, READERS, from_text
from hpcls.errors import UsageError


def add_jobs(parser: ArgumentParser) -> None:
    """Give `parser` the option for the number of processes; None where it is not given."""
    told = "processes (default: as many as there are cores)"
    parser.add_argument("-j", "--jobs", metavar="N", type=from_1("--jobs"), help=told)


def from_1(option: str) -> Callable[[str], int]:
    """How `option`, a whole number from 1, is read from its text; reading raises UsageError for anything else."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < 1:
            raise UsageError(f"{option}: expected a whole number from 1, not {text}")
        return int(text)

    return read


def add_settings(parser: ArgumentParser) -> None:
    """Give `parser` one option per setting; what is not given stays None."""
    group = parser.add_argument_group("settings (see also `hpcls config`)")
    group.add_argument("--kind", metavar=_choices(get_args(Kind)), help="what to suggest (default: all)")
    group.add_argument(
        "--evidence", metavar=_choices(get_args(EvidenceLevel)), help="the least evidence to show (default: plausible)"
    )
    group.add_argument(
        "--min-confidence",
        metavar="X",
        help="show only what an author is at least so likely to write, 0 to 1; directives mostly stand at 0.2 to 0.4 "
        "(default: 0, everything)",
    )
    group.add_argument("--target", metavar=_choices(get_args(Target)), help="where loops are to run (default: cpu)")
    group.add_argument(
        "--openmp-version", metavar="VERSION", help=f"one of {', '.join(OPENMP_VERSIONS)} (default: 4.5)"
    )
    group.add_argument("--select", metavar="CODES", help=f"the codes to show, by commas, of {', '.join(CODES)}")
    group.add_argument("--exclude", metavar="GLOBS", action="append", help="leave out of folders (as in .gitignore)")
    group.add_argument(
        "-p", "--build-path", metavar="DIR", help="the folder of compile_commands.json (default: the nearest)"
    )
    group.add_argument("--model", metavar="MODEL", help="a name, a folder, or none (default: the one at hand)")
    group.add_argument("--device", metavar=_choices(get_args(Device)), help="where models run (default: auto)")
    group.add_argument("--threads", metavar="N", help="threads of a model; 0: as many as there are cores")


def given_settings(arguments: Namespace) -> dict[str, object]:
    """The settings that the command line names, for `resolve`."""
    folder: str | None = getattr(arguments, "build_path", None)
    if folder is not None and not Path(folder).is_dir():
        raise UsageError(f"--build-path: no folder {folder}")
    found: dict[str, object] = {}
    for key in READERS:
        value: str | list[str] | None = getattr(arguments, key.replace("-", "_"), None)
        if value is not None:
            found[key] = from_text(key, value if isinstance(value, str) else ",".join(value))
    return found


def settings_of_file(path: str, arguments: Namespace) -> Settings:
    """The settings in force for one file; what they ignore is told."""
    found = resolve(Path(path).parent, command_line=given_settings(arguments))
    for warning in found.warnings:
        tell(warning)
    return found.settings


def _choices(names: tuple[str, ...]) -> str:
    return "|".join(names)
