"""Pieces that are parts of words or go over several: exactly those are allowed with which some answer goes on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.errors import HpclsError
from hpcls.inference.constraint_text import END, TextConstraint, TextPieces

from .test_constraint_words import Lines


class Pieces:
    """A vocabulary of given texts, written longest piece first; id 0 ends a text."""

    def __init__(self, *texts: str) -> None:
        self.end = 0
        self.pieces = ("", *texts)

    def spelled(self, characters: str) -> list[int]:
        ids: list[int] = []
        while characters:
            fitting = (one for one in self.pieces[1:] if characters.startswith(one))
            piece = max(fitting, key=len)
            ids.append(self.pieces.index(piece))
            characters = characters[len(piece) :]
        return ids


def constraint(pieces: Pieces, *answers: str) -> TextConstraint:
    """Of answers whose words are separated by `~`."""
    return TextConstraint(Lines(tuple((*answer.split("~"), END) for answer in answers)), TextPieces(pieces))


def texts(pieces: Pieces, place: TextConstraint) -> list[str]:
    return ["END" if i == pieces.end else pieces.pieces[i] for i in place.allowed()]


SIGNS = Pieces(*"ab(&,)_ ", "(&", "a,", ",b", "ab", "),")


def test_a_piece_may_go_over_several_words() -> None:
    place = constraint(SIGNS, "a~(~&~b~)", "a~(~b~)")
    assert texts(SIGNS, place) == ["a"]
    place.advance(SIGNS.pieces.index("a"))
    assert texts(SIGNS, place) == ["(", "(&"]
    place.advance(SIGNS.pieces.index("(&"))
    assert texts(SIGNS, place) == ["b"]


def test_words_that_begin_alike_stay_possible_side_by_side() -> None:
    place = constraint(SIGNS, "a~,~b", "ab~)")
    assert texts(SIGNS, place) == ["a", "a,", "ab"]
    place.advance(SIGNS.pieces.index("a"))
    assert texts(SIGNS, place) == ["b", ",", ",b"]


def test_what_is_forced_is_written_as_the_vocabulary_does_but_for_its_last_piece() -> None:
    place = constraint(SIGNS, "a~(~&~b~)", "a~(~&~b~,")
    assert [SIGNS.pieces[i] for i in place.forced()] == ["a", "(&"]
    assert constraint(SIGNS, "a~,~b").forced() == [*SIGNS.spelled("a,b"), SIGNS.end]
    assert constraint(SIGNS, "a~(", "b~(").forced() == []


def test_an_error_stays_and_copies_go_their_own_way() -> None:
    place = constraint(SIGNS, "a~(")
    copy = place.fork()
    with pytest.raises(HpclsError, match="cannot stand here"):
        place.advance(SIGNS.pieces.index("b"))
    with pytest.raises(HpclsError, match="cannot stand here"):
        place.allowed()
    copy.advance(SIGNS.pieces.index("a"))
    assert texts(SIGNS, copy) == ["("]


WORDS = st.lists(st.from_regex(r"[ (,][ab]{0,2}", fullmatch=True), min_size=1, max_size=4)
ANSWERS = st.lists(WORDS, min_size=1, max_size=5)
RUNS = st.sets(st.text("ab(, ", min_size=2, max_size=4), max_size=12)


@given(ANSWERS, RUNS, st.randoms(use_true_random=False))
def test_exactly_the_pieces_with_which_an_answer_goes_on_are_allowed(
    answers: list[list[str]], runs: set[str], random: np.random.RandomState
) -> None:
    pieces = Pieces(*"ab(, ", *sorted(runs))
    place = TextConstraint(Lines(tuple((*words, END) for words in answers)), TextPieces(pieces))
    whole = {"".join(words) for words in answers}
    said = ""
    while not place.is_done:
        wanted = {
            i for i, text in enumerate(pieces.pieces) if text and any(one.startswith(said + text) for one in whole)
        }
        wanted |= {pieces.end} if said in whole else set()
        assert set(place.allowed()) == wanted
        closed = place.fork()
        for one in place.closing():
            closed.advance(one)
        assert closed.is_done
        forced = place.fork()
        for one in place.forced():
            assert list(forced.allowed()) or forced.is_done
            forced.advance(one)
        token = sorted(wanted)[random.randint(0, len(wanted) - 1)]
        place.advance(token)
        said += pieces.pieces[token]
    assert said in whole
