"""How often authors wrote the clauses that hpcls would write: where `hpcls/suggest/confidence.py` has its numbers.

    python scripts/author_rates.py DIR…

Counted are the loops of C and C++ files that have a `parallel for` directive and are proved independent.  The clauses
agree if private, firstprivate, lastprivate and reduction name the same variables, loop counters apart.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from hpcls.analysis.engine import LoopAnalysis, analyse
from hpcls.analysis.verdict import Outcome
from hpcls.errors import InputError
from hpcls.suggest.confidence import kind_of
from hpcls.suggest.directive.clauses import clauses_of
from hpcls.suggest.regions import Regions
from hpcls.suggest.walk import walk
from hpcls.syntax.loops import induction_of
from hpcls.syntax.openmp_text import Clause, Directive
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, read_source
from hpcls.syntax.statements import Loop
from hpcls.syntax.statements import walk as statements_in

_SCOPING = ("private", "lastprivate", "reduction")


def sources(folders: list[str]) -> Iterator[Source]:
    """The readable files of `folders` that hold OpenMP pragmas."""
    for folder in folders:
        for found in walk(folder, None):
            try:
                source = read_source(found.path)
            except InputError:
                continue
            if b"pragma omp" in source.data:
                yield source


def agreements(source: Source) -> Iterator[tuple[str, bool]]:
    """(kind of loop, whether the author's clauses are ours) of each counted loop."""
    regions = Regions(source)
    analyses, _ = analyse(source, scopes_of(source))
    for one in analyses:
        region = regions.on(one.verdict.loop.statement.start)
        if region is None or one.verdict.outcome is not Outcome.INDEPENDENT:
            continue
        directive = region.directive.directive
        if directive.name.startswith("parallel for"):
            yield kind_of(one.verdict), _agrees(one, directive)


def _agrees(one: LoopAnalysis, directive: Directive) -> bool:
    counters = set(_counters(one.verdict.loop.statement))
    return _names(directive.clauses, counters) == _names(clauses_of(one.verdict), counters)


def _counters(loop: Loop) -> Iterator[str]:
    for statement in statements_in(loop):
        induction = induction_of(statement) if isinstance(statement, Loop) else None
        if induction:
            yield induction.variable


def _names(clauses: Iterable[Clause], apart: set[str]) -> set[tuple[str, str | None, str]]:
    wanted = (clause for clause in clauses if clause.name in _SCOPING)
    return {(clause.name, clause.modifier, name) for clause in wanted for name in clause.arguments if name not in apart}


def main(folders: list[str]) -> None:
    """Print the table."""
    total: Counter[tuple[str, bool]] = Counter()
    for source in sources(folders):
        total.update(agreements(source))
    for kind in sorted({kind for kind, _ in total}):
        yes, no = total[kind, True], total[kind, False]
        print(f"{kind:12} {yes:6} of {yes + no:6} have our clauses: {yes / (yes + no):.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
