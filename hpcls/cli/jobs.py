"""From the paths of a command line to the files to answer, each with the settings in force where it stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path

from hpcls.cli.analyse import Job
from hpcls.cli.output import tell
from hpcls.config import Resolved, resolve
from hpcls.errors import SettingsError


def jobs_of(paths: Iterable[str], stdin_filename: str | None, given: dict[str, object]) -> list[Job]:
    """One for each file, every file once.

    `given` are the settings of the command line.  Raises SettingsError where those of a given path are wrong.
    """
    resolved: Callable[[Path], Resolved] = cache(partial(_resolve, given, cache(tell)))
    jobs: list[Job] = []
    for path in dict.fromkeys(paths):
        if path == "-":
            jobs.append(_standard_input(stdin_filename, resolved))
        elif os.path.isdir(path):  # noqa: PTH112 (pathlib's raises for a name that is too long)
            jobs += _folder_jobs(path, resolved)
        else:
            jobs.append(Job(path, resolved(Path(path).parent).settings))
    return list(_once(jobs))


def _resolve(given: dict[str, object], warn: Callable[[str], None], folder: Path) -> Resolved:
    found = resolve(folder, command_line=given)
    for warning in found.warnings:
        warn(warning)
    return found


def _standard_input(name: str | None, resolved: Callable[[Path], Resolved]) -> Job:
    path = name or "-"
    return Job(path, resolved(Path(path).parent).settings, sys.stdin.buffer.read())


def _folder_jobs(root: str, resolved: Callable[[Path], Resolved]) -> Iterator[Job]:
    """The files of a folder, each with the settings nearest to it; `exclude` is that of the folder given."""
    from hpcls.suggest.ignore import rules  # noqa: PLC0415 (a single file needs none of it)
    from hpcls.suggest.walk import walk  # noqa: PLC0415

    own = resolved(Path(root))
    try:
        exclude = rules(own.exclude_folder, own.settings.exclude) if own.settings.exclude else None
    except ValueError as error:
        raise SettingsError(own.origins["exclude"], None, f"exclude: {error}") from error
    empty = True
    for found in walk(root, exclude):
        empty = False
        try:
            yield Job(found.path, resolved(Path(found.path).parent).settings, error=found.error)
        except SettingsError as error:
            yield Job(found.path, own.settings, error=str(error))
    if empty:
        tell(f"{root}: no C or C++ files in this folder")


def _once(jobs: list[Job]) -> Iterator[Job]:
    """`jobs` without a file that was found twice, as where a folder and a file in it are given."""
    seen: set[str] = set()
    for job in jobs:
        key = os.path.normpath(job.path) if job.data is None else f"stdin {job.path}"
        if key not in seen:
            seen.add(key)
            yield job
