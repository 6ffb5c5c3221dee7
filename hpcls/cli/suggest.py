"""`hpcls suggest`: what is suggested for files and folders, as text, as data, as a diff, or applied."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from functools import partial

from hpcls.cli.advice import check_models
from hpcls.cli.analyse import Fixing, Job, Manner, Outcome, answer, failed
from hpcls.cli.formats import NAMES, Failure, Format, load
from hpcls.cli.jobs import jobs_of
from hpcls.cli.leaving import leave_in_order
from hpcls.cli.options import add_jobs, add_settings, given_settings
from hpcls.cli.output import Output, tell
from hpcls.cli.pool import ordered, processes_for
from hpcls.cli.progress import Progress
from hpcls.cli.style import wants_colour

FAILED = 2
SUGGESTED = 1


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a file, a folder, or - for standard input")
    parser.add_argument("--stdin-filename", metavar="NAME", help="what standard input is called")
    parser.add_argument("--output-format", choices=NAMES, default="full", help="default: full")
    parser.add_argument("--diff", action="store_true", help="print the suggestions as a diff; write nothing")
    parser.add_argument("--fix", action="store_true", help="apply what is proved")
    parser.add_argument("--fix-plausible", action="store_true", help="apply what is plausible, too")
    add_jobs(parser)
    parser.add_argument("--error-on-suggestion", action="store_true", help="exit with 1 when something is suggested")
    add_settings(parser)


def run(arguments: Namespace) -> int:
    """0: it ran; 1: something is suggested, with --error-on-suggestion; 2: a file could not be answered."""
    leave_in_order()
    jobs = jobs_of(arguments.paths, arguments.stdin_filename, given_settings(arguments))
    check_models(job.settings for job in jobs)
    processes = processes_for(len(jobs), arguments.jobs)
    manner = _manner(arguments, threads=1 if processes > 1 else 0)
    outcomes = ordered(partial(answer, manner), partial(_died, manner), jobs, processes)
    form = load(manner.format)
    with closing(outcomes):
        totals = _write_all(form, outcomes, len(jobs), keep_going=manner.fix != "none")
    if form.summary:
        totals.tell_summary(len(jobs), may_fix=manner.fix == "none")
    if totals.failures:
        return FAILED
    return SUGGESTED if arguments.error_on_suggestion and (totals.suggestions or totals.wrong) else 0


def _manner(arguments: Namespace, threads: int) -> Manner:
    fix: Fixing = "plausible" if arguments.fix_plausible else "proved" if arguments.fix else "none"
    name = "diff" if arguments.diff else arguments.output_format
    return Manner(name, fix, dry=arguments.diff, colour=wants_colour(sys.stdout), threads=threads)


def _died(manner: Manner, job: Job, cause: str) -> Outcome:
    return failed(manner, job, f"internal error: the analysis ended with {cause}")


class _Totals:
    """What is counted over all files."""

    def __init__(self) -> None:
        self.proved = 0
        self.plausible = 0
        self.wrong = 0
        self.fixed = 0
        self.failures: list[Failure] = []

    def add(self, outcome: Outcome) -> None:
        self.proved += outcome.proved
        self.plausible += outcome.plausible
        self.wrong += outcome.wrong
        self.fixed += outcome.fixed
        self.failures += outcome.failures

    @property
    def suggestions(self) -> int:
        return self.proved + self.plausible

    def tell_summary(self, files: int, *, may_fix: bool) -> None:
        """The closing line: what was found, fixed and not answered."""
        parts = [f"{_count(self.suggestions, 'suggestion')} in {_count(files, 'file')}"]
        if self.suggestions:
            parts[0] += f" ({self.proved} proved, {self.plausible} plausible)"
        if self.fixed:
            parts.insert(0, f"{self.fixed} applied")
        if self.wrong:
            parts.append(f"{_count(self.wrong, 'directive')} that {'is' if self.wrong == 1 else 'are'} wrong")
        if self.proved and may_fix:
            parts.append("--fix applies what is proved")
        if self.failures:
            parts.append(f"{_count(len(self.failures), 'file')} not answered")
        tell("; ".join(parts))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _write_all(form: Format, outcomes: Iterator[Outcome], total: int, *, keep_going: bool) -> _Totals:
    """Write each outcome as it comes; a reader that has left ends the run, unless files are being fixed."""
    out, totals, progress = Output(), _Totals(), Progress(total)
    out.write(form.head().encode())
    written = False
    for outcome in outcomes:
        totals.add(outcome)
        if outcome.output or outcome.failures or outcome.passed_over:
            progress.clear()
        out.write(form.between.encode() + outcome.output if written and outcome.output else outcome.output)
        written = written or bool(outcome.output)
        for failure in outcome.failures:
            tell(f"{failure.path}: {failure.message}")
        for place in outcome.passed_over if form.summary else ():
            tell(f"{place.path}:{place.line}: {place.message}")
        progress.step()
        if out.closed and not keep_going:
            break
    progress.clear()
    out.write(form.tail(totals.failures).encode("utf-8", "surrogateescape"))
    return totals
