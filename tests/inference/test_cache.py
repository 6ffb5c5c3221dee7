"""Only what is new is computed, and nobody can tell by the logits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpcls.errors import Cancelled
from hpcls.inference.artefact import open_model
from hpcls.inference.cache import Context, common_prefix
from hpcls.inference.session import CHUNK, Session

from .tiny import fresh, same

texts = st.lists(st.integers(0, 90), min_size=1, max_size=30)
edits = st.tuples(st.integers(0, 60), st.integers(0, 60), st.lists(st.integers(0, 90), max_size=12))


@pytest.fixture(scope="module")
def other(model: Path) -> Session:
    """Another session of the same model, for what is computed anew."""
    return Session(open_model(model).graph("cpu"), threads=1)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(start=texts, changes=st.lists(edits, max_size=5))
def test_cached_equals_uncached_after_any_edits(
    session: Session, other: Session, start: list[int], changes: list[tuple[int, int, list[int]]]
) -> None:
    session.rollback(0)
    context, text = Context(session), start
    for begin, end, inserted in [(0, 0, []), *changes]:
        text = [*text[:begin], *inserted, *text[max(begin, end) :]] or start
        assert same(context.feed(text), fresh(other, text))
        assert context.ids == tuple(text)


def test_what_two_versions_begin_with_is_read_once(session: Session) -> None:
    session.rollback(0)
    context = Context(session)
    context.feed([1, 2, 3, 4, 5])
    context.feed([1, 2, 3, 9, 5, 6])
    assert (context.reused, context.computed) == (3, 5 + 3)


def test_the_last_token_is_read_again_for_its_logits(session: Session, other: Session) -> None:
    session.rollback(0)
    context = Context(session)
    context.feed([1, 2, 3])
    assert same(context.feed([1, 2]), fresh(other, [1, 2]))
    assert context.ids == (1, 2)


def test_a_context_is_known_even_after_it_was_cancelled_half_way(session: Session, other: Session) -> None:
    session.rollback(0)
    context = Context(session)
    text = [token % 90 for token in range(CHUNK + 50)]
    with pytest.raises(Cancelled):
        context.feed(text, lambda: session.length > 0)
    assert context.ids == tuple(text[:CHUNK])
    assert same(context.feed(text), fresh(other, text))
    assert context.reused == CHUNK


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_common_prefix(first: list[int], second: list[int]) -> None:
    length = common_prefix(first, second)
    assert first[:length] == second[:length]
    assert first[length : length + 1] != second[length : length + 1] or length == len(first) == len(second)
