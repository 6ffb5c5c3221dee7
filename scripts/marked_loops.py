"""What hpcls offers for the loops that programs mark with OpenMP, once the marks are taken away.

    python -m scripts.marked_loops FILE… [--cflags WORDS]

Each FILE is a C program; `gcc -E` expands its macros, with `--cflags` as words for it, and each line stays where it is.
All OpenMP directives are taken out, regions included, and the analysis alone is asked about what is left.  Printed are,
per marked loop, the line, the function and the header, the directive, and the answer:

    same        a directive is offered on this loop, as told
    simd        likewise, but no more than simd
    elsewhere   directives are offered on other loops of its nest, as told, and not on it, as told
    nothing     none is offered in its nest, with the reason that `hpcls explain` gives for the loop

Then what is offered in nests without a mark: of a program without directives this is all.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hpcls.config import Settings
from hpcls.corpus.bare import on_loops, without
from hpcls.errors import HpclsError, InputError
from hpcls.suggest.files import report
from hpcls.suggest.report import FileReport, LoopReport, Suggestion
from hpcls.syntax.directives import directives_in
from hpcls.syntax.openmp_text import render
from hpcls.syntax.source import Source, parse, read_source

_MARKER = re.compile(r'# (\d+) "([^"]*)"')
_SYSTEM = re.compile(r"\s*#\s*include\s*<")


@dataclass(frozen=True)
class Marked:
    """One loop with a directive, and what is offered once it is gone."""

    place: str
    header: str
    directive: str
    answer: str
    """same, simd, elsewhere or nothing."""
    told: tuple[str, ...]
    """The directives offered, each with its line, or the reason for none."""


def expanded(path: str, cflags: list[str]) -> Source:
    """The file after the preprocessor: its own lines where they were, and its includes of system headers.

    Raises InputError where `gcc` does not take it.
    """
    done = subprocess.run(["gcc", "-E", *cflags, path], capture_output=True, text=True, check=False)
    if done.returncode:
        raise InputError(path, f"gcc -E: {done.stderr.strip()}")
    lines = [line if _SYSTEM.match(line) else "" for line in read_source(path).text.split("\n")]
    at, is_own = 0, False
    for line in done.stdout.split("\n"):
        if marker := _MARKER.match(line):
            at, is_own = int(marker[1]) - 1, marker[2] == path
            continue
        if is_own and line.strip():
            lines[at] = line
        at += 1
    return parse("\n".join(lines), path)


def marked(source: Source) -> tuple[list[Marked], list[Suggestion]]:
    """The marked loops, and what is offered in nests without one."""
    placed = on_loops(source)
    bare = without(source, list(directives_in(source)))
    found = report(bare, Settings(kind="openmp"))
    at = {(one.line, one.column): one for one in found.loops}
    loops = [(one, at[source.line(one.target), source.column(one.target)]) for one in placed if one.target is not None]
    nests = [nest(found, loop) for _, loop in loops]
    answers = [
        Marked(
            f"{Path(source.path).stem}:{loop.line}: {loop.function}",
            bare.line_text(loop.line).strip(),
            render(one.directive),
            *answer(found, loop, around),
        )
        for (one, loop), around in zip(loops, nests, strict=True)
    ]
    inside = {loop.line for around in nests for loop in around}
    return answers, [one for one in found.suggestions if one.line not in inside]


def nest(found: FileReport, loop: LoopReport) -> list[LoopReport]:
    """The loops around `loop` and inside it, and itself."""
    return [
        one
        for one in found.loops
        if (one.line <= loop.line and loop.end_line <= one.end_line)
        or (loop.line <= one.line and one.end_line <= loop.end_line)
    ]


def answer(found: FileReport, loop: LoopReport, around: list[LoopReport]) -> tuple[str, tuple[str, ...]]:
    """same, simd, elsewhere or nothing, and what is to be told."""
    offered = {one.line: one for one in found.suggestions}
    if here := offered.get(loop.line):
        return "simd" if here.directive == "simd" else "same", (_spelled(here),)
    why = f"{loop.verdict}: {loop.silence}"
    there = tuple(_spelled(offered[one.line]) for one in around if one.line in offered)
    return ("elsewhere", (*there, why)) if there else ("nothing", (why,))


def _spelled(one: Suggestion) -> str:
    return f"{one.line}: {one.text} ({one.evidence})"


def lines(answers: list[Marked], others: list[Suggestion], path: str) -> Iterator[str]:
    """One file's part of what is printed."""
    for one in answers:
        yield f"{one.place}  {one.header}"
        yield f"    {one.directive}"
        yield from (f"    {one.answer}: {told}" for told in one.told)
    yield from (f"{Path(path).stem}: no mark: {_spelled(one)}" for one in others)


def main() -> int:
    """0: the loops are printed, and how many got which answer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--cflags", default="", metavar="WORDS")
    chosen = parser.parse_args()
    total = Counter[str]()
    for path in chosen.files:
        answers, others = marked(expanded(path, shlex.split(chosen.cflags)))
        total.update(one.answer for one in answers)
        print(*lines(answers, others, path), sep="\n")
    print(f"{total.total()} marked:", ", ".join(f"{number} {name}" for name, number in total.most_common()))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
