"""Programs that somebody has not finished: some of their MPI calls are taken out, and what hpcls would show of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from hpcls.evaluation.mpi_scores import ProgramAnswer
from hpcls.evaluation.own_programs import Removed, lines_of_code, removable, without
from hpcls.suggest.mpi.missing import Proposals, suggest_mpi
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.mpi import mpi_calls
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse

SKELETON = frozenset({"MPI_Init", "MPI_Init_thread", "MPI_Comm_rank", "MPI_Comm_size", "MPI_Finalize"})
"""What programs begin and end with."""
_Chosen = Callable[[Sequence[Removed], Random], Sequence[Removed]]


def _inner(calls: Sequence[Removed]) -> list[Removed]:
    return [one for one in calls if one.call.name not in SKELETON]


def _one(calls: Sequence[Removed], random: Random) -> Sequence[Removed]:
    inner = _inner(calls)
    return [random.choice(inner)] if inner else []


def _half(calls: Sequence[Removed], random: Random) -> Sequence[Removed]:
    return [one for one in _inner(calls) if random.random() < 0.5]


MASKINGS: Mapping[str, _Chosen] = MappingProxyType(
    {
        "nothing": lambda _calls, _random: [],
        "one call": _one,
        "half of what stands between start and end": _half,
        "all that stands between start and end": lambda calls, _random: _inner(calls),
        "everything": lambda calls, _random: calls,
    }
)
"""What is taken out of a program, by a name for it."""


@dataclass(frozen=True)
class HalfWritten:
    """A program without some of its calls, with what is shown of it."""

    masking: str
    answer: ProgramAnswer
    """Only lines of code are counted: the place of a call is between two of them."""


def half_written(source: Source, seed: int, propose: Proposals | None = None) -> Iterator[HalfWritten]:
    """One for each of MASKINGS that takes something out of `source`, or is to take out nothing."""
    calls = [one for call in mpi_calls(source) for one in removable(call)]
    for name, choose in MASKINGS.items():
        chosen = choose(calls, Random(f"{seed} {name}"))
        if chosen or name == "nothing":
            yield HalfWritten(name, _answer(source, chosen, propose))


def _answer(source: Source, chosen: Sequence[Removed], propose: Proposals | None) -> ProgramAnswer:
    text = without(source, [(one.start, one.end) for one in chosen])
    left = parse(text.decode("utf-8", "replace"), source.path, source.language)
    code = lines_of_code(left)
    shown = suggest_mpi(left, scopes_of(left), lambda _call: True, propose)
    calls = (
        PlacedCall(one.after_line or 0, one.function, one.arguments, one.confidence) for one in shown if one.function
    )
    answered = tuple(replace(call, line=bisect_left(code, call.line + 1)) for call in calls)
    return ProgramAnswer(tuple(_wanted(one, source, code) for one in chosen), answered)


def _wanted(one: Removed, source: Source, code: Sequence[int]) -> PlacedCall:
    """Behind the lines of code in front of it; a value belongs to its own."""
    line = source.line(one.start)
    arguments = tuple(argument.text for argument in one.call.arguments)
    return PlacedCall(bisect_left(code, line + one.is_dangling), one.call.name, arguments)
