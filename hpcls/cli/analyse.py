"""One file answered: read, reported on, fixed where that is wanted, formatted.  Runs in whatever process has time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from hpcls.cli.advice import advisor_for
from hpcls.cli.formats import Failure, View, load
from hpcls.cli.projects import projects
from hpcls.config import Settings
from hpcls.errors import HpclsError, InputError
from hpcls.suggest.changes import apply
from hpcls.suggest.files import report
from hpcls.suggest.left_out import left_out
from hpcls.suggest.report import FileReport, ParseProblem, Suggestion
from hpcls.syntax.source import Source, decode, parse, read_source

Fixing = Literal["none", "proved", "plausible"]


@dataclass(frozen=True)
class Job:
    """One file to answer."""

    path: str
    settings: Settings
    data: bytes | None = None
    """The text, where it does not stand in a file: standard input."""
    error: str | None = None
    """Why it cannot be read, where that is known beforehand."""


@dataclass(frozen=True)
class Manner:
    """What is wanted of every file."""

    format: str
    fix: Fixing = "none"
    dry: bool = False
    """Show what a fix would do, and do nothing."""
    colour: bool = False
    threads: int = 0
    """For the model, where the settings name no number; 0: as many as there are cores."""


@dataclass(frozen=True)
class Outcome:
    """What came of one file."""

    output: bytes
    proved: int = 0
    plausible: int = 0
    wrong: int = 0
    """Directives that are wrong in a way that no edit mends."""
    fixed: int = 0
    failures: tuple[Failure, ...] = ()
    """Why the file, or its fix, was not done."""
    passed_over: tuple[Failure, ...] = ()
    """Places inside a file that could not be read."""


def answer(manner: Manner, job: Job) -> Outcome:
    """Everything about one file; what goes wrong becomes its failure, so that every other file is still answered."""
    try:
        if job.error is not None:
            raise InputError(job.path, job.error)
        return _answered(manner, job)
    except InputError as error:
        return failed(manner, job, error.message)
    except HpclsError as error:
        return failed(manner, job, str(error))
    except Exception as error:  # noqa: BLE001 (one file must not stop the others)
        return failed(manner, job, f"internal error: {type(error).__name__}: {error}")


def failed(manner: Manner, job: Job, message: str) -> Outcome:
    """The outcome of a file that could not be answered."""
    empty = FileReport(job.path, None, errors=(ParseProblem(1, message),))
    entry = load(manner.format).entry(View(empty, None, job.settings, manner.colour))
    return Outcome(entry, failures=(Failure(job.path, 1, message),))


def _answered(manner: Manner, job: Job) -> Outcome:
    source = _read(job)
    found = report(source, job.settings, advisor_for(job.settings, manner.threads), projects())
    chosen = to_fix(found, manner.fix)
    if manner.dry:
        return _shown(manner, job, source, replace(found, suggestions=chosen))
    if manner.fix == "none":
        return _shown(manner, job, source, found)
    if job.data is not None:
        return Outcome(_fixed_text(source, chosen).encode(source.encoding), fixed=len(chosen))
    return _fix_file(manner, job, source, found, chosen)


def _read(job: Job) -> Source:
    if job.data is None:
        return read_source(job.path)
    text, encoding = decode(job.data, job.path)
    return parse(text, job.path, encoding=encoding)


def to_fix(found: FileReport, fix: Fixing) -> tuple[Suggestion, ...]:
    """What a fix applies."""
    return tuple(one for one in found.suggestions if fix != "proved" or one.evidence == "proved")


def _fixed_text(source: Source, chosen: tuple[Suggestion, ...]) -> str:
    return apply(source.text, [edit for suggestion in chosen for edit in suggestion.edits])


def _fix_file(manner: Manner, job: Job, source: Source, found: FileReport, chosen: tuple[Suggestion, ...]) -> Outcome:
    """Write the file, and report on what it holds then: what is left to suggest, at its new lines."""
    from hpcls.cli.write import replace_file  # noqa: PLC0415 (most runs write nothing)

    if not chosen:
        return _shown(manner, job, source, found)
    text = _fixed_text(source, chosen)
    try:
        replace_file(job.path, source.text.encode(source.encoding), text.encode(source.encoding))
    except InputError as error:
        problem = ParseProblem(1, error.message)
        shown = _shown(manner, job, source, replace(found, errors=(problem, *found.errors)))
        return replace(shown, failures=(Failure(job.path, 1, error.message),), passed_over=())
    fixed = parse(text, job.path, source.language, encoding=source.encoding)
    left = report(fixed, job.settings, advisor_for(job.settings, manner.threads), projects())
    return replace(_shown(manner, job, fixed, left), fixed=len(chosen))


def _shown(manner: Manner, job: Job, source: Source, found: FileReport) -> Outcome:
    proved = sum(suggestion.evidence == "proved" for suggestion in found.suggestions)
    entry = load(manner.format).entry(View(found, source, job.settings, manner.colour))
    passed_over = tuple(Failure(job.path, error.line, error.message) for error in left_out(found))
    plausible = len(found.suggestions) - proved
    return Outcome(entry, proved, plausible, len(found.diagnoses), passed_over=passed_over)
