"""Arrays with room for one element of each neighbour at their ends, `malloc((n + 2) * sizeof(double))`.  Only for
answers that are forced.
"""

from __future__ import annotations

import re
from typing import Literal

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.mpi_names import part_of

_WITH_ENDS = re.compile(r"\(?\s*(?P<own>[A-Za-z_][\w ]*?(?:\s*[*/]\s*\w+)?)\s*\+\s*2\s*\)?")


def end_element(draft: Draft, array: Variable, other: str, *, is_sent: bool) -> str | None:
    """The index of the element that a message to, or from, the neighbour `other` is about; None where nothing tells.

    The first and the last of its own elements are sent, those of its neighbours received around them.
    """
    match, end = _WITH_ENDS.fullmatch(draft.values.extent(array) or ""), _end_at(draft, other)
    if match is None or end is None:
        return None
    if end == "lower":
        return "1" if is_sent else "0"
    return match["own"] if is_sent else f"{match['own']} + 1"


def _end_at(draft: Draft, other: str) -> Literal["lower", "upper"] | None:
    """The end of the array that the neighbour is at."""
    text, rank = other.replace(" ", "").strip("()"), draft.flow.rank
    if text == f"{rank}-1" or part_of(other) == "left":
        return "lower"
    return "upper" if text == f"{rank}+1" or part_of(other) == "right" else None
