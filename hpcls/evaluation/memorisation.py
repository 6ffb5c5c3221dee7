"""What answers share with training files, names apart: whether a model has learnt by heart.

Texts are compared as Tokompiler's tokens (Kadosh et al., arXiv:2308.09440) with one word for all names of a program's
own, so that renaming hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hpcls.corpus.model import Document
from hpcls.evaluation.suffix_automaton import SuffixAutomaton
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.source import parse
from hpcls.tokens.encode import encode

_NAME = re.compile(r"(?:var|arr|func|type|struct|enum|const|field|macro|ns|label|word)_\d+")
_LITERAL = re.compile(r"(num|str|chr|hdr|txt)_\d+")


@dataclass(frozen=True)
class Answer:
    """What was answered about one file or loop, as program text."""

    id: str
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Shared:
    """The longest run of tokens that an answer shares with a training file."""

    answer: Answer
    tokens: tuple[str, ...]
    place: str
    """The first file that has it; empty where none has any token of it."""
    files: int
    """How many have it, at least: what many have is nobody's."""

    @property
    def is_whole(self) -> bool:
        """Whether all of the answer stands in that file."""
        return len(self.tokens) == len(self.answer.tokens)


def tokens_apart(text: str, language: LanguageName) -> tuple[str, ...]:
    """The tokens of a text, names apart."""
    words = encode(parse(text, "text", language)).tokens
    return tuple(_LITERAL.sub(r"\1", "name" if _NAME.fullmatch(word) else word) for word in words)


class Comparison:
    """Answers to compare with any number of training files."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._answers = answers
        self._automaton = SuffixAutomaton(one.tokens for one in answers)

    def read(self, document: Document) -> dict[int, int]:
        """What the answers share with one training file, for `shared`; nothing of Fortran."""
        if document.language == "fortran":
            return {}
        return self._automaton.read(tokens_apart(document.text, document.language))

    def shared(self, read: Iterable[tuple[str, dict[int, int]]]) -> Iterator[Shared]:
        """The longest run of each answer; `read` are the places of training files with what was read there."""
        most: dict[int, int] = {}
        places: dict[int, tuple[str, int]] = {}
        for place, found in read:
            for state, length in found.items():
                if length > most.get(state, 0):
                    most[state], places[state] = length, (place, 1)
                elif length == most[state]:
                    first, files = places[state]
                    places[state] = first, files + 1
        for answer in self._answers:
            yield self._longest(answer, most, places)

    def _longest(self, answer: Answer, most: dict[int, int], places: dict[int, tuple[str, int]]) -> Shared:
        runs = enumerate(self._automaton.shared(answer.tokens, most), 1)
        end, (length, state) = max(runs, key=lambda run: run[1][0], default=(0, (0, 0)))
        return Shared(answer, answer.tokens[end - length : end], *places.get(state, ("", 0)))
