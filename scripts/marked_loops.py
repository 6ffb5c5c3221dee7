"""What hpcls offers for the loops that programs mark with OpenMP, once the marks are taken away.

    python -m scripts.marked_loops FILE… [--cflags WORDS]

Each FILE is a C program; `gcc -E` expands its macros, with `--cflags` as words for it, and each line stays where it is.
All OpenMP directives are taken out, regions included, and the analysis alone is asked about what is left.  Printed are,
per marked loop, the line, the function and the header, the directive, and the answer:

    same        a directive is offered on this loop, as told
    simd        likewise, but no more than simd
    elsewhere   directives are offered on other loops of its nest, as told, and not on it, as told
    nothing     none is offered in its nest, with the reason that `hpcls explain` gives for the loop

Then the same for each loop of the nests without a mark: of a program without directives this is all.
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
    """The directives offered, each with its line, and the reason for none on this loop."""


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
            lines[at] += line  # in pieces, where a macro of a system header stands in it
        at += 1
    return parse("\n".join(lines), path)


def marked(source: Source) -> tuple[list[Marked], list[str]]:
    """The marked loops, and what is to be told of each loop in a nest without one."""
    placed = on_loops(source)
    bare = without(source, list(directives_in(source)))
    found = report(bare, Settings(kind="openmp"))
    at = {(one.line, one.column): one for one in found.loops}
    loops = [(one, at[source.line(one.target), source.column(one.target)]) for one in placed if one.target is not None]
    answers = [
        Marked(
            f"{Path(source.path).stem}:{loop.line}: {loop.function}",
            bare.line_text(loop.line).strip(),
            render(one.directive),
            *answer(found, loop),
        )
        for one, loop in loops
    ]
    inside = {around.line for _, loop in loops for around in nest(found, loop)}
    return answers, [told(found, one) for one in found.loops if one.line not in inside]


def nest(found: FileReport, loop: LoopReport) -> list[LoopReport]:
    """The loops around `loop` and inside it, and itself."""
    return [
        one
        for one in found.loops
        if (one.line <= loop.line and loop.end_line <= one.end_line)
        or (loop.line <= one.line and one.end_line <= loop.end_line)
    ]


def answer(found: FileReport, loop: LoopReport) -> tuple[str, tuple[str, ...]]:
    """same, simd, elsewhere or nothing, and what is to be told."""
    if here := offer(found, loop):
        return "simd" if here.directive == "simd" else "same", (told(found, loop),)
    there = [told(found, one) for one in nest(found, loop) if offer(found, one)]
    return "elsewhere" if there else "nothing", (*there, told(found, loop))


def offer(found: FileReport, loop: LoopReport) -> Suggestion | None:
    """The directive for `loop`."""
    return next((one for one in found.suggestions if one.line == loop.line), None)


def told(found: FileReport, loop: LoopReport) -> str:
    """The loop's line with the directive for it, or with the reason for none."""
    here = offer(found, loop)
    return f"{loop.line}: {here.text} ({here.evidence})" if here else f"{loop.line}: {loop.verdict}: {loop.silence}"


def lines(answers: list[Marked], others: list[str], path: str) -> Iterator[str]:
    """One file's part of what is printed."""
    for one in answers:
        yield f"{one.place}  {one.header}"
        yield f"    {one.directive}"
        yield from (f"    {one.answer}: {line}" for line in one.told)
    yield from (f"{Path(path).stem}: no mark: {one}" for one in others)


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
