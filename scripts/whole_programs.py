"""Whole programs of a corpus after `hpcls suggest --fix`: do they compile, print the same, and run without a race?

    nice python -m scripts.whole_programs CORPUS [--programs 20] [--seed 1] [--each 2] [--seconds 10]

CORPUS is what `hpcls corpus build` wrote.  Its C and C++ files with a `main` and without MPI are taken in an order that
the seed decides, at most `--each` of one repository, without their OpenMP directives.  A program counts if gcc compiles
it alone, if it ends by itself within `--seconds` without input, and if something is proved in it.  The file is then
fixed by the command line, compiled by gcc and clang, and every suggestion, the plausible ones too, is verified.  Prints
a table in Markdown.  The programs are run: see `hpcls verify` for the sandbox.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from hpcls.config import Settings
from hpcls.corpus.bare import without
from hpcls.corpus.model import Document, source_of
from hpcls.corpus.shards import documents
from hpcls.errors import HpclsError
from hpcls.suggest.files import report
from hpcls.suggest.report import Suggestion
from hpcls.syntax.directives import directives_in
from hpcls.syntax.source import Source, read_source
from hpcls.verification.model import Verification
from hpcls.verification.sandbox import Limits, Sandbox
from hpcls.verification.toolchain import COMPARE, Compilation, compile_text, compiler
from hpcls.verification.verify import Manner, verify
from scripts import compile_check
from scripts.verify_programs import speed_of, state

LARGEST = 60_000
"""Bytes of a file that is tried."""
COLUMNS = ("program", "proved", "plausible", "gcc", "clang", "verified: proved", "verified: plausible", "times as fast")
_MAIN = re.compile(r"\bmain\s*\(")
_FIX = ("suggest", "--fix", "--kind", "openmp", "--model", "none")


@dataclass(frozen=True)
class Program:
    """One program, and what came of it."""

    place: str
    """Repository and path."""
    compiled: tuple[str, str]
    """By gcc and by clang, after the fix."""
    suggestions: tuple[Suggestion, ...]
    results: tuple[Verification, ...]

    def of(self, evidence: str) -> list[tuple[Suggestion, Verification]]:
        """The suggestions that are `proved` or `plausible`, with what is known of each."""
        pairs = zip(self.suggestions, self.results, strict=True)
        return [(one, result) for one, result in pairs if one.evidence == evidence]

    def states(self, evidence: str) -> Counter[str]:
        """How many of them are equal, different, racy, unverifiable."""
        return Counter(state(result) for _, result in self.of(evidence))

    @property
    def fails(self) -> bool:
        """Whether it speaks against hpcls."""
        proved = self.states("proved")
        return "fails" in self.compiled or bool(proved["different"] or proved["racy"])


def candidates(corpus: Path, seed: int) -> list[Document]:
    """The files that may be programs of their own, in the order of the seed."""
    found = [one for one in documents(corpus) if _may_be_a_program(one)]
    random.Random(seed).shuffle(found)
    return found


def _may_be_a_program(document: Document) -> bool:
    return (
        document.language != "fortran"
        and not document.has_mpi
        and len(document.text) <= LARGEST
        and _MAIN.search(document.text) is not None
    )


def programs(corpus: Path, chosen: argparse.Namespace) -> Iterator[Program]:
    """Those that count, each tried."""
    taken = Counter[str]()
    for document in candidates(corpus, chosen.seed):
        if taken[document.repo] >= chosen.each:
            continue
        with TemporaryDirectory(prefix="hpcls-whole-") as folder:
            found = tried(document, Path(folder), Limits(seconds=chosen.seconds))
        if found is not None:
            taken[document.repo] += 1
            yield found


def tried(document: Document, folder: Path, limits: Limits) -> Program | None:
    """The program in `document`, compiled, fixed, verified; None where it does not count."""
    path = folder / f"program.{'c' if document.language == 'c' else 'cpp'}"
    annotated = source_of(document)
    path.write_text(without(annotated, [*directives_in(annotated)]).text, encoding="utf-8", newline="")
    source = read_source(str(path))
    suggestions = report(source, Settings(kind="openmp")).suggestions
    if not any(one.evidence == "proved" for one in suggestions) or not runs(source, folder, limits):
        return None
    results = verify(source, suggestions, Manner(folder=folder, limits=limits)).results
    place = f"{document.repo}/{document.path}"
    return Program(place, fixed(source, path), suggestions, results)


def runs(source: Source, folder: Path, limits: Limits) -> bool:
    """Whether the program compiles alone, and ends by itself in time."""
    if compile_check.compile_text(source, source.text, (), compile_check.BEFORE) is not None:
        return False
    how = Compilation(source.language, folder, folder)
    with TemporaryDirectory(prefix="hpcls-whole-") as place:
        sandbox = Sandbox(Path(place))
        program = sandbox.build / "program"
        try:
            compile_text(how, compiler(source.language), source.text, COMPARE, program)
            run = sandbox.run((str(program),), limits, {})
        except HpclsError:
            return False
    return run.trouble is None and run.status == 0


def fixed(source: Source, path: Path) -> tuple[str, str]:
    """Fix the file at `path`, whose text as it is is `source`; how gcc and clang take it."""
    subprocess.run([sys.executable, "-m", "hpcls", *_FIX, str(path)], check=True, capture_output=True)
    text = read_source(str(path)).text
    gcc, clang = (_compiled(source, text, compilers) for compilers in (compile_check.GCC, compile_check.CLANG))
    return gcc, clang


def _compiled(source: Source, text: str, compilers: dict[str, tuple[str, ...]]) -> str:
    if compile_check.compile_text(source, source.text, (), compile_check.AFTER, compilers) is not None:
        return "not before"
    failure = compile_check.compile_text(source, text, (), compile_check.AFTER, compilers)
    return "compiles" if failure is None else "fails"


def row(cells: Iterator[str]) -> str:
    """One line of the table."""
    return f"| {' | '.join(cells)} |"


def cells(one: Program) -> Iterator[str]:
    """The columns of one program."""
    yield one.place
    yield from (str(len(one.of(evidence))) for evidence in ("proved", "plausible"))
    yield from one.compiled
    for evidence in ("proved", "plausible"):
        yield ", ".join(f"{count} {name}" for name, count in sorted(one.states(evidence).items()))
    yield speed_of(one.results)


def told(one: Program) -> Iterator[str]:
    """What was not equal, and why."""
    for suggestion, result in zip(one.suggestions, one.results, strict=True):
        if state(result) != "equal":
            why = result.unverifiable or result.difference
            yield f"{one.place}:{suggestion.line}: {suggestion.evidence}, {state(result)}: {suggestion.text}: {why}"


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--programs", type=int, default=20, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=2, metavar="N", help="programs of one repository, at most")
    parser.add_argument("--seconds", type=float, default=10, help="that one run may take")
    return parser.parse_args()


def main() -> int:
    """Print the table; 1 when a fixed program does not compile, or something proved is different or racy."""
    chosen = options()
    found: list[Program] = []
    print(row(iter(COLUMNS)), row("---" for _ in COLUMNS), sep="\n", flush=True)
    for one in islice(programs(chosen.corpus, chosen), chosen.programs):
        found.append(one)
        print(row(cells(one)), flush=True)
    print("", *(line for one in found for line in told(one)), sep="\n")
    for evidence in ("proved", "plausible"):
        print(f"{evidence}: {dict(sum((one.states(evidence) for one in found), Counter[str]()))}")
    return 1 if any(one.fails for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
