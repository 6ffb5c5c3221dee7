"""How long hpcls takes, without a model, over files that are hard on it: a table of processor seconds and verdicts.

    python -m scripts.worst_cases [NAME…] [--limit SECONDS] [--corpus CORPUS]

With CORPUS, which `hpcls corpus build` wrote, first the median of its files of about 1,000 lines and its three largest.
Each file made to be hard is read by a process of its own.  The exit status says how many of these took longer than
the limit, or did not end.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections import Counter
from math import ceil
from time import process_time

from hpcls.cli.collector import collect_rarely
from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.syntax.source import parse
from scripts.corpus_times import corpus_rows
from tests.analysis.worst_cases import WORST_CASES, WorstCase

_PATIENCE = 4
"""Times the limit after which a process is ended."""


def main() -> int:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", choices=[[], *(case.name for case in WORST_CASES)])
    options.add_argument("--limit", type=float, default=5.0, help="processor seconds for a file (default: 5)")
    options.add_argument("--corpus", help="a corpus whose files are timed too")
    options.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    collect_rarely()
    cases = [case for case in WORST_CASES if not chosen.names or case.name in chosen.names]
    if chosen.alone:
        most = ceil(_PATIENCE * chosen.limit)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        print(_measured(cases[0]))
        return 0
    print(f"{'file':32} {'lines':>7} {'seconds':>8}  loops")
    for row in corpus_rows(chosen.corpus) if chosen.corpus else ():
        print(row, flush=True)
    slow = 0
    for case in cases:
        text, seconds = _in_a_process(case, chosen.limit)
        slow += seconds > chosen.limit
        print(text, flush=True)
    return slow


def _in_a_process(case: WorstCase, limit: float) -> tuple[str, float]:
    command = [sys.executable, "-m", "scripts.worst_cases", case.name, "--alone", "--limit", str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        why = (done.stderr.strip() or f"ended after {_PATIENCE} times as long").splitlines()[-1]
        return f"{case.name:32} {why}", float("inf")
    return done.stdout.rstrip(), float(done.stdout.split()[2])


def _measured(case: WorstCase) -> str:
    text = case.text(case.full)
    start = process_time()
    found = report(parse(text, case.name + case.suffix), Settings())
    seconds = process_time() - start
    verdicts = Counter(loop.verdict for loop in found.loops)
    gave_up = sum(any("gave up" in reason.message for reason in loop.reasons) for loop in found.loops)
    told = [f"{count:,} {name}" for name, count in sorted(verdicts.items())]
    told += [f"{gave_up:,} of them gave up"] if gave_up else []
    told += [f"line {one.line}: {one.message}" for one in found.errors[:1]]
    return f"{case.name:32} {text.count(chr(10)):7,} {seconds:8.2f}  {', '.join(told)}"


if __name__ == "__main__":
    raise SystemExit(main())
