"""What an answer is given at each gap, in front of a model's decision: the words that follow in the code, and what the
rules propose.

    <L5> for ( <answer> <L6> if ( unknown var_1 <facts> MPI_Comm_rank ( MPI_COMM_WORLD , & var_1 ) <answer>

`rank` says that not all processes come there, `size` that a loop goes through them.  Behind `unknown` stands what the
next line reads and nothing has set, behind `calls` what the last one sets and nothing reads.  The rules for MPI see a
program's text and its names, which a prompt has lost; a model learns when to follow them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import get_args

from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.prompt.branches import branches_of
from hpcls.suggest.prompt.values import Values, values_of
from hpcls.suggest.prompt.words import ANSWER, FACTS, gap_line, line_marker
from hpcls.syntax.source import parse
from hpcls.tokens.encode import encode
from hpcls.tokens.symbols import SymbolPrefix, SymbolTable

Proposals = Mapping[int, tuple[str, ...]]
"""The number of the line behind which a gap lies → the calls in it, as words."""
_GLIMPSE = 2
"""Words of the line behind a gap."""


@dataclass(frozen=True)
class Gaps:
    """What the words of a prompt tell about its gaps."""

    words: Sequence[str]
    values: Values
    branches: Mapping[int, tuple[str, ...]]

    @staticmethod
    def of(code: Sequence[str], question: Sequence[str]) -> Gaps:
        """`code` are the words up to the question."""
        return Gaps(code, values_of(code), branches_of(code, question))

    def given(self, line: int, calls: Sequence[str] = ()) -> tuple[str, ...]:
        """What stands behind the marker of the gap behind `line`; `calls` are words that the rules propose there."""
        behind = self.words.index(line_marker(line + 1)) + 1
        glimpse = takewhile(lambda word: gap_line(word) is None, self.words[behind : behind + _GLIMPSE])
        unset, unread = self.values.read_unset.get(line + 1, ()), self.values.set_unread.get(line, ())
        told = (self.branches.get(line, ()), _headed("unknown", unset), _headed("calls", unread), _headed(FACTS, calls))
        return (*glimpse, *chain.from_iterable(told), ANSWER)


def _headed(head: str, words: Sequence[str]) -> tuple[str, ...]:
    return (head, *words) if words else ()


def proposals(calls: Iterable[PlacedCall], ends: Sequence[int], names: SymbolTable) -> Proposals:
    """The calls as words; `ends` holds for each line of the prompt the line of the text that it ends in."""
    found: dict[int, list[str]] = {}
    for call in calls:
        found.setdefault(bisect_right(ends, call.line), []).extend(_words(call, names))
    return {gap: tuple(words) for gap, words in found.items()}


def _words(call: PlacedCall, names: SymbolTable) -> tuple[str, ...]:
    """The call in symbols; only its function where it holds a name that has none."""
    source = parse(call.text, "call.c", "c")
    encoded = encode(source, names, (0, len(source.data)))
    words = [_known(word, encoded.names, names) for word in encoded.tokens]
    return tuple(word for word in words if word is not None) if None not in words else (call.function,)


def _known(word: str, own: SymbolTable, names: SymbolTable) -> str | None:
    """The symbol that `names` has for what is `word` in the call alone, where nothing is declared."""
    if word not in own.spellings or word in names.spellings:
        return word
    spelling = own.spelled(word)
    kinds: tuple[SymbolPrefix, ...] = get_args(SymbolPrefix)
    return next((symbol for kind in kinds if (symbol := names.symbol(kind, spelling))), None)
