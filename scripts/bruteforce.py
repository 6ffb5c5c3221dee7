"""Holds the verdicts on random small programs against runs of them, and prints the share of loops decided.

python -m scripts.bruteforce --programs 20000 --seed 1
"""

from __future__ import annotations

import argparse
from collections import Counter
from random import Random

from tests.analysis.claims import claims_of, failures
from tests.analysis.generator import Generator
from tests.analysis.shrink import smallest


def main() -> int:
    """Prints every contradiction, made small; how many there are is the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--programs", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--most", type=int, default=10, help="contradictions after which to stop")
    options.add_argument("--outcome", choices=("independent", "dependent"))
    chosen = options.parse_args()
    counts: Counter[str] = Counter()
    found = 0
    for seed in range(chosen.seed, chosen.seed + chosen.programs):
        program = Generator(Random(seed)).program()
        counts.update(claim.verdict.outcome.value for claim in claims_of(program))
        wrong = [f for f in failures(program, seed) if chosen.outcome in (None, f.claim.verdict.outcome.value)]
        if wrong:
            found += 1
            print(f"seed {seed}\n{smallest(wrong[0], seed)}\n")
        if found >= chosen.most:
            break
    total = counts.total() or 1
    print(", ".join(f"{name} {count / total:.1%}" for name, count in counts.most_common()), f"of {total:,} loops")
    return min(found, 100)


if __name__ == "__main__":
    raise SystemExit(main())
