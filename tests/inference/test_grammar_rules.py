"""Rules by their first word: what follows, what is optional, what is impossible, what is shortest."""

from __future__ import annotations

import pytest

from hpcls.errors import HpclsError
from hpcls.inference.grammar_rules import (
    NOTHING,
    Rule,
    Stack,
    after,
    closing,
    either,
    following,
    one_of,
    optional,
    word,
)

SUBSCRIPT = optional(word("[", one_of("ij"), word("]")))
LIST: Stack = (word("("), one_of(("a", "bb"), SUBSCRIPT), optional(word(",", one_of("c"))), word(")"))


def said(text: str) -> Stack | None:
    stack: Stack | None = LIST
    for one in text.split():
        stack = None if stack is None else after(stack, one)
    return stack


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "("),
        ("(", "a bb"),
        ("( a", "[ , )"),
        ("( a [", "i j"),
        ("( a [ j ]", ", )"),
        ("( bb , c", ")"),
        ("( a )", ""),
    ],
)
def test_what_may_follow(text: str, words: str) -> None:
    stack = said(text)
    assert stack is not None
    assert following(stack) == set(words.split())
    assert (not closing(stack)) == (not words)


@pytest.mark.parametrize("text", ["a", "( c", "( a ]", "( a [ k", "( a , c ,"])
def test_what_may_not(text: str) -> None:
    assert said(text) is None


def test_the_fewest_words_and_of_those_the_shortest() -> None:
    assert closing(LIST) == ("(", "a", ")")
    assert closing((either(word("x", word("y")), word("zzz")),)) == ("zzz",)


def test_what_leads_to_nothing_is_no_way() -> None:
    impossible = Rule({})
    assert not one_of("ab", impossible).is_possible
    assert optional(impossible).is_possible
    assert either(impossible, word("a")).words == {"a"}
    assert closing((NOTHING,)) == ()


def test_two_rules_that_begin_alike_are_a_mistake() -> None:
    with pytest.raises(HpclsError, match="a"):
        either(word("a"), one_of("ab"))
