"""States that every grammar of answers needs: the end, and words that have no alternative."""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.inference.grammar import Grammar
from hpcls.suggest.prompt.words import END


@dataclass(frozen=True)
class Done:
    """Behind the last word."""

    @property
    def following(self) -> frozenset[str]:
        """Nothing."""
        return frozenset()

    def after(self, word: str) -> Grammar:
        """Never called: nothing follows."""
        raise AssertionError(word)

    def closing(self) -> tuple[str, ...]:
        """Nothing."""
        return ()


@dataclass(frozen=True)
class Given:
    """Words that come one after the other, and what comes behind them."""

    words: tuple[str, ...]
    then: Grammar

    @property
    def following(self) -> frozenset[str]:
        """The first of the words."""
        return frozenset(self.words[:1])

    def after(self, word: str) -> Grammar:
        """Behind the first of the words."""
        first, *rest = self.words
        if word != first:
            raise AssertionError(word)
        return Given(tuple(rest), self.then) if rest else self.then

    def closing(self) -> tuple[str, ...]:
        """The words, and how what is behind them ends."""
        return (*self.words, *self.then.closing())


@dataclass(frozen=True)
class OneOf:
    """Words all of which lead to the same place."""

    words: frozenset[str]
    then: Grammar

    @property
    def following(self) -> frozenset[str]:
        """Any of the words."""
        return self.words

    def after(self, word: str) -> Grammar:
        """Behind any of the words."""
        if word not in self.words:
            raise AssertionError(word)
        return self.then

    def closing(self) -> tuple[str, ...]:
        """The shortest of the words, and how what is behind it ends."""
        return (min(self.words, key=lambda word: (len(word), word)), *self.then.closing())


FINISH = Given((END,), Done())
"""In front of `<end>`."""
