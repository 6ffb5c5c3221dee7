"""Handles that a program declares and no longer uses: what makes and frees them, for answers that are forced.

A window is opened and closed by fences, and freed (MPI-4.0 §12.2, §12.5.1), a file closed (§14.2.2).
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.skeleton import end_calls, index_behind
from hpcls.suggest.mpi.rules.windows import Windows
from hpcls.suggest.mpi.rules.world import WORLD

_LIKELY = 0.4


def handle_calls(draft: Draft) -> Iterator[PlacedCall]:
    """What makes them ready, behind the start and their declarations; what frees them, in front of the end."""
    ends = [call.line for call in end_calls(draft)]
    for variable in draft.function.variables:
        symbol = variable.symbol
        if symbol is None or symbol.pointers or symbol.dimensions or variable.uses:
            continue
        yield from _made(symbol.type_text, variable, draft)
        for function, arguments in _freed(symbol.type_text, variable.name) if ends else ():
            yield PlacedCall(max(ends), function, arguments, _LIKELY)


def _made(type_text: str, variable: Variable, draft: Draft) -> Iterator[PlacedCall]:
    match type_text:
        case "MPI_Win":
            created = Windows(draft).created(variable)
            yield created
            yield PlacedCall(created.line, "MPI_Win_fence", ("0", variable.name), _LIKELY)
        case "MPI_File":
            index = max(index_behind(draft, name) for name in (variable.name, *draft.pair.names))
            given = (WORLD, '"file"', "MPI_MODE_CREATE | MPI_MODE_WRONLY", "MPI_INFO_NULL", f"&{variable.name}")
            yield PlacedCall(draft.function.line_before(index), "MPI_File_open", given, _LIKELY)
        case _:
            pass


def _freed(type_text: str, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    match type_text:
        case "MPI_Win":
            yield "MPI_Win_fence", ("0", name)
            yield "MPI_Win_free", (f"&{name}",)
        case "MPI_File":
            yield "MPI_File_close", (f"&{name}",)
        case _:
            pass
