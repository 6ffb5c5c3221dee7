"""Does the probability that a directive belongs on a loop mean what it says?

    python -m scripts.calibration EXAMPLES [--model FOLDER]

EXAMPLES is what `hpcls corpus examples` wrote; the loops in their functions of its tune and test repositories are asked
about, as `hpcls suggest` asks: a directive or none.  Printed are, for each range of the model's probability, how many
loops fell into it, its mean, and the share that their authors annotated; and the expected calibration error.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from pathlib import Path

from hpcls.config import Settings
from hpcls.errors import HpclsError, UsageError
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.prompt.words import CODE, NONE

_EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


@dataclass(frozen=True)
class Outcome:
    """One loop."""

    probability: float
    annotated: bool


def outcomes(folder: Path, advisor: Advisor) -> Iterator[Outcome]:
    """Every loop in its function, asked about."""
    for split in ("tune", "test"):
        with gzip.open(folder / f"{split}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                example = json.loads(line)
                prompt = example["prompt"].split(" ")
                if example["kind"] == "omp" and not _is_alone(prompt):
                    yield Outcome(_probability(prompt, advisor), not example["answer"].startswith(NONE))


def _is_alone(prompt: Sequence[str]) -> bool:
    code = prompt.index(CODE)
    return code == 1 and prompt[code + 2] == "for"


def _probability(prompt: Sequence[str], advisor: Advisor) -> float:
    encode = advisor.pieces.encode
    directive, none = advisor.engine.score(encode(prompt), [encode(["parallel"]), encode([NONE])])
    return 1 / (1 + exp(none - directive))


def rows(found: Sequence[Outcome]) -> Iterator[str]:
    """Markdown, and the expected calibration error over the same ranges."""
    yield "| probability | loops | mean | annotated |"
    yield "|---|---|---|---|"
    error = 0.0
    for low, high in pairwise(_EDGES):
        inside = [one for one in found if low <= one.probability < high]
        if inside:
            mean = sum(one.probability for one in inside) / len(inside)
            share = sum(one.annotated for one in inside) / len(inside)
            error += len(inside) / len(found) * abs(mean - share)
            yield f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {mean:.2f} | {share:.2f} |"
    yield f"\n{len(found)} loops, expected calibration error {error:.3f}"


def main() -> int:
    """0: the table is printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("examples", type=Path, metavar="EXAMPLES")
    parser.add_argument("--model", metavar="FOLDER")
    arguments = parser.parse_args()
    advisor = Advisor.load(Settings(model=arguments.model))
    if advisor is None:
        raise UsageError("no model is in models/")
    sys.stdout.write("\n".join(rows(list(outcomes(arguments.examples, advisor)))) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
