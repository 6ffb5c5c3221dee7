"""Do the model's probabilities mean what they say: how likely an author would write it so?

    python -m scripts.calibration EXAMPLES [--model FOLDER] [--fit] [--precision P] [--every N]

EXAMPLES is what `hpcls corpus examples` wrote.  Asked about are the questions of its test repositories.  Loops in their
functions: is there a directive or none, and, given what the author wrote in front of it, each clause in turn.  MPI: at
each gap, given the calls in front of it, whether the likeliest of the functions that are called anywhere in EXAMPLES
comes there (MPI call); and where a call comes, whether it is of the likeliest function (MPI function).  Printed are for
each of them how often it was asked, the mean probability, the share that is as the author wrote it, and the expected
calibration error (Guo, Pleiss, Sun, Weinberger, arXiv:1706.04599), without the model's calibration and, for MPI, with
it: where that lies for nine in ten draws of as many repositories, and what it would be if each probability were right.
What the model says of directives in functions that have one, and of clauses, nobody is shown: `scripts.author_rates`
measures what is.  Printed is also what share of what the model believes is so.

With `--fit` the questions of the tune repositories are asked first, and the scalings that fit MPI's best are written
into the model's folder: `calibration.json`, and its hash in `SHA256SUMS`.  With `--precision P` so are the thresholds
from which on that share of directives and of MPI calls in the tune repositories is as the author wrote it.  `--every N`
asks about every Nth MPI program alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from math import exp
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hpcls.config import Settings
from hpcls.corpus.dataset import answer_weights
from hpcls.corpus.model import Split
from hpcls.errors import HpclsError, InputError, UsageError
from hpcls.evaluation.calibration import (
    Outcome,
    calibration_error,
    fitted,
    interval,
    keep,
    least_error,
    mean,
    share,
    threshold,
)
from hpcls.inference.calibration import Calibration, Kind
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.prompt.words import CODE, END, NONE, gap_line
from hpcls.syntax.mpi import mpi_functions

_CLAUSES = ("private", "firstprivate", "lastprivate", "reduction", "collapse", "schedule")
"""In the order of an answer."""
_SCALED: tuple[Kind, ...] = ("MPI call", "MPI function")
_BELIEVED: tuple[Kind, ...] = ("directive", "MPI call")
"""What is offered where the model is sure."""


def outcomes(folder: Path, split: Split, advisor: Advisor, every: int = 1) -> Iterator[Outcome]:
    """Of every question about a loop in its function and about MPI, by what the model says itself."""
    mpi = count()
    listed = [one for one in _examples(folder, split) if one[2] != "mpi" or next(mpi) % every == 0]
    functions = sorted(_called(answer for _, answer, kind, _ in listed if kind == "mpi"))
    known = [one for one in functions if advisor.pieces.is_known(one)]
    for prompt, answer, kind, repository in listed:
        if len(advisor.pieces.encode(prompt)) + len(advisor.pieces.encode(answer)) > advisor.engine.capacity:
            continue  # nobody is asked it either
        found = _mpi(prompt, answer, known, advisor) if kind == "mpi" else _loop(prompt, answer, advisor)
        yield from (replace(one, repository=repository) for one in found)


def _examples(folder: Path, split: Split) -> Iterator[tuple[list[str], list[str], str, str]]:
    """Prompt, answer, kind and repository of every question; text asks nothing."""
    path = folder / f"{split}.jsonl.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                example = json.loads(line)
                prompt, answer = example["prompt"].split(" "), example["answer"].split(" ")
                if example["kind"] != "text":
                    yield prompt, answer, example["kind"], example["repo"]
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise InputError(str(path), str(error)) from error


def _loop(prompt: Sequence[str], answer: Sequence[str], advisor: Advisor) -> Iterator[Outcome]:
    """Nothing about a loop alone: that has a directive."""
    if not _is_alone(prompt):
        yield Outcome("directive", _probability(prompt, advisor), answer[0] != NONE)
        if answer[0] != NONE:
            yield from _clauses(prompt, answer, advisor)


def _is_alone(prompt: Sequence[str]) -> bool:
    code = prompt.index(CODE)
    return code == 1 and prompt[code + 2] == "for"


def _probability(prompt: Sequence[str], advisor: Advisor) -> float:
    encode = advisor.pieces.encode
    directive, none = advisor.engine.score(encode(prompt), [encode(["parallel"]), encode([NONE])])
    return 1 / (1 + exp(none - directive))


def _clauses(prompt: Sequence[str], answer: Sequence[str], advisor: Advisor) -> Iterator[Outcome]:
    """For each clause whether it comes next, where its place is."""
    said = [answer[: place_of(clause, answer)] for clause in _CLAUSES]
    candidates = [*said, *([*words, clause] for words, clause in zip(said, _CLAUSES, strict=True))]
    scores = advisor.engine.score(advisor.pieces.encode(prompt), [advisor.pieces.encode(words) for words in candidates])
    for clause, without, with_clause in zip(_CLAUSES, scores, scores[len(said) :], strict=False):
        yield Outcome(clause, exp(with_clause - without), clause in answer)


def place_of(clause: str, answer: Sequence[str]) -> int:
    """Where `clause` stands in an answer, or would stand: in front of what comes behind it."""
    following = _CLAUSES[_CLAUSES.index(clause) :]
    return next((i for i, word in enumerate(answer) if word in following), len(answer) - 1)


def _called(answers: Iterable[Sequence[str]]) -> set[str]:
    """The MPI functions that any of the answers calls."""
    standard = {one.name for one in mpi_functions()}
    return {word for answer in answers for word in answer if word in standard}


def _mpi(prompt: Sequence[str], answer: Sequence[str], known: Sequence[str], advisor: Advisor) -> Iterator[Outcome]:
    """For each decision whether the likeliest function, of those `known`, is called there; and, where one is, whether
    it is that one."""
    encode = advisor.pieces.encode
    functions = [encode([name])[0] for name in known]
    following = _following(encode(prompt), encode(answer), advisor)
    for i in decisions(answer):
        chances = following[len(encode(answer[:i]))]
        passing = {encode([word])[0] for word in (END, _passing(answer, i))}
        of_each = chances[functions]
        best = int(of_each.argmax())
        total, is_right = float(of_each.sum()), known[best] == answer[i]
        yield Outcome("MPI call", float(of_each[best]) / (total + float(chances[list(passing)].sum())), is_right)
        if answer[i] in known:
            yield Outcome("MPI function", float(of_each[best]) / total, is_right)


def _following(prompt: Sequence[int], answer: Sequence[int], advisor: Advisor) -> npt.NDArray[np.float64]:
    """The probability of each id behind 0, 1, … ids of the answer, [ids + 1, vocabulary]."""
    context = advisor.engine.context
    logits = np.vstack([context.feed(prompt), context.append_all(answer)]).astype(np.float64)
    chances = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return chances / chances.sum(axis=-1, keepdims=True)


def decisions(answer: Sequence[str]) -> Iterator[int]:
    """Where a function, the next gap or the end is named in an answer."""
    depth = 0
    for i, (word, weight) in enumerate(zip(answer, answer_weights(answer, "mpi"), strict=True)):
        if weight and depth == 0 and word not in ("(", ")"):
            yield i
        depth += bool(weight) * ((word == "(") - (word == ")"))


def _passing(answer: Sequence[str], place: int) -> str:
    """What is said at a decision where no call comes (any more): the next gap, or the end."""
    return next(word for word in answer[place:] if gap_line(word) is not None or word == END)


def rows(found: Iterable[Outcome], calibration: Calibration) -> Iterator[str]:
    """Markdown."""
    of_each: dict[str, list[Outcome]] = {}
    for one in found:
        of_each.setdefault(one.about, []).append(one)
    yield "| is there a | asked | mean | as written | error | calibrated | error | nine in ten draws | at best |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for about, mine in of_each.items():
        told = f"{len(mine)} | {mean(mine):.3f} | {share(mine):.3f} | {calibration_error(mine):.3f}"
        yield f"| {about} | {told} | {' | '.join(_calibrated(mine, calibration)) or '| | |'} |"
    yield ""
    yield "| believed is a | from | asked | as written |"
    yield "|---|---|---|---|"
    for kind in _BELIEVED:
        least = calibration.threshold(kind, 1.0)
        mine = [one for one in of_each.get(kind, ()) if one.probability >= least]
        yield f"| {kind} | {least:.3f} | {len(mine)} | {f'{share(mine):.3f}' if mine else ''} |"


def _calibrated(found: Sequence[Outcome], calibration: Calibration) -> Iterator[str]:
    """The cells of a kind that has a scaling."""
    for kind in _SCALED:
        if found[0].about == kind:
            mine = [replace(one, probability=calibration(kind, one.probability)) for one in found]
            low, high = interval(mine)
            yield from (f"{mean(mine):.3f}", f"{calibration_error(mine):.3f}", f"{low:.3f}–{high:.3f}")
            yield f"{least_error(mine):.3f}"


def thresholds(found: Sequence[Outcome], precision: float) -> Iterator[tuple[Kind, float]]:
    """From where on the model is believed; nothing for a kind that was asked about too rarely."""
    for kind in _BELIEVED:
        least = threshold([one for one in found if one.about == kind], precision)
        if least is not None:
            yield kind, least


def main() -> int:
    """0: the tables are printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("examples", type=Path, metavar="EXAMPLES")
    parser.add_argument("--model", metavar="FOLDER", help="default: the one that hpcls comes with")
    parser.add_argument("--fit", action="store_true", help="fit it on the tune repositories first")
    parser.add_argument("--precision", type=float, metavar="P", help="choose thresholds on the tune repositories first")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask about every Nth MPI program alone")
    arguments = parser.parse_args()
    advisor = Advisor.load(Settings(model=arguments.model))
    if advisor is None:
        raise UsageError("no model: name one with --model")
    artefact = advisor.engine.artefact
    calibration = artefact.calibration
    if arguments.fit or arguments.precision is not None:
        asked = list(outcomes(arguments.examples, "tune", advisor, arguments.every))
        scaled = fitted([one for one in asked if one.about in _SCALED]) if arguments.fit else Calibration()
        least = {} if arguments.precision is None else dict(thresholds(asked, arguments.precision))
        learnt = Calibration(scaled.scalings, least)
        calibration = calibration.updated(learnt)
        keep(artefact.folder, learnt)
    found = list(outcomes(arguments.examples, "test", advisor, arguments.every))
    if not found:
        raise UsageError(f"{arguments.examples}: no questions about loops or MPI in its test repositories")
    sys.stdout.write("\n".join(rows(found, calibration)) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
