"""Is it a matter of the code, or of the author, whether a loop's own counter is listed as private?

    python scripts/habits.py EXAMPLES

OpenMP makes it private by itself (OpenMP 5.2, 5.1.1), so a directive is as right with it as without.  EXAMPLES is what
`hpcls corpus examples` wrote: the loops, alone, whose counter is declared outside of them.  Each is guessed as most
authors do, and as most other loops of its own repository do: what a model learns if loops of one repository are in its
training set and in its test set alike.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hpcls.corpus.model import SPLITS


@dataclass(frozen=True)
class Habit:
    """One loop: whose it is, and whether its directive lists the counter."""

    repo: str
    lists: bool


def habits(folder: Path) -> Iterator[Habit]:
    """Every loop with a directive and a counter from outside, alone."""
    for split in SPLITS:
        with gzip.open(folder / f"{split}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                found = _habit(json.loads(line))
                if found:
                    yield found


def _habit(example: dict[str, str]) -> Habit | None:
    words, answer = example["prompt"].split(" "), example["answer"].split(" ")
    is_alone = words[1] == "<code>" and words[3] == "for"
    if example["kind"] != "omp" or not is_alone or "counter" not in words or answer[0] == "<none>":
        return None
    counter = words[words.index("counter") + 1]
    lists = "private" in answer and counter in answer[answer.index("private") :]
    return Habit(example["repo"], lists)


def by_majority(found: Sequence[Habit]) -> float:
    """The share that does as most do."""
    listed = sum(one.lists for one in found)
    return max(listed, len(found) - listed) / len(found)


def by_repository(found: Sequence[Habit]) -> float:
    """The share guessed by most of the other loops of the same repository; a draw is a half."""
    total: Counter[str] = Counter()
    for one in found:
        total[one.repo] += 1 if one.lists else -1
    right = 0.0
    for one in found:
        others = total[one.repo] - (1 if one.lists else -1)
        right += 0.5 if others == 0 else (others > 0) == one.lists
    return right / len(found)


def several(found: Sequence[Habit]) -> list[Habit]:
    """The loops of repositories that have more than one."""
    of_repo: dict[str, list[Habit]] = defaultdict(list)
    for one in found:
        of_repo[one.repo].append(one)
    return [one for loops in of_repo.values() if len(loops) > 1 for one in loops]


def main() -> int:
    """0: the table is printed."""
    parser = argparse.ArgumentParser(description="Whether listing a loop's own counter is the code's or the author's.")
    parser.add_argument("examples", type=Path)
    found = several(list(habits(parser.parse_args().examples)))
    repos = len({one.repo for one in found})
    sys.stdout.write(
        f"{len(found)} loops of {repos} repositories, {sum(one.lists for one in found)} list the counter\n"
    )
    for name, share in (
        ("as most authors do", by_majority(found)),
        ("as the same repository's other loops do", by_repository(found)),
    ):
        sys.stdout.write(f"{share:6.3f}  {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
