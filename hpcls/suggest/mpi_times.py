"""Readings of the clock: assignments to floating-point variables whose value is still to be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.suggest.mpi_draft import Draft
from hpcls.suggest.mpi_gaps import Gap
from hpcls.suggest.mpi_placed import PlacedCall
from hpcls.syntax.mpi_names import part_of

_TIMELIKE = re.compile(r"time|clock|start|stop|begin|end|elapsed|tic$|toc$|^t_?\w?\d?$", re.I)


def times(draft: Draft) -> Iterator[PlacedCall]:
    """MPI_Wtime for each (MPI-4.0 §9.6.1), in the line that lacks it."""
    for gap in draft.gaps:
        if gap.line in draft.function.lines and _is_floating(draft, gap) and (draft.forced or _is_timelike(gap)):
            yield PlacedCall(gap.line, "MPI_Wtime", (), 0.97)


def _is_floating(draft: Draft, gap: Gap) -> bool:
    found = draft.function.variable(gap.variable)
    declared = found.symbol.type_text if found and found.symbol else "double" if draft.forced else ""
    words = (gap.type_text or declared).split()
    return ("double" in words or "float" in words) and "*" not in words


def _is_timelike(gap: Gap) -> bool:
    return part_of(gap.variable) == "time" or _TIMELIKE.search(gap.variable) is not None
