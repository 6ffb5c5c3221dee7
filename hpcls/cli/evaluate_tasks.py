"""The items of a benchmark, their answers, and their scores: one task for OpenMP and one for MPI."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from hpcls.cli.advice import advisor_for
from hpcls.config import Settings
from hpcls.errors import InputError, UsageError
from hpcls.suggest.mpi.placed import PlacedCall

if TYPE_CHECKING:
    from hpcls.suggest.answers import Way

Task = Literal["omp", "mpi"]
LABELS: dict[Task, str] = {"omp": "pragma", "mpi": "calls"}
"""The key of an item's label, which is that of its prediction, too."""
_WITHOUT_ANALYSIS: dict[Task, object] = {"omp": "parallel for", "mpi": []}
"""The answer where the analysis fails: an answer is never missing."""


@dataclass(frozen=True)
class Question:
    """How items are to be answered."""

    task: Task
    way: Way
    settings: Settings
    threads: int
    """Of a model, where the settings name no number; 0: as many as there are cores."""


@dataclass(frozen=True)
class Item:
    """A loop or a program to answer for."""

    id: str
    code: str
    label: object = None
    """What its author wrote; None where that is not given."""


@dataclass(frozen=True)
class Prediction:
    """An answer, as JSON has it, and what went wrong on the way."""

    item: Item
    answer: object
    fault: str | None = None


def read_items(path: str, task: Task) -> Iterator[Item]:
    """The items of a file, of a published test set or of a clone that holds one.

    Items without an `id` are called by their place, `omp-0000`.  Raises InputError naming the line that is no item.
    """
    if Path(path).is_dir():
        from hpcls.evaluation.published import published_file  # noqa: PLC0415 (for those who have a clone)

        path = str(published_file(Path(path), task))
    return _programs(path) if task == "mpi" and path.endswith(".arrow") else _lines(path, task)


def _programs(path: str) -> Iterator[Item]:
    from hpcls.evaluation.published import read_programs  # noqa: PLC0415 (it needs pyarrow)

    try:
        for number, program in enumerate(read_programs(Path(path))):
            yield Item(f"mpi-{number:04}", program.code, [asdict(call) for call in program.calls])
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed; Arrow files need hpcls[train]") from error


def _lines(path: str, task: Task) -> Iterator[Item]:
    try:
        lines = Path(path).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, getattr(error, "strerror", None) or str(error)) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _item(path, number, line, task)


def _item(path: str, number: int, line: str, task: Task) -> Item:
    try:
        value = cast("dict[str, object]", json.loads(line))
        name = value.get("id", f"{task}-{number - 1:04}")
        return Item(str(name), str(value["code"]), value.get(LABELS[task]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{path}:{number}", "expected a JSON object with `code`") from error


def predict(question: Question, item: Item) -> Prediction:
    """The forced answer for one item."""
    try:
        return Prediction(item, _answer(question, item.code))
    except Exception as error:  # noqa: BLE001 (one item must not stop the others)
        return Prediction(item, _WITHOUT_ANALYSIS[question.task], f"{type(error).__name__}: {error}")


def unanswered(question: Question, item: Item, cause: str) -> Prediction:
    """The answer for an item whose process died."""
    return Prediction(item, _WITHOUT_ANALYSIS[question.task], f"the analysis ended with {cause}")


def _answer(question: Question, code: str) -> object:
    from hpcls.suggest import answers  # noqa: PLC0415 (each process imports it once, when it works)

    advisor = None if question.way == "analysis" else advisor_for(question.settings, question.threads)
    if question.task == "omp":
        return answers.loop_by(question.way, code, advisor)
    return [_row(call, code) for call in answers.program_by(question.way, code, advisor)]


def _row(call: PlacedCall, code: str) -> dict[str, object]:
    """The published programs went through a preprocessor, which leaves `0` for NULL."""
    null = "NULL" if "NULL" in code or "#" in code else "0"
    arguments = [null if argument == "NULL" else argument for argument in call.arguments]
    return {"line": call.line, "function": call.function, "arguments": arguments}


def score_table(task: Task, predictions: Sequence[Prediction]) -> str:
    """The scores as text.  Raises UsageError where an item has no label."""
    if any(one.item.label is None for one in predictions):
        raise UsageError(f"--score: the items need their labels, `{LABELS[task]}`")
    from hpcls.evaluation import mpi_scores, openmp_scores, tables  # noqa: PLC0415 (for those who score)

    if task == "omp":
        loops = (
            openmp_scores.LoopAnswer(one.item.code, str(one.item.label), cast("str", one.answer)) for one in predictions
        )
        return tables.openmp_table(openmp_scores.score_openmp(loops))
    programs = (mpi_scores.ProgramAnswer(_calls(one.item.label), _calls(one.answer)) for one in predictions)
    return tables.mpi_table(mpi_scores.score_mpi(programs))


def _calls(rows: object) -> tuple[PlacedCall, ...]:
    try:
        listed = cast("list[dict[str, object]]", rows)
        return tuple(
            PlacedCall(
                int(cast("int", row["line"])),
                str(row["function"]),
                tuple(map(str, cast("list[str]", row["arguments"]))),
            )
            for row in listed
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError("--score: expected `calls` with `line`, `function` and `arguments` each") from error
