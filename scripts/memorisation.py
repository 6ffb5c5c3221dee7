"""How long are the runs of tokens that answers share with training files, names apart, and what are they?

    python -m scripts.memorisation ANSWERS CORPUS [-j N]

ANSWERS, on files that were not trained on, are JSON lines as `hpcls evaluate` writes them: `id` and `pragma` or
`calls`; of a program's calls one follows the other.  CORPUS is what `hpcls corpus build` wrote; its training files
are read once, whatever their number.  A run that most programs have (`MPI_Init(&argc, &argv); MPI_Comm_rank(…`) says
nothing; a long one that a single file has would.  Given the labels of the same items instead of answers it says what
to expect of those who have read nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from statistics import median
from typing import cast

from hpcls.corpus.executors import in_order, workers
from hpcls.corpus.model import Document
from hpcls.corpus.shards import documents
from hpcls.errors import HpclsError, InputError
from hpcls.evaluation.memorisation import Answer, Comparison, Shared, tokens_apart

_AHEAD = 64
_SHOWN = 10


def answers(path: Path) -> Iterator[Answer]:
    """Those of a file, but for empty ones.  Raises InputError naming the line that is none."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), getattr(error, "strerror", None) or str(error)) from error
    for number, line in enumerate(lines, 1):
        try:
            value = cast("dict[str, object]", json.loads(line))
            text = _text(value)
            if text:
                yield Answer(str(value["id"]), tokens_apart(text, "c"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path}:{number}", "expected an object with `id` and `pragma` or `calls`") from error


def _text(value: dict[str, object]) -> str:
    if "calls" not in value:
        pragma = cast("str | None", value["pragma"]) or ""
        return pragma and f"#pragma omp {pragma.removeprefix('#pragma omp ')}\n"
    calls = cast("list[dict[str, object]]", value["calls"])
    return "".join(f"{call['function']}({', '.join(cast('list[str]', call['arguments']))});\n" for call in calls)


@cache
def _comparison(path: Path) -> Comparison:
    """One in each process."""
    return Comparison(list(answers(path)))


def _read(path: Path, document: Document) -> tuple[str, dict[int, int]]:
    place = f"{document.repo}/{document.path}"
    try:
        return place, _comparison(path).read(document)
    except RecursionError:
        sys.stderr.write(f"{place}: nested too deeply, left out\n")
        return place, {}


def lines(found: Sequence[Shared]) -> Iterator[str]:
    """The table."""
    lengths = [len(one.tokens) for one in found]
    whole = sum(one.is_whole for one in found)
    yield f"{len(found)} answers, {sum(len(one.answer.tokens) for one in found)} tokens"
    yield f"longest run shared with a training file: {max(lengths)} tokens, median {median(lengths):g}"
    yield f"whole answers that stand in a training file: {whole} ({whole / len(found):.3f})"
    seen: set[tuple[str, ...]] = set()
    for one in sorted(found, key=lambda one: -len(one.tokens)):
        if one.tokens not in seen and len(seen) < _SHOWN:
            seen.add(one.tokens)
            place = f"{one.place} (one of {one.files} files)"
            yield f"\n{len(one.tokens)} tokens, {one.answer.id} and {place}:\n    {' '.join(one.tokens)}"


def main() -> int:
    """0: the table is printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("answers", type=Path, metavar="ANSWERS")
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    arguments = parser.parse_args()
    comparison = _comparison(arguments.answers)
    training = (one for one in documents(arguments.corpus) if one.split == "train")
    with workers(arguments.jobs) as found:
        shared = list(comparison.shared(in_order(found, partial(_read, arguments.answers), training, _AHEAD)))
    if not shared:
        raise InputError(str(arguments.answers), "no answers")
    sys.stdout.write("\n".join(lines(shared)) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
