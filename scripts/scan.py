"""What hpcls makes of whole source trees: counts, verdicts, speed and memory for each folder.

    python scripts/scan.py DIR… [-j N] [--sample N --seed S]

With `--sample`, N random suggestions and N random silences follow, with their source, to be read by hand.
"""

from __future__ import annotations

import argparse
import heapq
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from hpcls.config import Settings
from hpcls.errors import InputError
from hpcls.suggest.files import report
from hpcls.suggest.report import FileReport
from hpcls.suggest.walk import walk
from hpcls.syntax.source import read_source

COUNTS = ("files", "lines", "errors", "crashes", "loops", "independent", "dependent", "unknown", "suggestions")
CONTEXT = 4
LONGEST = 30


@dataclass(frozen=True, order=True)
class Finding:
    """One suggestion or silence.  The N with the smallest keys are a fair sample, whatever the order they come in."""

    key: float
    path: str
    line: int
    end_line: int
    title: str


@dataclass(frozen=True)
class Sampling:
    """How many findings of each kind to keep, and the seed that chooses them."""

    size: int
    seed: int

    def finding(self, path: str, line: int, end_line: int, title: str) -> Finding:
        """A finding with its place in the draw."""
        return Finding(random.Random(f"{self.seed}:{path}:{line}:{title}").random(), path, line, end_line, title)

    def smallest(self, findings: list[Finding]) -> list[Finding]:
        """The ones that stay in the sample."""
        return heapq.nsmallest(self.size, findings)


@dataclass(frozen=True)
class Scanned:
    """What is kept of one file."""

    path: str
    seconds: float
    counts: Counter[str]
    suggestions: list[Finding]
    silences: list[Finding]
    crash: str | None = None


def scan_file(path: str, sampling: Sampling) -> Scanned:
    """Counts and sample of the file at `path`; never raises."""
    start = time.perf_counter()
    try:
        source = read_source(path)
        found = report(source, Settings())
    except InputError:
        return Scanned(path, time.perf_counter() - start, Counter(files=1, errors=1), [], [])
    except Exception:  # noqa: BLE001 (to count what crashes is what this program is for)
        crash = traceback.format_exc()
        return Scanned(path, time.perf_counter() - start, Counter(files=1, crashes=1), [], [], crash)
    seconds = time.perf_counter() - start
    suggestions, silences = findings_of(found, sampling)
    return Scanned(path, seconds, count(found, source.text.count("\n")), suggestions, silences)


def count(found: FileReport, lines: int) -> Counter[str]:
    """The columns of one file."""
    counts = Counter[str](loop.verdict for loop in found.loops)
    counts.update(files=1, lines=lines, errors=bool(found.errors), loops=len(found.loops))
    counts.update(suggestions=len(found.suggestions))
    return counts


def findings_of(found: FileReport, sampling: Sampling) -> tuple[list[Finding], list[Finding]]:
    """The suggestions and the silences of one file that may get into the sample."""
    offered = [
        sampling.finding(found.path, one.line, one.end_line, f"{one.evidence} {one.confidence:.2f}  {one.text}")
        for one in found.suggestions
    ]
    silent = [
        sampling.finding(found.path, loop.line, loop.end_line, f"{loop.verdict}  {loop.silence}")
        for loop in found.loops
        if loop.silence
    ]
    return sampling.smallest(offered), sampling.smallest(silent)


def row(name: str, counts: Counter[str], wall: float, slowest: float) -> str:
    """One line of the table."""
    cells = [f"{counts[column]:>13,}" for column in COUNTS]
    speed = [
        f"{counts['files'] / wall:>9,.1f}",
        f"{counts['lines'] / wall:>9,.0f}",
        f"{wall:>8.1f}",
        f"{slowest:>9.2f}",
    ]
    return f"{name:<24.24}" + "".join(cells + speed)


def header() -> str:
    """The first line of the table."""
    speed = f"{'files/s':>9}{'lines/s':>9}{'wall s':>8}{'slowest s':>11}"
    return f"{'package':<24}" + "".join(f"{column:>13}" for column in COUNTS) + speed


def peak_mebibytes() -> float:
    """Peak resident memory of the largest process: this one, or one of those it started and waited for."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def show(finding: Finding) -> Iterator[str]:
    """The finding with the source around it."""
    source = read_source(finding.path)
    yield f"\n{finding.path}:{finding.line}: {finding.title}"
    last = min(finding.end_line, finding.line + LONGEST)
    for line in range(max(1, finding.line - CONTEXT), last + 1):
        yield f"{'>' if line == finding.line else ' '}{line:>6} | {source.line_text(line)}"


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="DIR")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def scan_folder(folder: str, jobs: int, sampling: Sampling) -> Iterator[Scanned]:
    """Every source file under `folder`."""
    paths = (found.path for found in walk(folder, None) if found.error is None)
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(partial(scan_file, sampling=sampling), paths, chunksize=4)


def main() -> int:
    """Print the table and the sample; 1 when a file crashed."""
    chosen = options()
    sampling = Sampling(chosen.sample, chosen.seed)
    total, total_wall, total_slowest = Counter[str](), 0.0, 0.0
    suggestions: list[Finding] = []
    silences: list[Finding] = []
    print(header())
    for folder in chosen.folders:
        start, slowest, counts = time.perf_counter(), 0.0, Counter[str]()
        for scanned in scan_folder(folder, chosen.jobs, sampling):
            counts.update(scanned.counts)
            slowest = max(slowest, scanned.seconds)
            suggestions = sampling.smallest(suggestions + scanned.suggestions)
            silences = sampling.smallest(silences + scanned.silences)
            if scanned.crash:
                print(f"{scanned.path}: {scanned.crash}", file=sys.stderr)
        wall = time.perf_counter() - start
        print(row(PurePath(folder).name, counts, wall, slowest), flush=True)
        total, total_wall, total_slowest = total + counts, total_wall + wall, max(total_slowest, slowest)
    print(row("together", total, total_wall, total_slowest))
    print(f"peak memory of the largest process: {peak_mebibytes():.0f} MiB, {chosen.jobs} at a time")
    for title, findings in (("suggestions", suggestions), ("silences", silences)):
        if findings:
            print(f"\n== {title} ==", *(line for finding in findings for line in show(finding)), sep="\n")
    return 1 if total["crashes"] else 0


if __name__ == "__main__":
    sys.exit(main())
