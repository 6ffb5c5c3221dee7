"""The logits along an answer, some of them computed ahead for tokens that it may go on with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hpcls.inference.cache import Context, common_prefix
from hpcls.inference.session import Logits


class Reading:
    """A prompt in a context, and the beginning of an answer behind it."""

    def __init__(self, context: Context, prompt: Sequence[int], cancelled: Callable[[], bool]) -> None:
        self._context = context
        self._prompt = prompt
        self._cancelled = cancelled
        self._ids: list[int] = []
        """What the context holds behind the prompt."""
        self._rows: dict[int, Logits] = {}
        """By how many of these tokens: the logits of what follows them."""

    def after(self, answer: Sequence[int], guess: Sequence[int]) -> Logits:
        """The logits behind `answer`, which never shrinks from call to call; `guess`, what may follow, is read as well.

        Raises as Context.feed.
        """
        known = common_prefix(self._ids, answer)
        if known < len(answer) or not self._rows:
            self._read(answer, known, guess[: self._context.capacity - len(self._prompt) - len(answer)])
        return self._rows[len(answer)]

    def _read(self, answer: Sequence[int], known: int, guess: Sequence[int]) -> None:
        if not self._rows:
            self._rows = {len(answer): self._context.feed([*self._prompt, *answer], self._cancelled)}
            self._ids = list(answer)
            return
        self._context.rollback(len(self._prompt) + known)
        unread = answer[known:]
        if guess:
            rows = self._context.append_all([*unread, *guess])
            self._rows = dict(enumerate(rows, known + 1))
        else:
            self._rows = {len(answer): self._context.append(unread)}
        self._ids = [*answer, *guess]
