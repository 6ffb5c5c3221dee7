"""The last answers of a model: after an edit, most questions about a file are those of before."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

_MOST = 512
"""Answers that are kept: those of a few large files."""


class Remembered(Generic[Answer]):
    """Answers by their questions; those that were not asked for the longest time are dropped first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """What was answered to `question`, or what `ask` returns now.  Raises what `ask` raises."""
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]
        found = ask()
        with self._lock:
            self._known[question] = found
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return found
