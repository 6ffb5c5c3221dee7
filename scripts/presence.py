"""What keeps "is there a private clause at all, a reduction at all" from being right, and how right it could be?

    hpcls evaluate omp ITEMS -o ANSWERS --by analysis
    python -m scripts.presence ITEMS ANSWERS

Each loop whose private clause is missing or too much counts by what the clause names: the loop's own counter alone,
counters of inner loops besides, or other variables.  Behind each row stands the F1 if all of its loops were right, and
if those of the rows above were, too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hpcls.cli.evaluate_tasks import read_items
from hpcls.errors import HpclsError, UsageError
from hpcls.evaluation.f1 import F1
from hpcls.evaluation.openmp_scores import Scoping, iterators, own_iterator, scoping
from scripts.errors import read_predictions

_KINDS = ("own counter", "inner counters", "other variables")


@dataclass(frozen=True)
class Presence:
    """One loop and one kind of clause."""

    clause: str
    wanted: bool
    answered: bool
    kind: str
    """Of the clause that is missing or too much."""


def presences(code: str, wanted: Scoping, answered: Scoping) -> Iterator[Presence]:
    """Of the private clause and of the reduction."""
    named = (wanted.private or answered.private) - {own_iterator(code)}
    kind = _KINDS[0] if not named else _KINDS[1] if named <= iterators(code) else _KINDS[2]
    yield Presence("private", bool(wanted.private), bool(answered.private), kind)
    yield Presence("reduction", bool(wanted.reductions), bool(answered.reductions), _KINDS[2])


def rows(found: Sequence[Presence]) -> Iterator[str]:
    """Markdown."""
    yield "| clause | names | missing | too much | F1 if these were right, and those above |"
    yield "|---|---|---|---|---|"
    private, reduction = ([one for one in found if one.clause == clause] for clause in ("private", "reduction"))
    for clause, mine in (("reduction", reduction), ("private", private)):
        yield f"| {clause} | anything | {_missing(mine)} | {_too_much(mine)} | {_f1(mine, ()):.3f} now |"
    for n, kind in enumerate(_KINDS, 1):
        these = [one for one in private if one.kind == kind]
        right = f"{_f1(private, (kind,)):.3f}, {_f1(private, _KINDS[:n]):.3f}"
        yield f"| private | {kind} | {_missing(these)} | {_too_much(these)} | {right} |"


def _missing(found: Sequence[Presence]) -> int:
    return sum(one.wanted and not one.answered for one in found)


def _too_much(found: Sequence[Presence]) -> int:
    return sum(one.answered and not one.wanted for one in found)


def _f1(found: Sequence[Presence], mended: Sequence[str]) -> float:
    """With the clauses of the kinds `mended` answered as they are wanted."""
    pairs = [(one.wanted, one.wanted if one.kind in mended else one.answered) for one in found]
    both = (F1(int(wanted and answered), int(answered), int(wanted)) for wanted, answered in pairs)
    return sum(both, F1()).f1


def main() -> int:
    """0: the table is printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("items", metavar="ITEMS")
    parser.add_argument("answers", metavar="ANSWERS", type=Path)
    arguments = parser.parse_args()
    answers = read_predictions(arguments.answers, "omp")
    found: list[Presence] = []
    for item in read_items(arguments.items, "omp"):
        if item.label is None or item.id not in answers:
            raise UsageError(f"{item.id}: expected a label and an answer")
        found += presences(item.code, scoping(str(item.label)), scoping(str(answers[item.id] or "")))
    sys.stdout.write("\n".join(rows(found)) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
