"""A grammar over words as a constraint over ids: a word may be one id or be spelled as a run of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

import numpy as np

from hpcls.errors import HpclsError
from hpcls.inference.constraint import Ids
from hpcls.inference.grammar import Grammar

_AHEAD = 48
"""Ids of a draft that are read together: they take about as long as five one by one."""


class Speller(Protocol):
    """A vocabulary: hpcls.tokens.pieces.Pieces."""

    def spell(self, word: str) -> tuple[int, ...]:
        """The ids of one word, at least one."""
        ...


@dataclass(eq=False)
class _Branch:
    """A place within words that begin with the same ids."""

    word: str | None = None
    """The word that is complete here while longer ones go on."""
    next: dict[int, str | _Branch] = field(default_factory=dict[int, "str | _Branch"])
    """Id → the word that it completes, or where longer ones go on."""

    @cached_property
    def ids(self) -> Ids:
        found = np.array(sorted(self.next), np.int64)
        found.setflags(write=False)
        return found

    def endings(self) -> Iterable[tuple[tuple[int, ...], str]]:
        """Every word from here, and the ids that complete it."""
        if self.word is not None:
            yield (), self.word
        for one, then in self.next.items():
            if isinstance(then, str):
                yield (one,), then
            else:
                yield from (((one, *rest), word) for rest, word in then.endings())


class WordIds:
    """Sets of words as branching ids; sets that were asked for before are remembered."""

    def __init__(self, pieces: Speller) -> None:
        self._pieces = pieces
        self._branches: dict[frozenset[str], _Branch] = {}

    def branch(self, words: frozenset[str]) -> _Branch:
        """Where all of `words` begin."""
        found = self._branches.get(words)
        if found is None:
            found = self._branches[words] = _Branch()
            for word in words:
                _add(found, self._pieces.spell(word), word)
        return found

    def spelled(self, words: Iterable[str]) -> list[int]:
        """The ids of some words."""
        return [one for word in words for one in self._pieces.spell(word)]


def _add(branch: _Branch, ids: tuple[int, ...], word: str) -> None:
    *first, last = ids
    for one in first:
        then = branch.next.get(one)
        if not isinstance(then, _Branch):
            branch.next[one] = then = _Branch(then)
        branch = then
    then = branch.next.get(last)
    if isinstance(then, _Branch):
        then.word = word
    else:
        branch.next[last] = word


class WordConstraint:
    """A place in an answer of words, perhaps within one that is spelled as several ids.

    The last word of an answer has to begin no other.  Ids that go on within a word come before ids that begin the next
    one, should a vocabulary have both alike.
    """

    def __init__(
        self,
        grammar: Grammar,
        words: WordIds,
        draft: Sequence[int] = (),
        handicaps: Mapping[int, float] = MappingProxyType({}),
    ) -> None:
        """`draft`: ids that the answer will probably have, in this order, though others may come between them."""
        self.handicaps = handicaps
        self._grammar = grammar
        self._words = words
        self._draft = draft
        """What is left of it."""
        self._branch = words.branch(grammar.following)
        self._error = ""

    @property
    def is_done(self) -> bool:
        """Whether the answer is complete."""
        self._check()
        return not self._branch.next

    def allowed(self) -> Ids:
        """The ids that may come next."""
        self._check()
        if self._branch.word is None:
            return self._branch.ids
        return np.union1d(self._branch.ids, self._completed(self._branch.word).allowed())

    def forced(self) -> list[int]:
        """The longest run of ids that is the only way on."""
        place = self.fork()
        found: list[int] = []
        while len(ids := place.allowed()) == 1:
            found.append(int(ids[0]))
            place.advance(found[-1])
        return found

    def likely(self) -> Sequence[int]:
        """The rest of the draft where its next id may come now."""
        return self._draft[:_AHEAD] if self._draft and self._draft[0] in self.allowed() else ()

    def advance(self, token_id: int) -> None:
        """Takes one id.  Raises HpclsError where it is not allowed, and ever after."""
        self._go_on(token_id)
        if self._draft and self._draft[0] == token_id:
            self._draft = self._draft[1:]

    def _go_on(self, token_id: int) -> None:
        self._check()
        then = self._branch.next.get(token_id)
        if isinstance(then, _Branch):
            self._branch = then
        elif then is not None:
            self._take(then)
        elif self._branch.word is not None:
            self._take(self._branch.word)
            self._go_on(token_id)
        else:
            self._error = f"token {token_id} cannot stand here in an answer"
            self._check()

    def fork(self) -> WordConstraint:
        """The same place once more."""
        self._check()
        copy = WordConstraint(self._grammar, self._words, self._draft, self.handicaps)
        copy._branch = self._branch
        return copy

    def closing(self) -> list[int]:
        """The run of ids that completes the answer in the fewest words."""
        self._check()
        if self._branch is self._words.branch(self._grammar.following):
            return self._words.spelled(self._grammar.closing())
        endings = [
            [*rest, *self._words.spelled(self._grammar.after(word).closing())] for rest, word in self._branch.endings()
        ]
        return min(endings, key=len)

    def _take(self, word: str) -> None:
        self._grammar = self._grammar.after(word)
        self._branch = self._words.branch(self._grammar.following)

    def _completed(self, word: str) -> WordConstraint:
        return WordConstraint(self._grammar.after(word), self._words)

    def _check(self) -> None:
        if self._error:
            raise HpclsError(self._error)
