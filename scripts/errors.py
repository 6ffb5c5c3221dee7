"""The wrong answers of `hpcls evaluate`, to be read by hand.

    hpcls evaluate omp ITEMS -o PREDICTIONS --by both
    python -m scripts.errors omp|mpi ITEMS PREDICTIONS [--sample 100] [--seed 1]

For each loop with another private or reduction clause than its author's: its id, whether it differs with iterators
apart (`apart`) or only in the loops' own counters (`counter`), and in which clauses.  For each program the calls that
are missing, surplus, elsewhere, near (within two lines) or have other arguments.  `--sample` draws that many, of each
of the two kinds of loops or of all wrong calls.  docs/errors.md says what such errors are made of.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import cast

from hpcls.cli.evaluate_tasks import LABELS, Item, Task, read_items
from hpcls.errors import HpclsError, InputError, UsageError
from hpcls.evaluation.differences import CallDifference, call_differences, clause_differences
from hpcls.evaluation.openmp_scores import iterators, scoping
from hpcls.suggest.mpi.placed import PlacedCall


def read_predictions(path: Path, task: Task) -> dict[str, object]:
    """Id → answer.  Raises InputError."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return {str(row["id"]): row[LABELS[task]] for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(str(path), f"expected predictions of `hpcls evaluate {task}`: {error}") from error


def wrong_loops(items: Iterable[Item], answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(kind, line of text) of each."""
    for item in items:
        wanted, answered = scoping(str(item.label)), scoping(str(answers.get(item.id) or ""))
        differences = clause_differences(wanted, answered)
        if differences:
            counters = iterators(item.code)
            is_apart = wanted.without(counters) != answered.without(counters)
            kind = "apart" if is_apart else "counter"
            yield kind, f"{item.id} {kind}: {' '.join(differences)}"


def wrong_calls(items: Iterable[Item], answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The same for calls, all of one kind to the sample."""
    for item in items:
        for one in call_differences(_calls(item.label), _calls(answers.get(item.id))):
            yield "call", f"{item.id} {one.kind}: {_shown(one)}"


def _calls(rows: object) -> list[PlacedCall]:
    listed = cast("list[dict[str, object]]", rows or [])
    return [
        PlacedCall(int(str(r["line"])), str(r["function"]), tuple(cast("list[str]", r["arguments"]))) for r in listed
    ]


def _shown(one: CallDifference) -> str:
    sides = (("wanted", one.wanted), ("answered", one.answered))
    return ", ".join(f"{name} {call.line} {call.text}" for name, call in sides if call)


def sampled(found: Iterable[tuple[str, str]], count: int | None, seed: int) -> list[str]:
    """All, or `count` of each kind in their order."""
    of_kind: dict[str, list[str]] = {}
    for kind, text in found:
        of_kind.setdefault(kind, []).append(text)
    chosen: list[str] = []
    for _, texts in sorted(of_kind.items()):
        size = len(texts) if count is None else min(count, len(texts))
        chosen += [texts[at] for at in sorted(Random(seed).sample(range(len(texts)), size))]
    return chosen


def main() -> int:
    """0: the errors are listed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("task", choices=tuple(LABELS))
    parser.add_argument("items", metavar="ITEMS")
    parser.add_argument("predictions", metavar="PREDICTIONS", type=Path)
    parser.add_argument("--sample", metavar="N", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    items, answers = (
        list(read_items(arguments.items, arguments.task)),
        read_predictions(arguments.predictions, arguments.task),
    )
    if any(item.label is None for item in items):
        raise UsageError(f"{arguments.items}: the items need their labels, `{LABELS[arguments.task]}`")
    found = wrong_loops(items, answers) if arguments.task == "omp" else wrong_calls(items, answers)
    sys.stdout.write("".join(f"{text}\n" for text in sampled(found, arguments.sample, arguments.seed)))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
