"""A sample of the directives that hpcls offers where the authors of other repositories wrote none, to be read by hand.

    python -m scripts.offered CORPUS [--split test] [--sources LIST] [--files N] [--evidence plausible]
        [--sample 200] [--most 60] [-j N]

CORPUS is what `hpcls corpus build` wrote.  Every C and C++ file of the split is asked about as it is, directives
included, as `hpcls suggest` does with the model that it ships; with `--sources` only those of the sources in LIST,
which is written as CORPUS/sources.tsv is; with `--files` at most N of one repository, drawn.  Printed are how many
directives are offered, by evidence and code, and the sample, with at most `--most` of one repository: repository, path
and line, the directive, its evidence and confidence, and what it assumes.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from hpcls.cli.advice import advisor_for
from hpcls.config import Settings
from hpcls.corpus.executors import in_order, workers
from hpcls.corpus.model import Document, source_of
from hpcls.errors import HpclsError, UsageError
from hpcls.evaluation.asked import asked
from hpcls.suggest.files import report
from hpcls.suggest.report import Suggestion

_AHEAD = 16
_SETTINGS = Settings(kind="openmp", select=("OMP001", "OMP002", "OMP003"))


@dataclass(frozen=True)
class Offered:
    """One directive that is offered."""

    repo: str
    path: str
    suggestion: Suggestion

    def drawn(self, seed: int) -> float:
        """Its place in the draw: the same whatever else is offered."""
        return random.Random(f"{seed}:{self.repo}/{self.path}:{self.suggestion.line}").random()


def offered(document: Document) -> list[Offered]:
    """The directives offered in one document."""
    found = report(source_of(document), _SETTINGS, advisor_for(_SETTINGS, threads=1))
    return [Offered(document.repo, document.path, one) for one in found.suggestions]


def few(listed: Iterable[Document], most: int | None, seed: int) -> Iterable[Document]:
    """No more than `most` documents of a repository, drawn."""
    if most is None:
        return listed
    by_repository = defaultdict[str, list[Document]](list)
    for one in listed:
        by_repository[one.repo].append(one)
    return chain.from_iterable(
        sorted(group, key=lambda one: random.Random(f"{seed}:{one.repo}/{one.path}").random())[:most]
        for group in by_repository.values()
    )


def sample(found: list[Offered], most: int, seed: int) -> Iterator[Offered]:
    """In the order of the draw, no more than `most` of a repository."""
    taken = Counter[str]()
    for one in sorted(found, key=lambda one: one.drawn(seed)):
        taken[one.repo] += 1
        if taken[one.repo] <= most:
            yield one


def counts(found: list[Offered]) -> str:
    """How many directives are offered, by evidence and code."""
    kinds = Counter((one.suggestion.evidence, one.suggestion.code) for one in found)
    told = ", ".join(f"{number} {evidence} {code}" for (evidence, code), number in kinds.most_common())
    return f"{len(found)} directives offered in {len({(one.repo, one.path) for one in found})} files: {told}"


def lines(drawn: Iterable[Offered]) -> Iterator[str]:
    """Each directive of the sample with what it assumes."""
    for one in drawn:
        said = one.suggestion
        yield f"\n{one.repo}/{one.path}:{said.line}-{said.end_line}  {said.evidence} {said.confidence:.2f}  {said.text}"
        yield from (f"    assumes: {assumption}" for assumption in said.assumptions)


def main() -> int:
    """0: the sample is printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--split", choices=("train", "tune", "test"), default="test")
    parser.add_argument("--sources", metavar="LIST", help="ask about repositories of these alone")
    parser.add_argument("--files", type=int, metavar="N", help="of one repository to ask about")
    parser.add_argument("--evidence", choices=("proved", "plausible"), help="draw these alone")
    parser.add_argument("--sample", type=int, default=200, metavar="N")
    parser.add_argument("--most", type=int, default=60, metavar="N", help="of one repository")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-j", "--jobs", type=int, default=1)
    arguments = parser.parse_args()
    with workers(arguments.jobs) as pool:
        wanted = asked(arguments.corpus, arguments.split, sources=arguments.sources)
        listed = few(wanted, arguments.files, arguments.seed)
        found = [*chain.from_iterable(in_order(pool, offered, listed, _AHEAD))]
    if not found:
        raise UsageError(f"{arguments.corpus}: nothing is offered in its {arguments.split} split")
    drawable = [one for one in found if arguments.evidence in (None, one.suggestion.evidence)]
    drawn = islice(sample(drawable, arguments.most, arguments.seed), arguments.sample)
    sys.stdout.write("\n".join([counts(found), *lines(drawn)]) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
