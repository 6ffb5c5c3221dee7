"""`hpcls models import`: a published checkpoint of the MonoCoder family becomes a model of the user's."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from hpcls.cli.output import Output, tell
from hpcls.errors import UsageError
from hpcls.inference.artefact import TASKS, Task
from hpcls.inference.places import user_models

if TYPE_CHECKING:
    from argparse import _SubParsersAction  # pyright: ignore[reportPrivateUsage] (argparse names its type no other way)


def configure(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add this subcommand to those of `hpcls models`."""
    parser = commands.add_parser("import", help="take in a published GPT-NeoX checkpoint", allow_abbrev=False)
    parser.add_argument("path", type=Path, metavar="PATH", help="a folder with config.json, weights and vocabulary")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="MODEL",
        help="its folder (default: PATH's name, among your models)",
    )
    parser.add_argument(
        "--task", choices=TASKS, action="append", help="what it was trained for (default: as its name says, else both)"
    )


def run(arguments: Namespace) -> int:
    """0: it is imported.  Raises HpclsError."""
    source: Path = arguments.path.resolve()
    asked: list[Task] | None = arguments.task
    tasks: tuple[Task, ...] = tuple(task for task in TASKS if task in asked) if asked else tasks_of(source.name)
    out: Path = arguments.output or _own(source.name)
    try:
        from hpcls.training.neox_import import import_checkpoint  # noqa: PLC0415 (torch is slow to import)
    except ModuleNotFoundError as error:
        missing = (error.name or "a package").partition(".")[0]
        raise UsageError(f"{missing} is not installed; importing needs hpcls[train]") from error
    report = import_checkpoint(source, out, tasks)
    tell(f"{report.folder}: asked for {' and '.join(tasks)}; --task says it otherwise")
    Output().write(report.table().encode())
    return 0


def tasks_of(name: str) -> tuple[Task, ...]:
    """What a checkpoint was trained for by its name, `MonoCoder_OMP` or `mpirigen`; both where it does not say."""
    said: tuple[Task, ...] = tuple(task for task in TASKS if task in name.lower())
    return said or TASKS


def _own(name: str) -> Path:
    folder = user_models()
    if folder is None:
        raise UsageError("no home for your models: name a folder with -o")
    return folder / name
