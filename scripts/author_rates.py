"""How often do authors write what hpcls offers, and does its confidence say so?

    python -m scripts.author_rates CORPUS [--split test] [--sources LIST] [--most N] [--model FOLDER|none]
        [--fit] [-j N]

CORPUS is what `hpcls corpus build` wrote.  Of every C and C++ file of the split that uses OpenMP (`--sources`: of the
sources of this manifest; `--most`: so many a repository) the directives of loops are taken out, and hpcls is asked
about the file.  Printed are

- of each directive that it offers how often the loop had one that does the same, and of each clause, where hpcls offers
  none and where it offers one, how often such an author says the same, loop counters apart.  Each repository counts
  once.  `hpcls/suggest/confidence.py` has its numbers from the train and tune repositories;
- how likely hpcls finds that there is a directive, that each clause is the same, with the author's other directives of
  the file in view, and the whole, which is the confidence that users are shown: the mean, the share that came out so,
  the Brier score, which tells whether loops are told apart, the expected calibration error (Guo, Pleiss, Sun,
  Weinberger, arXiv:1706.04599), where it lies for nine in ten draws of as many repositories, and what it would be if
  each probability were right, and the error where each repository weighs the same.

With `--fit` the model's scaling for directives is fitted on the split and written beside its weights, each repository
weighing the same.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import fmean

from hpcls.cli.advice import advisor_for
from hpcls.config import Settings
from hpcls.corpus.executors import in_order, workers
from hpcls.corpus.model import SPLITS, Document
from hpcls.errors import HpclsError, UsageError
from hpcls.evaluation.asked import with_openmp
from hpcls.evaluation.calibration import Outcome, alike, calibration_error, fitted, interval, keep, least_error
from hpcls.evaluation.offered_loops import OfferedLoop, offered_loops
from hpcls.inference.calibration import Calibration
from hpcls.suggest.confidence import CLAUSES, SETTLED, agreement, clause_agreement, kind_of, presence

_AHEAD = 16


def some(found: Iterable[Document], most: int | None) -> Iterator[Document]:
    """No more than `most` of a repository, whichever their hashes say."""
    taken: Counter[str] = Counter()
    for document in sorted(found, key=lambda one: one.sha256) if most else found:
        taken[document.repo] += 1
        if most is None or taken[document.repo] <= most:
            yield document


def loops(model: str | None, document: Document) -> list[OfferedLoop]:
    """Those of one document; none where it is nested too deeply."""
    try:
        return list(offered_loops(document, advisor_for(Settings(model=model), threads=1)))
    except RecursionError:
        sys.stderr.write(f"{document.repo}/{document.path}: nested too deeply\n")
        return []


def said(found: Iterable[OfferedLoop]) -> Iterator[Outcome]:
    """What the model itself says of loops that may be shared out."""
    for one in found:
        if one.says is not None and one.offered.name not in SETTLED:
            yield Outcome("directive", one.says, one.is_present, one.repository)


def shown(found: Iterable[OfferedLoop], calibration: Calibration) -> Iterator[Outcome]:
    """How likely hpcls finds that a loop has a directive, that it has each clause, and both."""
    for one in found:
        directive = one.offered
        is_asked = one.says is not None and directive.name not in SETTLED
        likely = calibration("directive", one.says or 0.0) if is_asked else presence(directive)
        is_same = one.is_present and all(map(one.agrees, CLAUSES))
        yield Outcome("the whole", likely * agreement(directive, one.others), is_same, one.repository)
        yield Outcome("a directive", likely, one.is_present, one.repository)
        if one.is_present:
            for name in CLAUSES:
                yield Outcome(name, clause_agreement(directive, name, one.others), one.agrees(name), one.repository)


def rates(found: Sequence[OfferedLoop]) -> Iterator[str]:
    """The first table: Markdown."""
    yield "| offered | loops | repositories | as the author has it | of repositories alike |"
    yield "|---|---|---|---|---|"
    for name in dict.fromkeys(kind_of(one.offered) for one in found):
        yield _rate(name, [one for one in found if kind_of(one.offered) == name], lambda one: one.is_present)
    present = [one for one in found if one.is_present and one.offered.name not in SETTLED]
    for name in CLAUSES:
        for is_offered in (False, True):
            mine = [one for one in present if is_offered == any(each.name == name for each in one.offered.clauses)]
            if mine:
                yield _rate(name if is_offered else f"no {name}", mine, partial(_agrees, name))


def _agrees(name: str, one: OfferedLoop) -> bool:
    return one.agrees(name)


def _rate(name: str, found: Sequence[OfferedLoop], holds: Callable[[OfferedLoop], bool]) -> str:
    of_each: dict[str, list[bool]] = {}
    for one in found:
        of_each.setdefault(one.repository, []).append(holds(one))
    each = fmean(map(fmean, of_each.values()))
    return f"| {name} | {len(found)} | {len(of_each)} | {fmean(map(holds, found)):.3f} | {each:.3f} |"


def errors(found: Iterable[Outcome]) -> Iterator[str]:
    """The second table: Markdown."""
    of_each: dict[str, list[Outcome]] = {}
    for one in found:
        of_each.setdefault(one.about, []).append(one)
    told = "loops | repositories | mean | as written | Brier | error | nine in ten draws | at best | repositories alike"
    yield f"| likely as offered | {told} |"
    yield "|---" * (told.count("|") + 2) + "|"
    for about, mine in of_each.items():
        mean, share = fmean(one.probability for one in mine), fmean(one.as_written for one in mine)
        low, high = interval(mine)
        counts = f"{len(mine)} | {len({one.repository for one in mine})} | {mean:.3f} | {share:.3f}"
        brier = fmean((one.probability - one.as_written) ** 2 for one in mine)
        error = f"{brier:.3f} | {calibration_error(mine):.3f} | {low:.3f}–{high:.3f} | {least_error(mine):.3f}"
        yield f"| {about} | {counts} | {error} | {calibration_error(alike(mine)):.3f} |"


def main() -> int:
    """0: the tables are printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--split", choices=SPLITS, action="append", help="default: test")
    parser.add_argument("--sources", metavar="LIST", help="ask about repositories of these alone")
    parser.add_argument("--most", type=int, metavar="N", help="ask about so many files of a repository (default: all)")
    parser.add_argument("--model", metavar="FOLDER")
    parser.add_argument("--fit", action="store_true", help="fit the model's scaling for directives first")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    arguments = parser.parse_args()
    asked = with_openmp(arguments.corpus, *(arguments.split or ["test"]), sources=arguments.sources)
    documents = some(asked, arguments.most)
    with workers(arguments.jobs) as pool:
        found = [*chain.from_iterable(in_order(pool, partial(loops, arguments.model), documents, _AHEAD))]
    if not found:
        raise UsageError(f"{arguments.corpus}: nothing is offered in its files")
    advisor = advisor_for(Settings(model=arguments.model))
    calibration = advisor.calibration if advisor else Calibration()
    if arguments.fit and advisor:
        calibration = fitted(alike(list(said(found))))
        keep(advisor.engine.artefact.folder, calibration)
    sys.stdout.write("\n".join([*rates(found), "", *errors(shown(found, calibration))]) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
