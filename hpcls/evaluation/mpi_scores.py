"""How well the calls of a program are answered, as published for MPIrigen's test set: by line, within a few lines, with
all arguments, and by function anywhere in the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hpcls.evaluation.f1 import F1
from hpcls.suggest.mpi.placed import PlacedCall

TOLERANCES = (0, 1, 2)
"""How many lines a call may be away from its place and still count."""


@dataclass(frozen=True)
class ProgramAnswer:
    """One program with the calls that its author wrote, and those that are answered."""

    wanted: tuple[PlacedCall, ...]
    answered: tuple[PlacedCall, ...]


@dataclass(frozen=True)
class Within:
    """The figures where a call may be so many lines away."""

    calls: F1
    """Function and line."""
    with_arguments: F1
    """Function, line and all arguments, white space apart."""
    whole_programs: float
    """The share of programs with every call and argument right, and no other call."""


@dataclass(frozen=True)
class MpiScores:
    """The figures over a set of programs."""

    items: int
    within: dict[int, Within]
    """By tolerance."""
    anywhere: F1
    """Functions, wherever they stand."""


def score_mpi(answers: Iterable[ProgramAnswer]) -> MpiScores:
    """The figures over all `answers`."""
    listed = list(answers)
    within = {tolerance: _within(listed, tolerance) for tolerance in TOLERANCES}
    return MpiScores(len(listed), within, sum(map(_anywhere, listed), F1()))


def _within(answers: Sequence[ProgramAnswer], tolerance: int) -> Within:
    calls, with_arguments, whole = F1(), F1(), 0
    for one in answers:
        matched = list(_matched(one, tolerance))
        sizes = len(one.answered), len(one.wanted)
        exact = sum(_arguments(wanted) == _arguments(answered) for wanted, answered in matched)
        calls += F1(len(matched), *sizes)
        with_arguments += F1(exact, *sizes)
        whole += exact == len(one.wanted) == len(one.answered)
    return Within(calls, with_arguments, whole / len(answers) if answers else 0.0)


def _matched(one: ProgramAnswer, tolerance: int) -> Iterator[tuple[PlacedCall, PlacedCall]]:
    """Each wanted call with the answer that stands for it: the nearest, and of those the one with most arguments right;
    no answer stands for two.
    """
    left = list(enumerate(one.answered))
    for wanted in one.wanted:
        near = [
            (abs(call.line - wanted.line), -_alike(wanted, call), i)
            for i, call in left
            if call.function == wanted.function and abs(call.line - wanted.line) <= tolerance
        ]
        if near:
            best = min(near)[2]
            left = [(i, call) for i, call in left if i != best]
            yield wanted, one.answered[best]


def _alike(wanted: PlacedCall, answered: PlacedCall) -> int:
    return sum(a == b for a, b in zip(_arguments(wanted), _arguments(answered), strict=False))


def _arguments(call: PlacedCall) -> tuple[str, ...]:
    return tuple("".join(argument.split()) for argument in call.arguments)


def _anywhere(one: ProgramAnswer) -> F1:
    wanted, answered = (Counter(call.function for call in calls) for calls in (one.wanted, one.answered))
    return F1((wanted & answered).total(), answered.total(), wanted.total())
