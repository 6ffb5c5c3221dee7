"""How well are the loops answered that authors of other repositories annotated?

    python -m scripts.own_split CORPUS [--by analysis --by model --by both] [--split test] [--sources LIST]
        [--checkouts FOLDER [--alone]] [-j N]

CORPUS is what `hpcls corpus build` wrote.  Of every C and C++ file of its test repositories that uses OpenMP the
directives of loops are taken out and asked back where they stood: by the analysis, and by both, as `hpcls suggest`
answers, at any confidence; by the model alone without facts.  Printed are recall at several thresholds, how many
directives are exact with all clauses, and precision, recall and F1 of each kind of directive and clause.  `-o` keeps
every loop with its answers as JSON lines.  `--sources` is a manifest: the files of its sources alone are asked about.
`--checkouts` names where repositories lie (`scripts.checkouts`): only their files are asked about, with the headers and
the other files of the project in view, as their users have them; with `--alone` each by itself.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from hpcls.cli.advice import advisor_for
from hpcls.config import Settings
from hpcls.corpus.executors import in_order, workers
from hpcls.corpus.model import Document
from hpcls.errors import HpclsError, UsageError
from hpcls.evaluation.asked import with_openmp
from hpcls.evaluation.directive_scores import DirectiveScores, score_directives
from hpcls.evaluation.directive_table import directive_table
from hpcls.evaluation.own_loops import AnsweredLoop, answered_loops
from hpcls.suggest.answers import Way
from hpcls.suggest.published.advisor import TextAdvisor
from hpcls.syntax.openmp_text import render
from scripts.checkouts import ProjectView, add_options

_WAYS: tuple[Way, ...] = ("analysis", "model", "both")
_AHEAD = 16


def answers(way: Way, model: str | None, view: ProjectView, document: Document) -> list[AnsweredLoop]:
    """Those of one document; none where it is nested too deeply."""
    found = None if way == "analysis" else advisor_for(Settings(model=model), threads=1)
    if isinstance(found, TextAdvisor):
        raise UsageError(f"{model} answers in its published form alone: see `hpcls evaluate omp`")
    try:
        return list(answered_loops(document, way, found, view.source(document)))
    except RecursionError:
        sys.stderr.write(f"{document.repo}/{document.path}: nested too deeply\n")
        return []


def lines(way: Way, found: Iterable[AnsweredLoop]) -> Iterator[str]:
    """A JSON line for each loop."""
    for one in found:
        answered = render(one.answered) if one.answered else None
        value = {"id": one.place, "by": way, "pragma": render(one.wanted), "answered": answered}
        yield json.dumps(value | {"confidence": one.confidence}) + "\n"


def main() -> int:
    """0: the table is printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--by", choices=_WAYS, action="append", help="who answers (default: all three)")
    parser.add_argument("--split", choices=("tune", "test"), default="test")
    parser.add_argument("--sources", metavar="LIST", help="ask about repositories of these alone")
    parser.add_argument("--model", metavar="FOLDER")
    add_options(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="ANSWERS")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    arguments = parser.parse_args()
    view = ProjectView(arguments.checkouts, arguments.alone)
    split = [*filter(view.holds, with_openmp(arguments.corpus, arguments.split, sources=arguments.sources))]
    kept: list[str] = []
    scores: dict[str, DirectiveScores] = {}
    with workers(arguments.jobs) as found:
        for way in arguments.by or _WAYS:
            answer = partial(answers, way, arguments.model, view)
            listed = [*chain.from_iterable(in_order(found, answer, split, _AHEAD))]
            scores[way] = score_directives(listed)
            kept += lines(way, listed)
    if not kept:
        raise UsageError(f"{arguments.corpus}: no annotated loops in its {arguments.split} split")
    if arguments.output:
        arguments.output.write_text("".join(kept), "utf-8")
    sys.stdout.write("\n".join(directive_table(scores)) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
