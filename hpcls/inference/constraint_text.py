"""A grammar over words as a constraint over pieces of text: a piece may be part of a word or go over several.

Published models write plain text in byte-level pieces whose borders are not those of words: `(&`, `);`, `_`, `Init`.
The words of the grammar are followed character by character, all readings of the text so far side by side; a piece is
allowed where some reading can go on with all of its characters (Willard & Louf 2023, arXiv:2307.09702, do so for
regular languages; llguidance for context-free ones, see `grammar_rules` for why it is not used).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np

from hpcls.errors import HpclsError
from hpcls.inference.constraint import Ids
from hpcls.inference.grammar import Grammar

END = "\0"
"""The last word of every answer: the id that ends a text.  It is in no other word."""


class Vocabulary(Protocol):
    """hpcls.tokens.byte_pairs.BytePairs."""

    pieces: tuple[str, ...]
    """Id → its bytes, each as one character; empty where it is no text."""
    end: int
    """The id that ends a text."""

    def spelled(self, characters: str) -> list[int]:
        """The ids of bytes, each written as one character, as the model was taught to write them."""
        ...


@dataclass(eq=False, slots=True)
class _Branch:
    """A place within the texts that begin alike."""

    whole: list[str | int] = field(default_factory=list["str | int"])
    """What is complete here: a word, or the ids of pieces."""
    next: dict[str, _Branch] = field(default_factory=dict[str, "_Branch"])

    def add(self, text: str, what: str | int) -> None:
        branch = self
        for character in text:
            branch = branch.next.setdefault(character, _Branch())
        branch.whole.append(what)


class TextPieces:
    """A vocabulary as branching characters; sets of words that were asked for before are remembered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._words: dict[frozenset[str], _Branch] = {}

    @cached_property
    def root(self) -> _Branch:
        """Where all pieces begin."""
        root = _Branch()
        for one, text in enumerate(self.vocabulary.pieces):
            if text:
                root.add(text, one)
        root.add(END, self.vocabulary.end)
        return root

    def branch(self, words: frozenset[str]) -> _Branch:
        """Where all of `words` begin."""
        found = self._words.get(words)
        if found is None:
            found = self._words[words] = _Branch()
            for word in words:
                found.add(word, word)
        return found

    def text(self, token_id: int) -> str:
        """The characters of an id."""
        return END if token_id == self.vocabulary.end else self.vocabulary.pieces[token_id]

    def ids(self, text: str) -> list[int]:
        """The ids of some characters, of which END can only be the last."""
        ids = self.vocabulary.spelled(text.removesuffix(END))
        return [*ids, self.vocabulary.end] if text.endswith(END) else ids


@dataclass(eq=False)
class _Between:
    """A place between two words; where each leads is found once."""

    grammar: Grammar
    pieces: TextPieces
    _behind: dict[str, _Between] = field(default_factory=dict[str, "_Between"])

    @cached_property
    def branch(self) -> _Branch:
        return self.pieces.branch(self.grammar.following)

    def after(self, word: str) -> _Between:
        found = self._behind.get(word)
        if found is None:
            found = self._behind[word] = _Between(self.grammar.after(word), self.pieces)
        return found


_Reading = tuple[_Between, _Branch]
"""The last place between words, and how far the next word has come."""


class TextConstraint:
    """A place in an answer, perhaps within a word."""

    def __init__(self, grammar: Grammar, pieces: TextPieces) -> None:
        """Words are characters that stand for bytes; the last word of every answer is END."""
        start = _Between(grammar, pieces)
        self._pieces = pieces
        self._readings: list[_Reading] = [(start, start.branch)]
        self._allowed: Ids | None = None
        self._error = ""

    @property
    def is_done(self) -> bool:
        """Whether the answer is complete."""
        self._check()
        return not any(_characters(self._readings))

    @property
    def grammar(self) -> Grammar:
        """The place between words that was passed last; behind the last word where the answer is complete."""
        between, branch = self._readings[0]
        return between.after(str(branch.whole[0])).grammar if branch.whole else between.grammar

    def allowed(self) -> Ids:
        """The ids that may come next."""
        self._check()
        if self._allowed is None:
            found = sorted(self._fitting(self._pieces.root, self._readings))
            self._allowed = np.array(found, np.int64)
            self._allowed.setflags(write=False)
        return self._allowed

    def _fitting(self, branch: _Branch, readings: Sequence[_Reading]) -> Iterable[int]:
        yield from (int(one) for one in branch.whole)
        for character, then in branch.next.items():
            left = _step(readings, character)
            if left:
                yield from self._fitting(then, left)

    def forced(self) -> list[int]:
        """The longest run of ids that is the only way on, but for the last: it might be written with what follows."""
        self._check()
        text, readings = "", self._readings
        while len(ways := _characters(readings)) == 1:
            text += (character := next(iter(ways)))
            readings = _step(readings, character)
        ids = self._pieces.ids(text)
        return ids if text.endswith(END) else ids[:-1]

    @property
    def handicaps(self) -> Mapping[int, float]:
        """None."""
        return {}

    def likely(self) -> Sequence[int]:
        """Nothing is known of it."""
        return ()

    def advance(self, token_id: int) -> None:
        """Takes one id.  Raises HpclsError where it is not allowed, and ever after."""
        self._check()
        readings = self._readings
        text = self._pieces.text(token_id)
        for character in text:
            readings = _step(readings, character)
        if not readings or not text:
            self._error = f"token {token_id} cannot stand here in an answer"
            self._check()
        self._readings, self._allowed = readings, None

    def fork(self) -> TextConstraint:
        """The same place once more."""
        self._check()
        copy = TextConstraint(self._readings[0][0].grammar, self._pieces)
        copy._readings, copy._allowed = self._readings, self._allowed
        return copy

    def closing(self) -> list[int]:
        """The run of ids that completes the answer in the fewest words, the word that is begun in the shortest way."""
        self._check()
        between, branch = self._readings[0]
        rest = ""
        if branch is not between.branch:
            rest, word = _shortest(branch)
            between = between.after(word)
        return self._pieces.ids(rest + "".join(between.grammar.closing()))

    def _check(self) -> None:
        if self._error:
            raise HpclsError(self._error)


def _characters(readings: Sequence[_Reading]) -> set[str]:
    """What may come next."""
    found: set[str] = set()
    for between, branch in readings:
        found.update(branch.next)
        for word in branch.whole:
            found.update(between.after(str(word)).branch.next)
    return found


def _step(readings: Sequence[_Reading], character: str) -> list[_Reading]:
    """The readings that go on with `character`: within a word, or with the first of the next.

    A text is read as a program is: two names or numbers have something between them, so that nothing of the grammar has
    to be looked at where one would go on right behind the other.
    """
    found: list[_Reading] = []
    for between, branch in readings:
        if character in branch.next:
            found.append((between, branch.next[character]))
        for word in branch.whole:
            if _is_wordy(str(word)[-1]) and _is_wordy(character):
                continue
            behind = between.after(str(word))
            if character in behind.branch.next:
                found.append((behind, behind.branch.next[character]))
    return found


def _is_wordy(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _shortest(branch: _Branch) -> tuple[str, str]:
    """The fewest characters that complete a word, and that word."""
    places = [("", branch)]
    for rest, place in places:  # breadth first: the list grows while it is read
        if place.whole:
            return rest, str(place.whole[0])
        places += [(rest + character, then) for character, then in sorted(place.next.items())]
    raise AssertionError(branch)
