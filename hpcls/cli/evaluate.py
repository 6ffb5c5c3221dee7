"""`hpcls evaluate omp`: what hpcls answers to the items of a benchmark."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from hpcls.cli.output import tell
from hpcls.cli.pool import ordered, processes_for
from hpcls.errors import InputError, UsageError

_WITHOUT_ANALYSIS = "parallel for"
"""The answer where the analysis fails: an answer is never missing."""


@dataclass(frozen=True)
class Item:
    """A loop to answer for."""

    id: str
    code: str


@dataclass(frozen=True)
class Prediction:
    """An answer, and what went wrong on the way."""

    id: str
    pragma: str
    fault: str | None = None


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument("task", choices=("omp",), help="omp: the directive on a loop")
    parser.add_argument("items", metavar="ITEMS", help="JSON lines with `id` and `code`")
    parser.add_argument(
        "-o", "--output", metavar="PREDICTIONS", required=True, help="JSON lines with `id` and `pragma`"
    )
    parser.add_argument("-j", "--jobs", metavar="N", type=int, help="processes (default: as many as there are cores)")


def run(arguments: Namespace) -> int:
    """0: every item is answered; 2: the analysis failed on one, and the answer is the bare directive."""
    if arguments.jobs is not None and arguments.jobs < 1:
        raise UsageError("--jobs: expected a whole number from 1")
    items = list(read_items(arguments.items))
    predictions = ordered(predict, _died, items, processes_for(len(items), arguments.jobs))
    try:
        with closing(predictions), _opened(arguments.output) as file:
            faults = _write(predictions, file)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(arguments.output, error.strerror or str(error)) from error
    return 2 if faults else 0


def read_items(path: str) -> Iterator[Item]:
    """The items of a file.  Raises InputError naming the line that is no item."""
    try:
        lines = Path(path).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, getattr(error, "strerror", None) or str(error)) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _item(path, number, line)


def _item(path: str, number: int, line: str) -> Item:
    try:
        value = cast("dict[str, object]", json.loads(line))
        return Item(str(value["id"]), str(value["code"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path}:{number}", "expected a JSON object with `id` and `code`") from error


def predict(item: Item) -> Prediction:
    """The forced answer for one loop."""
    from hpcls.suggest.answer import answer_loop  # noqa: PLC0415 (each process imports it once, when it works)

    try:
        return Prediction(item.id, answer_loop(item.code))
    except Exception as error:  # noqa: BLE001 (one item must not stop the others)
        return Prediction(item.id, _WITHOUT_ANALYSIS, f"{type(error).__name__}: {error}")


def _died(item: Item, cause: str) -> Prediction:
    return Prediction(item.id, _WITHOUT_ANALYSIS, f"the analysis ended with {cause}")


def _opened(path: str) -> IO[str]:
    return open(1, "w", encoding="utf-8", closefd=False) if path == "-" else Path(path).open("w", encoding="utf-8")


def _write(predictions: Iterator[Prediction], file: IO[str]) -> int:
    faults = 0
    for prediction in predictions:
        file.write(json.dumps({"id": prediction.id, "pragma": prediction.pragma}) + "\n")
        if prediction.fault:
            faults += 1
            tell(f"{prediction.id}: {prediction.fault}")
    sys.stderr.flush()
    return faults
