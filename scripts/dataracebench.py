"""hpcls on the kernels of DataRaceBench (Liao et al., SC 2017; github.com/LLNL/dataracebench, C and C++).

    python -m scripts.dataracebench CHECKOUT [--list]

1. With the pragmas taken out: are loops behind a race offered as proved with the clauses that race, and how many of the
   loops that may be parallel are offered?
2. With the pragmas left in: on which kernels does OMP010 find something, by the label of each kernel?

A kernel's race is "in a loop or its clauses" for the labels Y1 (dependences), Y2 (data-sharing clauses) and Y4 (SIMD),
and its counterparts are N1, N2 and N4.  Nothing of the suite is kept here.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.suggest.report import FileReport, Suggestion
from hpcls.syntax.directives import PlacedDirective, directives_in
from hpcls.syntax.openmp import DIRECTIVES
from hpcls.syntax.source import Source, parse, read_source

SHARING_LOOPS = frozenset(("for", "distribute", "taskloop", "loop", "simd"))
IN_LOOPS = frozenset(("Y1", "Y2", "Y4", "N1", "N2", "N4"))
LISTED = re.compile(r"^(DRB\S+\.c(?:pp)?)\s*\|\s*([YN]\d(?:\s*,\s*[YN]\d)*)", re.MULTILINE)
LABEL = re.compile(r'"(DRB[^"]+\.c(?:pp)?)": \{[^{]*\{[^\]]*?"Plabel": \[\s*"([YN]\d)"')
ACCESS = r"([A-Za-z_]\w*)[^@\s]*@(\d+):\d+:[RW]"
PAIR = re.compile(rf"{ACCESS}[\s!*]*vs\.?[\s!*]*{ACCESS}")
PUBLISHED = (
    ("Coderrect 0.8.0 (static)", 72, 12, 87, 2),
    ("LLOV (static)", 55, 28, 78, 9),
    ("ThreadSanitizer 12.0 (dynamic)", 69, 17, 87, 3),
    ("Intel Inspector (dynamic)", 69, 13, 80, 7),
    ("ROMP (dynamic)", 62, 16, 56, 13),
)
"""TP, FN, TN and FP on the C and C++ kernels of an older version: Lin and Liao, Correctness workshop at SC21, Table V
(DataRaceBench_Correctness2021.pdf in the suite's docs/)."""


@dataclass(frozen=True)
class Kernel:
    """One program of the suite."""

    name: str
    label: str
    source: Source

    @property
    def races(self) -> bool:
        """Whether its name says so."""
        return "-yes." in self.name

    @property
    def pairs(self) -> tuple[tuple[str, int, int], ...]:
        """Variable and lines of the accesses that race, as its comment names them."""
        found = PAIR.findall(self.source.text) if self.races else []
        return tuple((name, int(line), int(other)) for name, line, _, other in found)


def kernels(checkout: Path) -> Iterator[Kernel]:
    """The C and C++ kernels, with the first label that benchmarkList.md or else DRB-metainfo.json gives them.

    Both number some kernels otherwise than their files, so the number does not count.
    """
    found = LABEL.findall((checkout / "DRB-metainfo.json").read_text("utf-8"))  # it is not quite JSON
    found += LISTED.findall((checkout / "benchmarkList.md").read_text("utf-8"))
    labels = {name.partition("-")[2]: text.split(",")[0].strip() for name, text in found}
    for path in sorted((checkout / "micro-benchmarks").glob("DRB*.c*")):
        yield Kernel(path.name, labels.get(path.name.partition("-")[2], "?"), read_source(str(path)))


def loop_directives(source: Source) -> list[tuple[PlacedDirective, int]]:
    """The directives that belong to a loop, with the line of the loop."""
    found = (one for one in directives_in(source) if one.target is not None)
    return [
        (one, source.line(one.target or 0))
        for one in found
        if (info := DIRECTIVES.get(one.directive.name)) and SHARING_LOOPS & set(info.constituents)
    ]


def without_pragmas(source: Source) -> Source:
    """The program with its directives blanked out: every line keeps its number."""
    data = bytearray(source.data)
    for one in directives_in(source):
        for at in range(one.start, one.end):
            data[at] = data[at] if data[at] in b"\r\n" else 0x20
    return parse(data.decode("utf-8", "replace"), source.path, source.language)


@dataclass(frozen=True)
class Offer:
    """A suggestion for a loop that carried a directive."""

    kernel: Kernel
    line: int
    suggestion: Suggestion | None

    @property
    def variables(self) -> frozenset[str]:
        """The variables that race between iterations of this loop."""
        lines = range(self.line, self.suggestion.end_line + 1 if self.suggestion else self.line)
        return frozenset(name for name, line, other in self.kernel.pairs if line in lines and other in lines)

    @property
    def is_racy(self) -> bool:
        """Whether the loop itself is offered, and the clauses leave a variable that races as it is."""
        clauses = self.suggestion.clauses if self.suggestion else ()
        named = {name for clause in clauses for name in clause.arguments}
        return self.suggestion is not None and self.suggestion.line == self.line and bool(self.variables - named)


def offers(kernel: Kernel) -> Iterator[Offer]:
    """What is offered for each loop that has a directive in the kernel, once its pragmas are gone."""
    found = report(without_pragmas(kernel.source), Settings(kind="openmp"))
    by_line = {one.line: one for one in found.suggestions}
    for line in dict.fromkeys(line for _, line in loop_directives(kernel.source)):
        yield Offer(kernel, line, by_line.get(line) or _outer(found, line))


def _outer(found: FileReport, line: int) -> Suggestion | None:
    """The suggestion for a loop around the one at `line`."""
    return next((one for one in found.suggestions if one.line < line <= one.end_line), None)


def without(suite: list[Kernel], listed: bool) -> None:
    """Part 1."""
    found = [offer for kernel in suite for offer in offers(kernel)]
    racing = [offer for offer in found if offer.kernel.races]
    free = [offer for offer in found if not offer.kernel.races]
    wrong = [offer for offer in racing if offer.is_racy and offer.suggestion and offer.suggestion.evidence == "proved"]
    offered = [offer for offer in free if offer.suggestion]
    count = sum(offer.suggestion is not None for offer in racing)
    print(f"pragmas out: {len(racing)} loops in kernels that race, {count} offered")
    print(f"  proved although a variable that races in it has no clause: {len(wrong)}")
    for offer in wrong:
        print(f"    {offer.kernel.name}:{offer.line} {offer.suggestion.text if offer.suggestion else ''}")
    print(f"  loops in kernels without a race: {len(free)}, offered {len(offered)} ({len(offered) / len(free):.0%})")
    if listed:
        print(*(f"    not offered: {o.kernel.name}:{o.line}" for o in free if not o.suggestion), sep="\n")


def within(suite: list[Kernel], listed: bool) -> None:
    """Part 2."""
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    told: list[tuple[Kernel, bool]] = []
    for kernel in suite:
        found = report(kernel.source, Settings(kind="openmp", select=("OMP010",)))
        is_found = any(one.code == "OMP010" for one in (*found.suggestions, *found.diagnoses))
        told.append((kernel, is_found))
        rows[kernel.label][not is_found] += 1
        if listed and is_found is not kernel.races:
            print(f"    {'missed' if kernel.races else 'false alarm'}: {kernel.name} ({kernel.label})")
    print("\nOMP010, pragmas in:\nlabel  found  not found")
    print(*(f"{label:<5}{rows[label][0]:>7}{rows[label][1]:>11}" for label in sorted(rows)), sep="\n")
    print(f"\n{'kernels':<42}{'TP':>4}{'FN':>4}{'TN':>4}{'FP':>4}  recall  precision")
    print(row("OMP010, race in a loop or its clauses", counts(one for one in told if one[0].label in IN_LOOPS)))
    print(row("OMP010, all", counts(told)))
    print(*(row(f"{name}, all", (tp, fn, tn, fp)) for name, tp, fn, tn, fp in PUBLISHED), sep="\n")


def counts(told: Iterable[tuple[Kernel, bool]]) -> tuple[int, int, int, int]:
    """TP, FN, TN, FP."""
    pairs = [(kernel.races, is_found) for kernel, is_found in told]
    return (
        pairs.count((True, True)),
        pairs.count((True, False)),
        pairs.count((False, False)),
        pairs.count((False, True)),
    )


def row(name: str, found: tuple[int, int, int, int]) -> str:
    """One line of the table."""
    tp, fn, tn, fp = found
    recall, precision = tp / max(1, tp + fn), tp / max(1, tp + fp)
    return f"{name:<42}{tp:>4}{fn:>4}{tn:>4}{fp:>4}{recall:>8.3f}{precision:>11.3f}"


def main() -> int:
    """Print both parts; how many loops are proved with a race in them is the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path, help="a checkout of the suite")
    parser.add_argument("--list", action="store_true", help="name what was missed")
    chosen = parser.parse_args()
    suite = list(kernels(chosen.checkout))
    without(suite, chosen.list)
    within(suite, chosen.list)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
