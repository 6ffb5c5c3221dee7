"""Answers about MPI gap by gap: each is named, with what is given there, and then filled or passed over.

    <L3> int var_2 <answer> <L4> if ( <facts> MPI_Barrier ( var_0 ) <answer> MPI_Barrier ( var_0 ) <L5> … <end>

Where a call belongs is one decision a gap, which a model takes where it reads the gap's marker; it need not find the
place among hundreds of numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hpcls.inference.grammar import Grammar
from hpcls.suggest.grammar.mpi_states import Answer, AtFunction, InCall
from hpcls.suggest.grammar.states import FINISH, Given
from hpcls.suggest.prompt.words import END, gap_line, gap_marker

LONGEST = 720
"""Words behind which only the end comes: the longest answers have 780 tokens, and most calls fewer than 60."""


@dataclass(frozen=True)
class Gapwise(Answer):
    """Behind a gap's marker and what is given there, or behind a call in it."""

    @property
    def following(self) -> frozenset[str]:
        """A function, the next gap, or the end: there is nothing more to come from here on."""
        if self.left == 0 or self.words > LONGEST:
            return frozenset({END})
        is_full = bool(self.said and (self.gap.is_value or self.gap.is_branch))
        functions = frozenset[str]() if is_full else AtFunction(self).following
        return functions | {END, *self._next()}

    def after(self, word: str) -> Grammar:
        """Behind the name of a function, the next gap's marker, or the end."""
        if word == END:
            return FINISH.after(word)
        return InCall.begin(self, word) if gap_line(word) is None else self.opened(self.at + 1)

    def opened(self, at: int) -> Grammar:
        """Behind the marker of the gap with that index."""
        given = self.question.gaps[at].given
        there = replace(self, at=at, said=(), words=self.words + 1 + len(given))
        return Given(given, there) if given else there

    def _next(self) -> tuple[str, ...]:
        gaps = self.question.gaps
        return (gap_marker(gaps[self.at + 1].line),) if self.at + 1 < len(gaps) else ()
