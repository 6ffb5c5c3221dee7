"""Answers of published models, walked at random or told, without any model."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from hpcls.inference.constraint_text import END, TextConstraint, TextPieces
from hpcls.inference.grammar import Grammar
from hpcls.suggest.published.advisor import Written
from hpcls.tokens.byte_pairs import BytePairs, from_bytes
from tests.published import write_vocabulary


def vocabulary(folder: Path) -> BytePairs:
    """A small one of GPT-2's kind."""
    pytest.importorskip("tokenizers")
    from hpcls.training.neox_vocabulary import read_vocabulary

    write_vocabulary(folder)
    return BytePairs.read(read_vocabulary(folder), "tiny")


class Walk:
    """Ways through a grammar."""

    def __init__(self, grammar: Grammar, pieces: BytePairs) -> None:
        self._grammar = grammar
        self._text = TextPieces(pieces)
        self._pieces = pieces

    def told(self, text: str) -> Written:
        """`text`, in the pieces that the vocabulary has for it, and the end.  Raises HpclsError where it may not."""
        return self._taken([*self._pieces.encode(text), self._pieces.end])

    def drawn(self, seed: int, longest: int = 120) -> tuple[Written, str]:
        """An answer of pieces drawn from what is allowed, and its text."""
        place, drawn = TextConstraint(self._grammar, self._text), random.Random(seed)
        ids: list[int] = []
        while not place.is_done:
            run = place.forced() or [int(drawn.choice(place.allowed()))] if len(ids) < longest else place.closing()
            for one in run:
                place.advance(one)
            ids += run
        text = "".join(map(self._text.text, ids)).removesuffix(END)
        return self._taken(ids), from_bytes(text)

    def _taken(self, ids: list[int]) -> Written:
        place = TextConstraint(self._grammar, self._text)
        tokens: list[tuple[int, float]] = []
        at = 0
        for one in ids:
            place.advance(one)
            tokens.append((at, 0.5))
            at += len(self._text.text(one))
        assert place.is_done
        return Written(place.grammar, tuple(tokens), is_cut_off=False)
