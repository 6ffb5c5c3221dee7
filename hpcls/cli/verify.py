"""`hpcls verify`: the suggestions for one file, each compiled, run, compared, checked for races and timed.

It runs the code of the file, in a sandbox; no other command does.
"""

from __future__ import annotations

import shlex
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from hpcls.cli.advice import advisor_for
from hpcls.cli.formats import View
from hpcls.cli.leaving import leave_in_order
from hpcls.cli.options import add_settings, settings_of_file
from hpcls.cli.output import Output, tell
from hpcls.cli.projects import projects
from hpcls.cli.style import wants_colour
from hpcls.cli.verified import as_json, as_text
from hpcls.config import Settings
from hpcls.errors import UsageError
from hpcls.suggest.files import report
from hpcls.syntax.source import read_source
from hpcls.verification.flags import flags_of
from hpcls.verification.sandbox import Limits
from hpcls.verification.verify import Manner, Verified, verify

FAILED = 1


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("file", metavar="FILE", help="a C or C++ source file; its code is run")
    parser.add_argument("--output-format", choices=("full", "json"), default="full", help="default: full")
    parser.add_argument(
        "--cflags",
        metavar="WORDS",
        default="",
        help="for the compilers: include paths, macros, the program's other sources; --cflags='-I include util.c'",
    )
    parser.add_argument("--timeout", metavar="SECONDS", type=float, default=30, help="for one run (default: 30)")
    add_settings(parser)


def run(arguments: Namespace) -> int:
    """0: nothing that was tried failed; 1: a suggestion left something else than the code as it is, or is racy."""
    leave_in_order()
    settings = replace(settings_of_file(arguments.file, arguments), kind="openmp")
    manner = _manner(arguments, settings)
    source = read_source(arguments.file)
    found = report(source, settings, advisor_for(settings), projects())
    done = verify(source, found.suggestions, manner) if found.suggestions else Verified((), "none", ())
    for note in done.notes:
        tell(note)
    if arguments.output_format == "json":
        text = as_json(found, done)
    else:
        text = as_text(View(found, source, settings, wants_colour(sys.stdout)), done)
    Output().write(text)
    return FAILED if any(one.failed for one in done.results) else 0


def _manner(arguments: Namespace, settings: Settings) -> Manner:
    """Raises UsageError."""
    if not arguments.timeout > 0:
        raise UsageError("--timeout: expected a number above 0")
    try:
        own = tuple(shlex.split(arguments.cflags))
    except ValueError as error:
        raise UsageError(f"--cflags: {error}") from error
    limits = Limits(seconds=arguments.timeout)
    if settings.build_path is None:
        return Manner(own, None, limits)
    folder, flags = flags_of(Path(settings.build_path), Path(arguments.file))
    return Manner((*flags, *own), folder, limits)
