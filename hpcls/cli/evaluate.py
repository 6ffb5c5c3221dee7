"""`hpcls evaluate`: what hpcls answers to the items of a benchmark, and how well."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import IO

from hpcls.cli.advice import check_models
from hpcls.cli.evaluate_tasks import LABELS, Prediction, Question, Task, predict, read_items, score_table, unanswered
from hpcls.cli.leaving import leave_in_order
from hpcls.cli.options import add_jobs, given_settings
from hpcls.cli.output import Output, tell
from hpcls.cli.pool import ordered, processes_for
from hpcls.config import Settings, resolve
from hpcls.errors import InputError, UsageError

_WAYS = ("analysis", "model", "both")


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("task", choices=tuple(LABELS), help="omp: the directive on a loop; mpi: the calls of a program")
    parser.add_argument("items", metavar="ITEMS", help="JSON lines with `code`, or a published test set or its clone")
    parser.add_argument("-o", "--output", metavar="PREDICTIONS", required=True, help="JSON lines, one for each item")
    parser.add_argument(
        "--by", choices=_WAYS, default="both", help="who answers (default: both, if a model is at hand)"
    )
    parser.add_argument("--score", action="store_true", help="compare with the items' labels, and print a table")
    add_jobs(parser)
    parser.add_argument("--model", metavar="MODEL", help="a name, a folder, or none (default: the one at hand)")
    parser.add_argument("--device", metavar="auto|cpu|cuda", help="where the model runs (default: auto)")
    parser.add_argument("--threads", metavar="N", help="threads of the model; 0: as many as there are cores")


def run(arguments: Namespace) -> int:
    """0: every item is answered; 2: the analysis failed on one, and the answer is the least that can be said."""
    leave_in_order()
    if arguments.score and arguments.output == "-":
        raise UsageError("--score: the table goes to standard output, the predictions need a file")
    task: Task = arguments.task
    items = list(read_items(arguments.items, task))
    processes = processes_for(len(items), arguments.jobs)
    settings = _settings(arguments)
    question = Question(task, arguments.by, settings, threads=1 if processes > 1 else 0)
    predictions = ordered(partial(predict, question), partial(unanswered, question), items, processes)
    with closing(predictions):
        answered = _write_all(task, predictions, arguments.output)
    if arguments.score:
        Output().write(score_table(task, answered).encode())
    return 2 if any(prediction.fault for prediction in answered) else 0


def _settings(arguments: Namespace) -> Settings:
    """Raises ModelError where a model is asked and cannot be used, or was not trained for the task."""
    settings = resolve(Path(), command_line=given_settings(arguments)).settings
    if arguments.by != "analysis":
        check_models([settings], arguments.task)
    return settings


def _write_all(task: Task, predictions: Iterable[Prediction], path: str) -> list[Prediction]:
    try:
        with _opened(path) as file:
            return list(_written(task, predictions, file))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(path, error.strerror or str(error)) from error


def _opened(path: str) -> IO[str]:
    return open(1, "w", encoding="utf-8", closefd=False) if path == "-" else Path(path).open("w", encoding="utf-8")


def _written(task: Task, predictions: Iterable[Prediction], file: IO[str]) -> Iterator[Prediction]:
    for prediction in predictions:
        file.write(json.dumps({"id": prediction.item.id, LABELS[task]: prediction.answer}) + "\n")
        if prediction.fault:
            tell(f"{prediction.item.id}: {prediction.fault}")
        yield prediction
