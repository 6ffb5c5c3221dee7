"""Halves of `#if … #else … #endif` with nothing in them: MPI started in the first, and ended in the last.  Only for
answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hpcls.suggest.mpi.facts.draft import END, STARTS, Draft
from hpcls.suggest.mpi.placed import PlacedCall

_OPENS = re.compile(r"\s*#\s*(?:if|ifdef|ifndef|elif|else)\b")
_CLOSES = re.compile(r"\s*#\s*(?:elif|else|endif)\b")
_PAIR = ("MPI_Comm_rank", "MPI_Comm_size")


def into_conditionals(draft: Draft, calls: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`calls`, by line, the frame of the program moved into such halves: the start and the questions for rank and size
    there, and the last end.
    """
    listed, hollow = list(calls), _hollow(draft)
    middle = sum((draft.function.lines[0], draft.function.lines[-1])) / 2
    first = next((line for line in hollow if line < middle), None)
    last = next((line for line in reversed(hollow) if line > middle), None)
    ends = [call.line for call in listed if call.function == END]
    for call in listed:
        if first is not None and (call.function in STARTS or _is_asked_at(draft, call, first)):
            yield replace(call, line=first)
        elif last is not None and call.function == END and call.line == max(ends):
            yield replace(call, line=last)
        else:
            yield call


def _hollow(draft: Draft) -> list[int]:
    """The lines of `#if` or `#else` with nothing before the end of their half, in the function."""
    lines, source = draft.function.lines, draft.function.source
    return [at for at in lines[:-1] if _OPENS.match(source.line_text(at)) and _CLOSES.match(source.line_text(at + 1))]


def _is_asked_at(draft: Draft, call: PlacedCall, line: int) -> bool:
    """Whether the call asks for the rank or the size, the variable of which is declared in front of `line`."""
    symbols = (one.symbol for one in draft.function.variables if one.name in call.names)
    lines = (draft.function.source.line(symbol.start) for symbol in symbols if symbol)
    return call.function in _PAIR and any(declared < line for declared in lines)
