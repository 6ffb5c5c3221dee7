"""The command line's outermost layer: which subcommand, and what its failures look like."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from hpcls import __version__
from hpcls.cli.output import discard_output, open_missing_streams, tell
from hpcls.errors import HpclsError, UsageError

_INTERRUPTED = 130
_USAGE = 2

COMMANDS: Mapping[str, str] = {
    "suggest": "say which directives and calls belong where",
    "explain": "say why a loop is or is not offered, or what a code means",
    "verify": "run a file's code with and without what is suggested, and compare",
    "evaluate": "answer the items of a benchmark",
    "models": "list models, and check that they are whole",
    "train": "train a model, draw its curve, export it",
    "corpus": "mine code to train on",
    "config": "show the settings in force, and where each comes from",
    "doctor": "show what hpcls finds on this machine",
}
"""The subcommands, each in its own file of this folder."""


class Command(Protocol):
    """What a subcommand's file holds."""

    configure: Callable[[ArgumentParser], None]
    run: Callable[..., int]


def main(arguments: Sequence[str], others: Mapping[str, tuple[str, Callable[[], Command]]]) -> int:
    """Run one subcommand and return the exit status.

    `others` are subcommands that live elsewhere: name → a line of help, and how to get at it.
    """
    open_missing_streams()
    try:
        return _run(arguments, others)
    except HpclsError as error:
        tell(str(error))
        return _USAGE
    except ModuleNotFoundError as error:
        tell(f"Python finds no {error.name}: this installation is not whole; install hpcls anew")
        return _USAGE
    except BrokenPipeError:
        discard_output()
        return 0
    except OSError as error:
        tell(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        return _USAGE
    except KeyboardInterrupt:
        tell("interrupted")
        return _INTERRUPTED


def _run(arguments: Sequence[str], others: Mapping[str, tuple[str, Callable[[], Command]]]) -> int:
    """Only the subcommand that is named is imported: the rest would cost start-up time."""
    parser = ArgumentParser(
        prog="hpcls",
        description="Where an OpenMP directive or an MPI call belongs, with its clauses, and how sure that is.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"hpcls {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    helps = dict(COMMANDS) | {name: told for name, (told, _) in others.items()}
    named = next((argument for argument in arguments if argument in helps), None)
    command: Command | None = None
    chosen = parser
    for name, told in helps.items():
        subparser = subparsers.add_parser(name, help=told, description=told.capitalize() + ".", allow_abbrev=False)
        if name == named:
            chosen, command = subparser, others[name][1]() if name in others else _own(name)
            command.configure(subparser)
    parsed, unknown = parser.parse_known_args(arguments)
    if unknown:
        raise UsageError(_unknown(unknown[0], chosen))
    assert command is not None
    return command.run(parsed)


def _unknown(argument: str, parser: ArgumentParser) -> str:
    """What to say about an argument that `parser` does not take."""
    import difflib  # noqa: PLC0415 (only when something is wrong)

    name = argument.partition("=")[0]
    near = difflib.get_close_matches(name, parser.format_usage().replace("[", " ").replace("]", " ").split(), n=1)
    return f"unknown argument {name}" + (f"; did you mean {near[0]}?" if near else f": see {parser.prog} --help")


def _own(name: str) -> Command:
    return cast("Command", import_module(f"hpcls.cli.{name}"))
