"""Precision, recall and their harmonic mean (van Rijsbergen, Information Retrieval, 1979, chapter 7)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class F1:
    """How many were right, of how many answered and how many wanted; sums add up."""

    right: int = 0
    answered: int = 0
    wanted: int = 0

    def __add__(self, other: F1) -> F1:
        return F1(self.right + other.right, self.answered + other.answered, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The share of answers that are right; 0 where nothing is answered."""
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        """The share of what is wanted that is answered; 0 where nothing is wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """2 · right / (answered + wanted), which is the harmonic mean of both."""
        total = self.answered + self.wanted
        return 2 * self.right / total if total else 0.0
