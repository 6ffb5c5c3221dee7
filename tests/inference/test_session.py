"""A context grows and shrinks, and the logits are those of a context that was read anew."""

from __future__ import annotations

import numpy as np
import pytest

from hpcls.errors import Cancelled, ModelError
from hpcls.inference.session import CHUNK, Session

from .tiny import fresh, same

TEXT = [token % 90 for token in range(3, 400, 7)]


def test_tokens_one_by_one_are_tokens_at_once(session: Session) -> None:
    expected = fresh(session, TEXT)
    session.rollback(0)
    found = [session.append([token]) for token in TEXT]
    assert same(found[-1], expected)


def test_all_logits_end_with_those_of_the_last_position(session: Session) -> None:
    expected = [fresh(session, TEXT[:length]) for length in range(1, 9)]
    session.rollback(0)
    found = session.append_all(TEXT[:8])
    assert found.shape == (8, session.vocabulary)
    assert all(same(row, alone) for row, alone in zip(found, expected, strict=True))


def test_what_was_rolled_back_leaves_no_trace(session: Session) -> None:
    expected = fresh(session, TEXT)
    session.rollback(20)
    session.append(TEXT[::-1])
    session.rollback(20)
    assert session.length == 20
    assert same(session.append(TEXT[20:]), expected)


def test_an_input_longer_than_one_run(session: Session) -> None:
    text = (TEXT * 9)[: CHUNK + 100]
    expected = fresh(session, text)
    session.rollback(0)
    session.append(text[:17])
    assert same(session.append(text[17:]), expected)
    session.rollback(0)
    assert session.append_all(text).shape == (len(text), session.vocabulary)


def test_logits_stay_as_they_are_when_the_session_goes_on(session: Session) -> None:
    found = fresh(session, TEXT)
    kept = found.copy()
    session.append(TEXT)
    assert np.array_equal(found, kept)


def test_a_prompt_that_does_not_fit_is_refused_and_changes_nothing(session: Session) -> None:
    fresh(session, TEXT)
    with pytest.raises(ModelError, match=f"{session.capacity + 1} tokens; it takes {session.capacity}"):
        session.append([1] * (session.capacity + 1 - len(TEXT)))
    assert session.length == len(TEXT)
    session.rollback(0)
    session.append([1] * session.capacity)
    assert session.length == session.capacity


@pytest.mark.parametrize("ids", [[], [-1], [10**6]])
def test_what_is_no_token_is_refused(session: Session, ids: list[int]) -> None:
    with pytest.raises(ModelError):
        session.append(ids)


def test_there_is_no_way_back_to_what_was_never_read(session: Session) -> None:
    fresh(session, TEXT)
    with pytest.raises(ModelError, match="cannot go back"):
        session.rollback(len(TEXT) + 1)


def test_a_long_input_can_be_cancelled_between_two_runs(session: Session) -> None:
    session.rollback(0)
    with pytest.raises(Cancelled):
        session.append([1] * (CHUNK + 1), lambda: session.length >= CHUNK)
    assert session.length == CHUNK


@pytest.mark.parametrize("graph", [b"", b"no graph", bytes(100)])
def test_what_is_no_graph_is_refused(graph: bytes) -> None:
    with pytest.raises(ModelError, match="model: "):
        Session(graph)
