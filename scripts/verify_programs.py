"""Every suggestion for whole programs, run against the program as it is: equal, racy, how fast; and what got none.

    python -m scripts.verify_programs FILE… [--cflags WORDS] [--timeout SECONDS] [--silences]

Each FILE holds the `main` of one program; `--cflags` are words for the compilers, the programs' common sources among
them, as for `hpcls verify`.  With `--silences` the outermost loops without a directive follow, each with the reason.
The programs are run: see `hpcls verify` for the sandbox.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hpcls.config import Settings
from hpcls.errors import HpclsError
from hpcls.suggest.files import report
from hpcls.suggest.report import FileReport
from hpcls.syntax.source import read_source
from hpcls.verification.model import Verification
from hpcls.verification.sandbox import Limits
from hpcls.verification.verify import Manner, verify

COUNTS = ("loops", "suggested", "equal", "different", "racy", "unverifiable")


@dataclass(frozen=True)
class Tried:
    """One program."""

    path: str
    report: FileReport
    results: tuple[Verification, ...]

    @property
    def counts(self) -> Counter[str]:
        """The columns of the table."""
        found = Counter[str](state(one) for one in self.results)
        found.update(loops=len(self.report.loops), suggested=len(self.results))
        return found


def state(result: Verification) -> str:
    """The column that `result` counts in."""
    if result.unverifiable is not None:
        return "unverifiable"
    return "different" if result.equal is False else "racy" if result.races else "equal"


def tried(path: str, manner: Manner) -> Tried:
    """The program at `path`, verified.  Raises HpclsError."""
    source = read_source(path)
    found = report(source, Settings(kind="openmp"))
    results = verify(source, found.suggestions, manner).results if found.suggestions else ()
    return Tried(path, found, results)


def row(name: str, counts: Counter[str], speed: str) -> str:
    """One line of the table."""
    return f"{name:<24.24}" + "".join(f"{counts[column]:>14}" for column in COUNTS) + f"  {speed}"


def speed_of(results: tuple[Verification, ...]) -> str:
    """The speed-up of the whole program, where its suggestions were timed together."""
    found = next((one.speedup for one in results if one.speedup and one.by == "program"), None)
    if found is None:
        return ""
    spread = f"{found.lowest:.2f} to {found.highest:.2f}"
    return f"{found.median:.2f} ({spread}; {found.threads} threads; {found.seconds:.3g} s before)"


def failures(one: Tried) -> Iterator[str]:
    """What was not equal, and why."""
    for suggestion, result in zip(one.report.suggestions, one.results, strict=True):
        if state(result) != "equal":
            told = result.unverifiable or result.difference
            yield f"{one.path}:{suggestion.line}: {state(result)}: {suggestion.text}: {told}"
        yield from (f"{one.path}:{suggestion.line}: note: {note}" for note in result.notes)


def silences(one: Tried) -> Iterator[str]:
    """The outermost loops that got no directive, and why."""
    for loop in one.report.loops:
        if loop.silence and loop.depth == 0:
            yield f"{one.path}:{loop.line}: {loop.verdict}: {loop.silence}"


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--cflags", default="", metavar="WORDS")
    parser.add_argument("--timeout", type=float, default=30, metavar="SECONDS")
    parser.add_argument("--silences", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Print the table, then what it counts; 1 when a suggestion was different or racy."""
    chosen = options()
    manner = Manner(tuple(shlex.split(chosen.cflags)), limits=Limits(seconds=chosen.timeout))
    total, below = Counter[str](), list[str]()
    print(f"{'program':<24}" + "".join(f"{column:>14}" for column in COUNTS) + "  times as fast")
    for path in chosen.files:
        try:
            one = tried(path, manner)
        except HpclsError as error:
            print(f"{Path(path).stem:<24}  {error}", flush=True)
            continue
        print(row(Path(path).stem, one.counts, speed_of(one.results)), flush=True)
        total += one.counts
        below += [*failures(one), *(silences(one) if chosen.silences else ())]
    print(row("together", total, ""))
    print(*below, sep="\n")
    return 1 if total["different"] or total["racy"] else 0


if __name__ == "__main__":
    sys.exit(main())
