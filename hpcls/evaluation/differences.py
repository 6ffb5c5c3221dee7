"""In what an answer differs from what its author wrote: the clauses of a directive, the calls of a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hpcls.evaluation.mpi_scores import TOLERANCES
from hpcls.evaluation.openmp_scores import Scoping
from hpcls.suggest.mpi.placed import PlacedCall

Kind = Literal["missing", "surplus", "elsewhere", "near", "arguments"]
"""`elsewhere`: further away than any tolerance of the scores; `near`: within it, but not at the same line."""


@dataclass(frozen=True)
class CallDifference:
    """One call that is not as its author wrote it."""

    kind: Kind
    wanted: PlacedCall | None
    answered: PlacedCall | None

    @property
    def function(self) -> str:
        """Of the call."""
        call = self.wanted or self.answered
        return call.function if call else ""


def clause_differences(wanted: Scoping, answered: Scoping) -> tuple[str, ...]:
    """`-private(t)` for what is missing, `+reduction(+:s)` for what is too much."""
    pairs = ((wanted, answered, "-"), (answered, wanted, "+"))
    return tuple(
        text
        for one, other, sign in pairs
        for text in (
            *(f"{sign}private({name})" for name in sorted(one.private - other.private)),
            *(f"{sign}reduction({by}:{name})" for by, name in sorted(one.reductions - other.reductions)),
        )
    )


def call_differences(wanted: Sequence[PlacedCall], answered: Sequence[PlacedCall]) -> Iterator[CallDifference]:
    """Every call that is missing, too much, at another line or with other arguments; each answer stands for one call,
    those at their lines first, then the nearest.
    """
    left, open_calls = list(answered), list(wanted)
    for reach in (0, TOLERANCES[-1], None):
        for call in list(open_calls):
            found = _nearest(call, left, reach)
            if found is not None:
                left.remove(found)
                open_calls.remove(call)
                yield from _difference(call, found)
    yield from (CallDifference("missing", call, None) for call in open_calls)
    yield from (CallDifference("surplus", None, call) for call in left)


def _nearest(call: PlacedCall, answered: Sequence[PlacedCall], reach: int | None) -> PlacedCall | None:
    found = [one for one in answered if one.function == call.function]
    near = [one for one in found if reach is None or abs(one.line - call.line) <= reach]
    return min(near, key=lambda one: (abs(one.line - call.line), _text(one) != _text(call)), default=None)


def _difference(wanted: PlacedCall, answered: PlacedCall) -> Iterator[CallDifference]:
    away = abs(wanted.line - answered.line)
    if away > TOLERANCES[-1]:
        yield CallDifference("elsewhere", wanted, answered)
    elif away:
        yield CallDifference("near", wanted, answered)
    elif _text(wanted) != _text(answered):
        yield CallDifference("arguments", wanted, answered)


def _text(call: PlacedCall) -> str:
    return "".join(call.text.split())
