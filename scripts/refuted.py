"""What the analysis says of the loops that authors of other repositories annotated: are the refuted ones really racy?

    python -m scripts.refuted CORPUS [--split test --split tune] [--draw 800 --seed 1] [--list refuted]
        [--checkouts FOLDER [--alone]] [-j N]

CORPUS is what `hpcls corpus build` wrote.  Each directive of a loop is taken out and the loop judged as it then stands;
other directives stay.  Printed are how many are proved, refuted and unknown, and what stood in the way of the unknown,
for each split and for all together.  `--draw` adds that many loops of the train repositories, of files in an order that
the seed chooses, at most `--most` of one repository.
`--list` adds those of one verdict: repository, path and line, the directive, and what was found, with its line.
`--checkouts` names where repositories lie (`scripts.checkouts`): only their loops are judged, with the headers and the
other files of the project in view, as their users have them; with `--alone` each file by itself.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

from hpcls.analysis.verdict import Finding, Outcome, Verdict
from hpcls.corpus.executors import in_order, workers
from hpcls.corpus.model import Document, source_of
from hpcls.errors import HpclsError, UsageError
from hpcls.evaluation.asked import with_openmp
from hpcls.evaluation.own_loops import annotated_verdicts
from hpcls.suggest.project.kept import Kept
from hpcls.suggest.project.others import Projects
from hpcls.syntax.openmp_text import render
from scripts.checkouts import ProjectView, add_options

_AHEAD = 16
_OUTCOMES = {"proved": Outcome.INDEPENDENT, "refuted": Outcome.DEPENDENT, "unknown": Outcome.UNKNOWN}
_OBSTACLES = {
    "it is not known what": "a call of which nothing is known",
    "reads or writes a stream": "a call that reads or writes a stream",
    "keeps state between calls": "a call that keeps state",
    "may end the program": "a call that may end the program",
    "already synchronises": "critical, atomic, … inside",
    "the index is itself read from memory": "an index read from memory",
    "the index comes from a call": "an index from a call",
    "the subscripts do not tell": "subscripts that do not tell",
    "lead to one array": "two names that may lead to one array",
    "may lead to the same memory": "a pointer set in the loop",
    "may share memory": "elements of a container that may share memory",
    "may still hold the value": "a scalar that may hold an earlier value",
    "a pointer may lead to it": "a scalar that a pointer may lead to",
    "every iteration writes": "a place that every iteration may write",
    "leaves the loop": "break, return, goto or throw",
    "number of iterations is not known": "iterations that cannot be counted",
    "surely stay the same": "bounds that may change",
    "written in some iterations only": "a scalar written in some iterations and read after the loop",
}
"""What a finding's message says → what stands in the way."""


@dataclass(frozen=True)
class Judged:
    """One annotated loop with its verdict."""

    repo: str
    place: str
    """Path and line."""
    directive: str
    outcome: Outcome
    findings: tuple[str, ...]
    """Line and message of each, what decides first."""


def judged(view: ProjectView, document: Document) -> list[Judged]:
    """The annotated loops of one document; none where it is nested too deeply."""
    found = view.source(document)
    source, projects = (found, Projects(Kept())) if found else (source_of(document), None)
    try:
        return [
            Judged(
                document.repo,
                f"{document.path}:{source.line(verdict.loop.statement.start)}",
                render(placed.directive),
                verdict.outcome,
                tuple(f"{source.line(one.offset)}: {one.message}" for one in _deciding(verdict)),
            )
            for placed, verdict in annotated_verdicts(source, projects)
        ]
    except RecursionError:
        sys.stderr.write(f"{document.repo}/{document.path}: nested too deeply\n")
        return []


def _deciding(verdict: Verdict) -> Iterator[Finding]:
    """The shown dependences of a refuted loop, all findings of others."""
    shown = verdict.outcome is Outcome.DEPENDENT
    return (one for one in verdict.findings if one.dependence is shown)


def obstacle(finding: str) -> str:
    """What kind of obstacle a finding is."""
    return next((kind for phrase, kind in _OBSTACLES.items() if phrase in finding), "something else")


def report(found: list[Judged], listed: str | None) -> Iterator[str]:
    """The lines of the tables, and of the list."""
    counts = Counter(one.outcome for one in found)
    yield f"{len(found)} loops with a directive: " + ", ".join(f"{counts[o]} {n}" for n, o in _OUTCOMES.items())
    first = Counter(obstacle(one.findings[0]) for one in found if one.outcome is Outcome.UNKNOWN)
    yield from (f"  unknown: {number:>5}  {kind}" for kind, number in first.most_common())
    for one in found:
        if listed and one.outcome is _OUTCOMES[listed]:
            yield f"\n{one.repo}/{one.place}  {one.directive}"
            yield from (f"    {finding}" for finding in one.findings)


def drawn(corpus: Path, seed: int) -> list[Document]:
    """The documents of the train repositories, in the order of the draw: the same whatever else there is."""
    return sorted(with_openmp(corpus, "train"), key=lambda one: random.Random(f"{seed}:{one.repo}/{one.path}").random())


def at_most(most: int, found: Iterable[Judged]) -> Iterator[Judged]:
    """No more than `most` of a repository."""
    taken = Counter[str]()
    for one in found:
        taken[one.repo] += 1
        if taken[one.repo] <= most:
            yield one


def judged_loops(documents: Iterable[Document], view: ProjectView, jobs: int) -> Iterator[Judged]:
    """The annotated loops of all documents, in their order."""
    with workers(jobs) as pool:
        yield from chain.from_iterable(in_order(pool, partial(judged, view), filter(view.holds, documents), _AHEAD))


def loops_by_part(arguments: argparse.Namespace) -> Iterator[tuple[str, list[Judged]]]:
    """Each split, and the draw, with its loops.  Raises UsageError for a split that has none."""
    view = ProjectView(arguments.checkouts, arguments.alone)
    for split in arguments.split or ("test",):
        found = [*judged_loops(with_openmp(arguments.corpus, split), view, arguments.jobs)]
        if not found:
            raise UsageError(f"{arguments.corpus}: no annotated loops in its {split} split")
        yield split, found
    if arguments.draw:
        train = judged_loops(drawn(arguments.corpus, arguments.seed), view, arguments.jobs)
        yield f"train, seed {arguments.seed}", [*islice(at_most(arguments.most, train), arguments.draw)]


def main() -> int:
    """0: the tables are printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--split", choices=("train", "tune", "test"), action="append", help="default: test")
    parser.add_argument("--draw", type=int, default=0, metavar="N", help="and N loops of the train repositories")
    parser.add_argument("--most", type=int, default=10, metavar="N", help="of one train repository, of those drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", choices=tuple(_OUTCOMES), help="name the loops of this verdict")
    add_options(parser)
    parser.add_argument("-j", "--jobs", type=int, default=1)
    arguments = parser.parse_args()
    everything: list[Judged] = []
    for part, found in loops_by_part(arguments):
        sys.stdout.write("\n".join([f"== {part} ==", *report(found, arguments.list)]) + "\n\n")
        everything += found
    sys.stdout.write("\n".join(["== together ==", *report(everything, None)]) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
