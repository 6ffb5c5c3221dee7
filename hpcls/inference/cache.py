"""What a session has already read, kept for the next question: only what is new is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hpcls.inference.session import Logits, Session


class Context:
    """A session and the ids in it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: list[int] = []
        self.reused = 0
        """Tokens of all inputs so far that were there already."""
        self.computed = 0
        """Tokens that the model ran on."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The tokens in the context."""
        return tuple(self._ids)

    @property
    def capacity(self) -> int:
        """Tokens that the context can hold."""
        return self._session.capacity

    def feed(self, ids: Sequence[int], cancelled: Callable[[], bool] = lambda: False) -> Logits:
        """Make `ids`, at least one, the context; returns the logits of what follows, [vocabulary].

        What both begin with stays; at least the last token is run.  Raises as Session.append.
        """
        kept = min(common_prefix(self._ids, ids), len(ids) - 1)
        self.rollback(kept)
        self.reused += kept
        return self.append(ids[kept:], cancelled)

    def append(self, ids: Sequence[int], cancelled: Callable[[], bool] = lambda: False) -> Logits:
        """Go on with `ids`, at least one; returns the logits of what follows, [vocabulary].  Raises as Session."""
        before = self._session.length
        try:
            return self._session.append(ids, cancelled)
        finally:
            self._added(ids, before)

    def append_all(self, ids: Sequence[int]) -> Logits:
        """Go on with `ids`, at least one; returns the logits after each, [tokens, vocabulary].  Raises as Session."""
        before = self._session.length
        try:
            return self._session.append_all(ids)
        finally:
            self._added(ids, before)

    def rollback(self, length: int) -> None:
        """Forget all but the first `length` tokens.  Raises ModelError where there are not so many."""
        self._session.rollback(length)
        del self._ids[length:]

    def _added(self, ids: Sequence[int], before: int) -> None:
        """A run that was stopped or failed has added only some."""
        count = self._session.length - before
        self._ids += ids[:count]
        self.computed += count


def common_prefix(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens both begin with."""
    shorter = min(len(first), len(second))
    return next((i for i in range(shorter) if first[i] != second[i]), shorter)
