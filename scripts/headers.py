"""What a project's own headers change: the verdicts on its loops without them and with them.

    python -m scripts.headers PATH… [-p DIR] [--list]

Each PATH is a file or a folder of C and C++ files.  Printed are how many loops have which verdict without headers and
with them, and, for those whose verdict changes, what stood in the way before; with `--list` each of these loops, with
what is assumed, or what stands in the way now.  `-p` is the folder of a compile_commands.json, as for `hpcls suggest`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hpcls.analysis.engine import LoopAnalysis, analyse
from hpcls.errors import InputError
from hpcls.syntax.headers.view import View, in_view
from hpcls.syntax.languages import SOURCE_SUFFIXES
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, read_source


@dataclass(frozen=True)
class Changed:
    """One loop, without headers and with them."""

    place: str
    header: str
    before: str
    after: str
    why: tuple[str, ...]
    """What stood in the way, or showed a dependence, before."""
    now: tuple[str, ...]
    """What does so now; of an independent loop what is assumed."""


def files(paths: list[str]) -> Iterator[Path]:
    """The C and C++ files among `paths`."""
    for path in map(Path, paths):
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (one for one in inside if one.suffix in SOURCE_SUFFIXES and one.is_file())


def loops(source: Source, build_path: str | None) -> Iterator[Changed]:
    """Every loop of a file."""
    scopes = scopes_of(source)
    view = in_view(source, scopes, build_path)
    before, _ = analyse(source, scopes)
    after = before if view == View(source, scopes) else analyse(view.source, view.scopes)[0]
    for old, new in zip(before, after, strict=True):
        at = source.line(old.verdict.loop.statement.start)
        told = _told(new) or new.verdict.assumptions
        header = source.line_text(at).strip()
        outcomes = old.verdict.outcome.value, new.verdict.outcome.value
        yield Changed(f"{source.path}:{at}", header, *outcomes, _told(old), told)


def _told(one: LoopAnalysis) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.message for finding in one.verdict.findings))


def main() -> int:
    """0: the counts are printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("-p", "--build-path", metavar="DIR")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    counts, reasons = Counter[str](), Counter[str]()
    for path in files(chosen.paths):
        try:
            found = list(loops(read_source(str(path)), chosen.build_path))
        except InputError as error:
            print(error, file=sys.stderr)
            continue
        for one in found:
            counts[f"{one.before} → {one.after}"] += 1
            if one.before != one.after:
                reasons.update(re.sub(r"\b[\w.]+\(\)", "a call", why) for why in one.why[:1])
                if chosen.list:
                    print(f"{one.place}: {one.before} → {one.after}  {one.header}")
                    print(*(f"    was: {why}" for why in one.why), *(f"    now: {why}" for why in one.now), sep="\n")
    print(*(f"{number:6} {name}" for name, number in counts.most_common()), sep="\n")
    print("what stood first in the way of those that changed:")
    print(*(f"{number:6} {name}" for name, number in reasons.most_common(12)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
