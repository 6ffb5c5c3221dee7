"""What a project's own headers change: the verdicts on its loops without them and with them.

    python -m scripts.headers PATH… [-p DIR] [--list] [--cflags WORDS]

Each PATH is a file or a folder of C and C++ files.  Printed are how many loops have which verdict without headers and
with them, and, for those whose verdict changes, what stood in the way before; with `--list` each of these loops, with
what is assumed, or what stands in the way now.  `-p` is the folder of a compile_commands.json, as for `hpcls suggest`.
With `--cflags` the verdicts with headers are held against those on the text that `gcc -E` makes with these words.
"""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hpcls.analysis.engine import LoopAnalysis, analyse
from hpcls.errors import InputError
from hpcls.syntax.headers.view import View, in_view
from hpcls.syntax.languages import SOURCE_SUFFIXES
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, read_source
from scripts.marked_loops import expanded


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


def compared(found: list[Changed], path: str, cflags: str) -> Iterator[tuple[str, str]]:
    """A place, and the verdict with headers beside that on the text after the preprocessor, for each loop in both."""
    text = expanded(path, shlex.split(cflags))
    analyses, _ = analyse(text, scopes_of(text))
    known = {f"{path}:{text.line(one.verdict.loop.statement.start)}": one.verdict.outcome.value for one in analyses}
    for one in found:
        if one.place in known:
            yield one.place, f"{one.after}, after gcc -E {known[one.place]}"


def _told(one: LoopAnalysis) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.message for finding in one.verdict.findings))


@dataclass
class Counts:
    """What is printed at the end."""

    verdicts: Counter[str] = field(default_factory=Counter[str])
    reasons: Counter[str] = field(default_factory=Counter[str])
    beside: Counter[str] = field(default_factory=Counter[str])
    """With headers, and after the preprocessor."""

    def add(self, found: list[Changed], both: list[tuple[str, str]]) -> None:
        """The loops of one file."""
        self.verdicts.update(f"{one.before} → {one.after}" for one in found)
        changed = (one for one in found if one.before != one.after)
        self.reasons.update(re.sub(r"\b[\w.]+\(\)", "a call", why) for one in changed for why in one.why[:1])
        self.beside.update(verdicts for _, verdicts in both)

    def lines(self) -> Iterator[str]:
        """As text."""
        yield from (f"{number:6} {name}" for name, number in self.verdicts.most_common())
        yield "what stood first in the way of those that changed:"
        yield from (f"{number:6} {name}" for name, number in self.reasons.most_common(12))
        yield from (f"{number:6} {name}" for name, number in self.beside.most_common())


def listed(found: list[Changed]) -> Iterator[str]:
    """Each loop whose verdict changes."""
    for one in found:
        if one.before != one.after:
            yield f"{one.place}: {one.before} → {one.after}  {one.header}"
            yield from (f"    was: {why}" for why in one.why)
            yield from (f"    now: {why}" for why in one.now)


def main() -> int:
    """0: the counts are printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("-p", "--build-path", metavar="DIR")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--cflags", metavar="WORDS")
    chosen, counts = parser.parse_args(), Counts()
    for path in files(chosen.paths):
        try:
            found = list(loops(read_source(str(path)), chosen.build_path))
            both = list(compared(found, str(path), chosen.cflags)) if chosen.cflags is not None else []
        except InputError as error:
            print(error, file=sys.stderr)
            continue
        counts.add(found, both)
        contrary = ("independent, after gcc -E dependent", "dependent, after gcc -E independent")
        told = [f"{place}: {verdicts}" for place, verdicts in both if verdicts in contrary]
        print(*told, *(listed(found) if chosen.list else ()), sep="\n", end="\n" if told or chosen.list else "")
    print(*counts.lines(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
