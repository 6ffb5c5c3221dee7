"""The published test sets in the form their authors give them, as items that can be answered and scored.

MonoCoder's is JSON lines with `code` and `pragma` (data/omp_train_test/BPE/test.jsonl in a clone of
Scientific-Computing-Lab/MonoCoder); MPIrigen's is a folder of Hugging Face's `datasets` library, an Arrow stream with
`code`, numbered, and `mpi_labels` (data/test/test in a clone of Scientific-Computing-Lab/MPI-rigen).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from hpcls.errors import InputError
from hpcls.suggest.published.lines import ProgramLines, program_lines, unnumbered
from hpcls.syntax.mpi_arguments import argument_lists

_ARROW = "data-00000-of-00001.arrow"
_FILES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"omp": ("data/omp_train_test/BPE/test.jsonl", "test.jsonl"), "mpi": (f"data/test/test/{_ARROW}", _ARROW)}
)
"""Where the test set lies in a clone, and in a folder that holds it alone."""
_LABEL = re.compile(r"\((\d+) (\d+),\s*(.*?);\)\s*(?=\(\d+ \d+,|\Z)", re.DOTALL)
_CALL = re.compile(r"\b(MPI_\w+)\s*\(")


@dataclass(frozen=True)
class PublishedCall:
    """A call that its author wrote: behind `line` of the program, or inside it where that is dangling."""

    line: int
    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class PublishedProgram:
    """A program without its calls, and these."""

    code: str
    calls: tuple[PublishedCall, ...]


def published_file(folder: Path, task: Literal["omp", "mpi"]) -> Path:
    """The test set in `folder`: a clone, or the folder of the set itself.  Raises InputError."""
    found = next((folder / name for name in _FILES[task] if (folder / name).is_file()), None)
    if found is None:
        raise InputError(str(folder), f"no published test set: neither {' nor '.join(_FILES[task])}")
    return found


def read_programs(path: Path) -> Iterator[PublishedProgram]:
    """The programs of an Arrow file, in its order.  Raises InputError, and ModuleNotFoundError without pyarrow."""
    arrow: Any = import_module("pyarrow")  # it has no types
    failure: type[Exception] = arrow.ArrowException
    try:
        rows: list[dict[str, object]] = import_module("pyarrow.ipc").open_stream(path).read_all().to_pylist()
    except (OSError, failure) as error:
        raise InputError(str(path), getattr(error, "strerror", None) or f"no Arrow stream: {error}") from error
    for row in rows:
        code, labels = row.get("code"), row.get("mpi_labels")
        if not isinstance(code, str) or not isinstance(labels, str):
            raise InputError(str(path), "expected the columns `code` and `mpi_labels`")
        program = unnumbered(code)
        yield PublishedProgram(program, tuple(read_calls(labels, program_lines(program))))


def read_calls(labels: str, lines: ProgramLines) -> Iterator[PublishedCall]:
    """The calls of `(11 1,   MPI_Init(&argc, &argv);) (12 0,  MPI_Wtime();) …`; what is no call of MPI is left out."""
    values: Counter[int] = Counter()
    for match in _LABEL.finditer(labels):
        number, index = int(match[1]), int(match[2])
        line = lines.behind(number)
        if index == 0:
            dangling = lines.dangling.get(number, ())
            line = dangling[values[number]] if values[number] < len(dangling) else None
            values[number] += 1
        call = _CALL.search(match[3])
        if call and line is not None:
            yield PublishedCall(line, call[1], _arguments(match[3].encode(), len(match[3][: call.end()].encode()) - 1))


def _arguments(text: bytes, opening: int) -> tuple[str, ...]:
    listed = argument_lists(text, [opening], lambdas=False)[opening]
    return tuple(text[start:end].decode() for start, end in listed.spans)
