"""What may come next in an answer: the rules that a generated answer has to keep, token by token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
"""Ids of a vocabulary, [n], rising."""


class Constraint(Protocol):
    """A place in an answer that is being written (the surface of llguidance's matcher, with shortest endings).

    Every answer ends by itself after a bounded number of tokens, and from every place one can be completed.
    """

    @property
    def is_done(self) -> bool:
        """Whether the answer is complete; nothing may follow."""
        ...

    def allowed(self) -> Ids:
        """The ids that may come next; empty where the answer is complete, and only there."""
        ...

    def forced(self) -> list[int]:
        """The longest run of ids that is the only way on; empty where there is a choice."""
        ...

    @property
    def handicaps(self) -> Mapping[int, float]:
        """What is taken off the logits of some ids when one is chosen: below 0 the id is preferred to likelier ones."""
        ...

    def likely(self) -> Sequence[int]:
        """The run of ids that will probably come next, worth reading together; empty where nothing is known of it."""
        ...

    def advance(self, token_id: int) -> None:
        """Takes one id.  Raises HpclsError where it is not allowed, and ever after: the answer is spoiled."""
        ...

    def fork(self) -> Constraint:
        """The same place once more, to go on from independently."""
        ...

    def closing(self) -> list[int]:
        """The run of ids that completes the answer in the fewest words, for when there is no room for more."""
        ...
