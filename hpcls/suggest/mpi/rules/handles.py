"""Handles that a program declares and no longer uses: what makes and frees them, for answers that are forced.

A window is freed (MPI-4.0 §12.2.5), a file closed (§14.2.2).
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.skeleton import end_calls, index_behind
from hpcls.suggest.mpi.rules.windows import Windows
from hpcls.suggest.mpi.rules.world import WORLD

_LIKELY = 0.4


def handle_calls(draft: Draft) -> Iterator[PlacedCall]:
    """What makes them ready, behind the start and their declarations; what frees them, in front of the end."""
    end = max((call.line for call in end_calls(draft)), default=None)
    for variable in draft.function.variables:
        symbol = variable.symbol
        if symbol is None or symbol.pointers or symbol.dimensions or variable.uses:
            continue
        if symbol.type_text == "MPI_Win":
            yield from Windows(draft).calls(variable, end)
        elif symbol.type_text == "MPI_File":
            yield from _file(draft, variable.name, end)


def _file(draft: Draft, name: str, end: int | None) -> Iterator[PlacedCall]:
    index = max(index_behind(draft, one) for one in (name, *draft.pair.names))
    given = (WORLD, '"file"', "MPI_MODE_CREATE | MPI_MODE_WRONLY", "MPI_INFO_NULL", f"&{name}")
    yield PlacedCall(draft.function.line_before(index), "MPI_File_open", given, _LIKELY)
    if end is not None:
        yield PlacedCall(end, "MPI_File_close", (f"&{name}",), _LIKELY)
