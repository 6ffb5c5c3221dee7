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
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.frees import is_freed_if_there
from hpcls.suggest.mpi.rules.groups import groups_of
from hpcls.suggest.mpi.rules.windows import Windows
from hpcls.syntax.statements import Block

_LIKELY = 0.4


def window_calls(draft: Draft, window: Variable, end: int | None) -> Iterator[PlacedCall]:
    """What makes, opens, closes and frees it."""
    calls = [*Windows(draft).calls(window, end)]
    groups = groups_of(draft)
    unwanted = {"MPI_Win_fence"} if groups else set[str]()
    unwanted |= {"MPI_Win_free"} if is_freed_if_there(draft, window) else set[str]()
    yield from (call for call in calls if call.function not in unwanted)
    if groups:
        yield from _exposed(draft, window.name, groups[-1].name, calls[0].line)


def _exposed(draft: Draft, window: str, group: str, line: int) -> Iterator[PlacedCall]:
    """In two branches of a test on the rank where there is one, else right behind what makes it."""
    blocks = [side.block for side in sides_of(draft)[:2]]
    accessed, exposed = (_lines(draft, block) for block in blocks) if len(blocks) > 1 else ((line, line), (line, line))
    yield PlacedCall(accessed[0], "MPI_Win_start", (group, "0", window), _LIKELY)
    yield PlacedCall(accessed[1], "MPI_Win_complete", (window,), _LIKELY)
    yield PlacedCall(exposed[0], "MPI_Win_post", (group, "0", window), _LIKELY)
    yield PlacedCall(exposed[1], "MPI_Win_wait", (window,), _LIKELY)


def _lines(draft: Draft, block: Block) -> tuple[int, int]:
    """Those behind which the first and the last call of a block stand."""
    source = draft.function.source
    return source.line(block.start), line_before(block, len(items_of(block, source)), source)
