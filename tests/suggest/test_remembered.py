"""Answers are remembered, the newest ones, and a question that failed is asked again."""

from __future__ import annotations

import pytest

from hpcls.suggest.remembered import Remembered


def test_a_question_is_asked_once() -> None:
    known, asked = Remembered[str](), list[str]()

    def ask() -> str:
        asked.append("asked")
        return "yes"

    assert [known.answer(("a", 1), ask) for _ in range(3)] == ["yes"] * 3
    assert asked == ["asked"]


def test_the_one_that_was_not_asked_for_the_longest_time_goes() -> None:
    known = Remembered[int](most=2)
    for question in ("a", "b", "a", "c"):
        known.answer(question, lambda: 1)
    assert known.answer("a", lambda: 2) == 1
    assert known.answer("b", lambda: 2) == 2


def test_what_failed_is_not_remembered() -> None:
    known = Remembered[int]()
    with pytest.raises(ZeroDivisionError):
        known.answer("a", lambda: 1 // 0)
    assert known.answer("a", lambda: 3) == 3
