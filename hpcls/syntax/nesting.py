"""Ranges of a text that nest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence


class Nesting:
    """Byte ranges that nest, sorted by start."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in ranges]
        self._ends = [end for _, end in ranges]
        self._outer: list[int] = []
        around: list[int] = []
        for i, (start, _) in enumerate(ranges):
            while around and self._ends[around[-1]] <= start:
                around.pop()
            self._outer.append(around[-1] if around else -1)
            around.append(i)

    def innermost(self, offset: int) -> int:
        """The index of the smallest range around `offset`; -1 where there is none."""
        i = bisect_right(self._starts, offset) - 1
        while i >= 0 and offset >= self._ends[i]:
            i = self._outer[i]
        return i

    def around(self, offset: int) -> Iterator[int]:
        """The indices of the ranges around `offset`, innermost first."""
        i = self.innermost(offset)
        while i >= 0:
            if offset < self._ends[i]:
                yield i
            i = self._outer[i]
