"""Do the model's probabilities mean what they say: how likely an author would write it so?

    python -m scripts.calibration EXAMPLES [--model FOLDER]

EXAMPLES is what `hpcls corpus examples` wrote; asked about are the questions of its tune and test repositories. Loops
in their functions: is there a directive or none, and, given what the author wrote in front of it, each clause in
turn.  MPI: at each gap, given the calls in front of it, whether one comes there; and where one does, the likeliest of
the functions that are called anywhere there.  Printed are for each of them how often it was asked, the mean
probability, the share that is as the author wrote it, and the expected calibration error (Guo, Pleiss, Sun,
Weinberger, arXiv:1706.04599); and for directives the same for each range of the probability.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from pathlib import Path
from statistics import fmean

from hpcls.config import Settings
from hpcls.corpus.dataset import answer_weights
from hpcls.errors import HpclsError, InputError, UsageError
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.prompt.words import CODE, END, NONE, gap_line
from hpcls.syntax.mpi import mpi_functions

_EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
_CLAUSES = ("private", "firstprivate", "lastprivate", "reduction", "collapse", "schedule")
"""In the order of an answer."""
_DIRECTIVE, _CALL, _FUNCTION = "directive", "MPI call", "MPI function"


@dataclass(frozen=True)
class Outcome:
    """One question."""

    about: str
    probability: float
    as_written: bool


def outcomes(folder: Path, advisor: Advisor) -> Iterator[Outcome]:
    """Of every question about a loop in its function and about MPI."""
    listed = list(_examples(folder))
    functions = sorted(_called(answer for _, answer, kind in listed if kind == "mpi"))
    for prompt, answer, kind in listed:
        if kind == "mpi":
            yield from _mpi(prompt, answer, [one for one in functions if advisor.pieces.is_known(one)], advisor)
        elif not _is_alone(prompt):
            yield Outcome(_DIRECTIVE, _probability(prompt, advisor), answer[0] != NONE)
            if answer[0] != NONE:
                yield from _clauses(prompt, answer, advisor)


def _examples(folder: Path) -> Iterator[tuple[list[str], list[str], str]]:
    """Prompt, answer and kind."""
    for split in ("tune", "test"):
        path = folder / f"{split}.jsonl.gz"
        try:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for line in file:
                    example = json.loads(line)
                    yield example["prompt"].split(" "), example["answer"].split(" "), example["kind"]
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise InputError(str(path), str(error)) from error


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
    """For each decision whether a call comes there; and for each call whether the likeliest function, of those `known`,
    is the author's."""
    encode = advisor.pieces.encode
    places = list(decisions(answer))
    said = [encode(answer[:i]) for i in places]
    passed = [[*words, *encode([_passing(answer, i)])] for words, i in zip(said, places, strict=True)]
    calls = [n for n, i in enumerate(places) if answer[i] in known]
    candidates = [[*said[n], *encode([name])] for n in calls for name in known]
    scores = advisor.engine.score(encode(prompt), [*said, *passed, *candidates])
    for n, i in enumerate(places):
        nothing = exp(scores[len(places) + n] - scores[n])
        yield Outcome(_CALL, 1 - nothing, gap_line(answer[i]) is None and answer[i] != END)
    for number, n in enumerate(calls):
        first = 2 * len(places) + number * len(known)
        of_each = [exp(one - scores[n]) for one in scores[first : first + len(known)]]
        best = max(of_each)
        yield Outcome(_FUNCTION, best / sum(of_each), known[of_each.index(best)] == answer[places[n]])


def decisions(answer: Sequence[str]) -> Iterator[int]:
    """Where a function, the next gap or the end is named in an answer."""
    depth = 0
    for i, (word, weight) in enumerate(zip(answer, answer_weights(answer), strict=True)):
        if weight and depth == 0 and word not in ("(", ")"):
            yield i
        depth += bool(weight) * ((word == "(") - (word == ")"))


def _passing(answer: Sequence[str], place: int) -> str:
    """What is said at a decision where no call comes (any more): the next gap, or the end."""
    return next(word for word in answer[place:] if gap_line(word) is not None or word == END)


def calibration_error(found: Sequence[Outcome]) -> float:
    """The expected calibration error over the ranges of `_EDGES`."""
    ranges = ((inside, len(inside) / len(found)) for _, _, inside in _ranges(found))
    return sum(weight * abs(_mean(inside) - _share(inside)) for inside, weight in ranges)


def _ranges(found: Sequence[Outcome]) -> Iterator[tuple[float, float, list[Outcome]]]:
    """Those that hold something."""
    for low, high in pairwise(_EDGES):
        inside = [one for one in found if low <= one.probability < high]
        if inside:
            yield low, min(high, 1.0), inside


def _mean(found: Sequence[Outcome]) -> float:
    return fmean(one.probability for one in found)


def _share(found: Sequence[Outcome]) -> float:
    return fmean(one.as_written for one in found)


def rows(found: Iterable[Outcome]) -> Iterator[str]:
    """Markdown."""
    of_each: dict[str, list[Outcome]] = {}
    for one in found:
        of_each.setdefault(one.about, []).append(one)
    yield from _summary(of_each)
    yield ""
    yield "| probability of a directive | loops | mean | annotated |"
    yield "|---|---|---|---|"
    for low, high, inside in _ranges(of_each.get(_DIRECTIVE, [])):
        yield f"| {low:.2f} to {high:.2f} | {len(inside)} | {_mean(inside):.2f} | {_share(inside):.2f} |"


def _summary(of_each: Mapping[str, Sequence[Outcome]]) -> Iterator[str]:
    yield "| | asked | mean probability | as written | expected calibration error |"
    yield "|---|---|---|---|---|"
    for about in (_DIRECTIVE, *_CLAUSES, _CALL, _FUNCTION):
        if listed := of_each.get(about):
            error = calibration_error(listed)
            yield f"| {about} | {len(listed)} | {_mean(listed):.3f} | {_share(listed):.3f} | {error:.3f} |"


def main() -> int:
    """0: the tables are printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("examples", type=Path, metavar="EXAMPLES")
    parser.add_argument("--model", metavar="FOLDER")
    arguments = parser.parse_args()
    advisor = Advisor.load(Settings(model=arguments.model))
    if advisor is None:
        raise UsageError("no model is in models/")
    sys.stdout.write("\n".join(rows(outcomes(arguments.examples, advisor))) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
