"""Windows where there are groups: those that access them and those that expose them say so (MPI-4.0 §12.5.2).  Only for
answers that are forced.

if (rank == 0) { MPI_Win_start(others, 0, win); …; MPI_Win_complete(win); }
else           { MPI_Win_post(others, 0, win); …; MPI_Win_wait(win); }
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import items_of, line_before
from hpcls.suggest.mpi.facts.sides import sides_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.groups import groups_of
from hpcls.syntax.statements import Block

_LIKELY = 0.4


def exposed(draft: Draft, window: str, line: int) -> Iterator[PlacedCall]:
    """In two branches of a test on the rank where there is one, else right behind what makes it."""
    group = groups_of(draft)[-1].name
    blocks = [side.block for side in sides_of(draft)[:2]]
    accessed, opened = (_lines(draft, block) for block in blocks) if len(blocks) > 1 else ((line, line), (line, line))
    yield PlacedCall(accessed[0], "MPI_Win_start", (group, "0", window), _LIKELY)
    yield PlacedCall(accessed[1], "MPI_Win_complete", (window,), _LIKELY)
    yield PlacedCall(opened[0], "MPI_Win_post", (group, "0", window), _LIKELY)
    yield PlacedCall(opened[1], "MPI_Win_wait", (window,), _LIKELY)


def _lines(draft: Draft, block: Block) -> tuple[int, int]:
    """Those behind which the first and the last call of a block stand."""
    source = draft.function.source
    return source.line(block.start), line_before(block, len(items_of(block, source)), source)
