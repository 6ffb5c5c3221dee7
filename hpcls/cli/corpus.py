"""`hpcls corpus`: from sources of code to a dataset, one step a subcommand."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from types import MappingProxyType

from hpcls.cli import corpus_build, corpus_dataset, corpus_examples, corpus_report
from hpcls.cli.parser import Command

_STEPS: Mapping[str, tuple[str, Command]] = MappingProxyType(
    {
        "build": ("mine sources into documents; run again to go on, or to add sources", corpus_build),
        "examples": ("turn documents into questions with their answers", corpus_examples),
        "report": (
            "say what a corpus holds, what was dropped and why, and under which licences it came",
            corpus_report,
        ),
        "dataset": ("turn examples into ids to train on, with a vocabulary of their own if wanted", corpus_dataset),
    }
)


def configure(parser: ArgumentParser) -> None:
    """The subcommands of this subcommand."""
    commands = parser.add_subparsers(metavar="COMMAND", dest="corpus_command", required=True)
    for name, (told, step) in _STEPS.items():
        step.configure(commands.add_parser(name, help=told, description=told.capitalize() + ".", allow_abbrev=False))


def run(arguments: Namespace) -> int:
    """What the step returns."""
    return _STEPS[arguments.corpus_command][1].run(arguments)
