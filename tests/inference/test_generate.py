"""Greedy decoding under a constraint, beside the same by hand; likelihoods of whole answers, beside their sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpcls.errors import Cancelled, ModelError
from hpcls.inference.cache import Context
from hpcls.inference.generate import generate, score
from hpcls.inference.session import Logits, Session

from .tiny import fresh

PROMPT = [2, 5, 7, 11, 13, 17, 19, 23]
END = 3


class OneOf:
    """The answer is one of some sequences, each of which ends with END, and only there; `guess` may be one of them."""

    def __init__(self, answers: Sequence[Sequence[int]], done: tuple[int, ...] = (), guess: Sequence[int] = ()) -> None:
        self.answers = [tuple(answer) for answer in answers]
        self.done = done
        self.guess = tuple(guess)
        self.handicaps: dict[int, float] = {}

    @property
    def is_done(self) -> bool:
        return self.done[-1:] == (END,)

    def allowed(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        place = len(self.done)
        following = {answer[place] for answer in self._left() if len(answer) > place}
        return np.array(sorted(following), np.int64)

    def forced(self) -> list[int]:
        fork, run = self.fork(), list[int]()
        while len(only := fork.allowed()) == 1:
            run.append(int(only[0]))
            fork.advance(run[-1])
        return run

    def likely(self) -> Sequence[int]:
        place = len(self.done)
        return self.guess[place:] if self.guess[:place] == self.done else ()

    def advance(self, token_id: int) -> None:
        assert token_id in self.allowed()
        self.done = (*self.done, token_id)

    def fork(self) -> OneOf:
        return OneOf(self.answers, self.done, self.guess)

    def closing(self) -> list[int]:
        return list(min(self._left(), key=len)[len(self.done) :])

    def _left(self) -> list[tuple[int, ...]]:
        return [answer for answer in self.answers if answer[: len(self.done)] == self.done]


some_answers = st.lists(
    st.lists(st.integers(10, 13), max_size=6).map(lambda answer: [*answer, END]), min_size=1, max_size=6
)


@pytest.fixture
def context(session: Session) -> Context:
    session.rollback(0)
    return Context(session)


def by_hand(session: Session, answers: Sequence[Sequence[int]]) -> tuple[list[int], list[float]]:
    """Token by token, nothing cached, nothing forced."""
    place, ids, probabilities = OneOf(answers), list[int](), list[float]()
    while not place.is_done:
        allowed = place.allowed()
        logits = fresh(session, [*PROMPT, *ids])[allowed].astype(np.float64)
        weights = np.exp(logits - logits.max())
        ids.append(int(allowed[weights.argmax()]))
        probabilities.append(float(weights.max() / weights.sum()))
        place.advance(ids[-1])
    return ids, probabilities


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=some_answers)
def test_an_answer_is_the_likeliest_token_at_each_place(session: Session, answers: list[list[int]]) -> None:
    expected, probabilities = by_hand(session, answers)
    session.rollback(0)
    found = generate(Context(session), PROMPT, OneOf(answers), limit=50)
    assert list(found.ids) in answers
    assert not found.is_closed
    if min(abs(p - 0.5) for p in [*probabilities, 1.0]) > 0.02:  # int8 rounding may turn a tie
        assert list(found.ids) == expected
        assert found.probabilities == pytest.approx(probabilities, abs=0.05)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=some_answers, number=st.integers(0, 5))
def test_what_is_read_ahead_changes_nothing(session: Session, answers: list[list[int]], number: int) -> None:
    session.rollback(0)
    expected = generate(Context(session), PROMPT, OneOf(answers), limit=50)
    session.rollback(0)
    guess = answers[number % len(answers)]
    found = generate(context := Context(session), PROMPT, OneOf(answers, guess=guess), limit=50)
    if min((abs(p - 0.5) for p in expected.probabilities), default=1) > 0.02:  # int8 rounding may turn a tie
        assert found.ids == expected.ids
        assert found.probabilities == pytest.approx(expected.probabilities, abs=0.05)
    assert context.ids[: len(PROMPT)] == tuple(PROMPT) or not expected.sampled


class Counting(Context):
    """Counts the runs of the model."""

    runs = 0

    def append(self, ids: Sequence[int], cancelled: Callable[[], bool] = lambda: False) -> Logits:
        self.runs += 1
        return super().append(ids, cancelled)

    def append_all(self, ids: Sequence[int]) -> Logits:
        self.runs += 1
        return super().append_all(ids)


def test_what_is_likely_is_read_in_one_run(session: Session) -> None:
    endless = [[10 + bits // 2**place % 2 for place in range(8)] + [END] for bits in range(256)]
    session.rollback(0)
    said = generate(alone := Counting(session), PROMPT, OneOf(endless), limit=50)
    session.rollback(0)
    again = generate(ahead := Counting(session), PROMPT, OneOf(endless, guess=said.ids), limit=50)
    assert again.ids == said.ids
    assert (alone.runs, ahead.runs) == (8, 2)


def test_tokens_without_an_alternative_are_read_together(context: Context) -> None:
    found = generate(context, PROMPT, OneOf([[20, 21, 22, 30, 40, END], [20, 21, 22, 31, 41, END]]), limit=50)
    assert (found.sampled, found.forced) == (1, 5)
    assert [p == 1.0 for p in found.probabilities] == [True, True, True, False, True, True]
    assert context.ids == (*PROMPT, 20, 21, 22)
    """What stands behind the last choice needs no run at all."""


def test_an_answer_without_a_choice_needs_no_model(context: Context) -> None:
    found = generate(context, PROMPT, OneOf([[20, 21, END]]), limit=50)
    assert (found.ids, found.log_probability) == ((20, 21, END), 0.0)
    assert context.computed == 0


def test_probabilities_are_among_what_is_allowed(context: Context) -> None:
    answers = [[20, END], [30, END], [40, END]]
    found = generate(context, PROMPT, OneOf(answers), limit=50)
    likelihoods = np.exp([score(context, PROMPT, [answer[:1]])[0] for answer in answers])
    assert np.exp(found.log_probability) == pytest.approx(likelihoods.max() / likelihoods.sum(), rel=0.05)


def test_a_handicap_changes_the_choice_but_no_probability(context: Context) -> None:
    place = OneOf([[20, END], [30, END]])
    likelier = generate(context, PROMPT, place, limit=50)
    place = OneOf([[20, END], [30, END]])
    place.handicaps = {likelier.ids[0]: 100.0}
    other = generate(context, PROMPT, place, limit=50)
    assert {likelier.ids[0], other.ids[0]} == {20, 30}
    assert likelier.probabilities[0] + other.probabilities[0] == pytest.approx(1, abs=0.05)


def test_an_answer_that_grows_too_long_is_ended_the_shortest_way(context: Context) -> None:
    endless = [[10 + bits // 2**place % 2 for place in range(8)] + [50, END] for bits in range(256)]
    found = generate(context, PROMPT, OneOf(endless), limit=3)
    assert found.is_closed
    assert list(found.ids) in endless
    assert found.sampled == 3


def test_an_answer_never_outgrows_the_context(context: Context) -> None:
    prompt = [5] * (context.capacity - 2)
    endless = [[10 + bits // 2**place % 2 for place in range(8)] + [END] for bits in range(256)]
    found = generate(context, prompt, OneOf(endless), limit=50)
    assert found.is_closed
    assert list(found.ids) in endless
    with pytest.raises(ModelError, match=r"a prompt of \d+ tokens"):
        generate(context, [*prompt, 5, 5], OneOf([[20, END], [30, END]]), limit=50)


def test_the_flag_is_looked_at_every_step(context: Context) -> None:
    answers = [[10 + bits // 2**place % 2 for place in range(4)] + [END] for bits in range(16)]
    with pytest.raises(Cancelled):
        generate(context, PROMPT, OneOf(answers), limit=50, cancelled=lambda: len(context.ids) > len(PROMPT))
    assert len(context.ids) == len(PROMPT) + 1


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=st.lists(st.lists(st.integers(10, 13), max_size=5), max_size=5))
def test_a_score_is_the_sum_of_its_tokens_log_probabilities(session: Session, answers: list[list[int]]) -> None:
    expected: list[float] = []
    for answer in answers:
        rows = [fresh(session, [*PROMPT, *answer[:place]]).astype(np.float64) for place in range(len(answer))]
        logs = [row[token] - np.logaddexp.reduce(row) for row, token in zip(rows, answer, strict=True)]
        expected.append(float(sum(logs)))
    session.rollback(0)
    assert score(Context(session), PROMPT, answers) == pytest.approx(expected, rel=0.02, abs=0.1)


def test_what_candidates_share_is_computed_once(context: Context) -> None:
    score(context, PROMPT, [[20, 21, 22, 40], [30], [20, 21, 22, 41]])
    assert context.computed == len(PROMPT) + 3
