"""Words that are several ids, errors that stay, copies that go their own way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from hpcls.errors import HpclsError
from hpcls.inference.constraint_words import WordConstraint, WordIds

SPELLINGS = {"a": (1,), "ab": (1, 2), "abc": (1, 2, 3), "d": (4,), "de": (5, 6), ".": (7,)}


class Table:
    """A vocabulary in which words begin alike."""

    def spell(self, word: str) -> tuple[int, ...]:
        return SPELLINGS[word]


@dataclass(frozen=True)
class Lines:
    """A grammar that is a list of all its answers."""

    answers: tuple[tuple[str, ...], ...]

    @property
    def following(self) -> frozenset[str]:
        return frozenset(answer[0] for answer in self.answers if answer)

    def after(self, word: str) -> Lines:
        return Lines(tuple(answer[1:] for answer in self.answers if answer[:1] == (word,)))

    def closing(self) -> tuple[str, ...]:
        return min(self.answers, key=len)


def constraint(*answers: str) -> WordConstraint:
    return WordConstraint(Lines(tuple(tuple(answer.split()) for answer in answers)), WordIds(Table()))


def test_ids_are_rising_and_of_the_right_type() -> None:
    ids = constraint("de .", "d .", "ab .").allowed()
    assert ids.tolist() == [1, 4, 5]
    assert ids.dtype == np.int64


def test_a_word_that_begins_another_may_end_or_go_on() -> None:
    place = constraint("a .", "abc d .")
    place.advance(1)
    assert place.allowed().tolist() == [2, 7]
    ended = place.fork()
    ended.advance(7)
    assert ended.is_done
    place.advance(2)
    assert place.forced() == [3, 4, 7]


def test_forced_stops_where_there_is_a_choice_and_takes_nothing() -> None:
    place = constraint("de d a .", "de d ab .")
    assert place.forced() == [5, 6, 4, 1]
    assert place.allowed().tolist() == [5]


def test_the_shortest_ending_also_from_within_a_word() -> None:
    place = constraint("abc de d .", "ab d d . .")
    assert place.closing() == [1, 2, 3, 5, 6, 4, 7]
    place.advance(1)
    assert place.closing() == [2, 4, 4, 7, 7]


def test_an_id_that_is_not_allowed_spoils_the_answer_for_good() -> None:
    place = constraint("a .")
    copy = place.fork()
    with pytest.raises(HpclsError, match="token 9"):
        place.advance(9)
    for attempt in (place.allowed, place.forced, place.closing, place.fork, lambda: place.advance(1)):
        with pytest.raises(HpclsError, match="token 9"):
            attempt()
    copy.advance(1)
    assert copy.allowed().tolist() == [7]


def test_nothing_follows_the_end() -> None:
    place = constraint("d .")
    for one in (4, 7):
        assert not place.is_done
        place.advance(one)
    assert place.is_done
    assert place.allowed().size == 0
    assert place.forced() == []
    assert place.closing() == []
    with pytest.raises(HpclsError):
        place.advance(4)
