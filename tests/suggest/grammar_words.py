"""A small vocabulary, and walks through constraints, in words."""

from __future__ import annotations

import re
from collections.abc import Callable

from hpcls.inference.constraint import Constraint

_LONG = re.compile(r"([a-z]+_\d|\d)(\d+)")


class Vocabulary:
    """Numbers behind the first digit are spelled digit by digit: `var_12` begins as `var_1` does."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._ids: dict[str, int] = {}

    def spell(self, word: str) -> tuple[int, ...]:
        match = _LONG.fullmatch(word)
        return (self._id(f"▁{match[1]}"), *map(self._id, match[2])) if match else (self._id(f"▁{word}"),)

    def read(self, ids: list[int]) -> str:
        """The words that `ids` stand for, one blank apart."""
        return "".join(self._texts[i] for i in ids).replace("▁", " ").strip()

    def _id(self, text: str) -> int:
        if text not in self._ids:
            self._ids[text] = len(self._texts)
            self._texts.append(text)
        return self._ids[text]


def say(constraint: Constraint, vocabulary: Vocabulary, text: str) -> None:
    """Advances by the words of `text`."""
    for word in text.split():
        for one in vocabulary.spell(word):
            constraint.advance(one)


def allowed(constraint: Constraint, vocabulary: Vocabulary) -> set[str]:
    """The pieces that may come next; `▁` stands only in the test's own vocabulary."""
    return {vocabulary.read([int(one)]) for one in constraint.allowed()}


def takes(constraint: Constraint, vocabulary: Vocabulary, text: str) -> bool:
    """Whether `text` is an answer, or the beginning of one."""
    place = constraint.fork()
    for word in text.split():
        for one in vocabulary.spell(word):
            if one not in place.allowed():
                return False
            place.advance(one)
    return True


def walk(constraint: Constraint, pick: Callable[[int], int], limit: int = 10_000) -> list[int]:
    """An answer, `pick(n)` being the index of the one chosen among n ids; not more than `limit` ids."""
    ids: list[int] = []
    while not constraint.is_done and len(ids) < limit:
        choices = constraint.allowed()
        ids.append(int(choices[pick(len(choices))]))
        constraint.advance(ids[-1])
    return ids
