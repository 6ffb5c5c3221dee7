"""Handles that a program declares and no longer uses: what makes and frees them, for answers that are forced.

A file is closed (MPI-4.0 §14.2.2); an info object has keys (§10), an operation is made of a function (§6.9.5).
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.ends import end_calls
from hpcls.suggest.mpi.rules.exposed import window_calls
from hpcls.suggest.mpi.rules.frees import freed
from hpcls.suggest.mpi.rules.skeleton import index_behind
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
            yield from window_calls(draft, variable, end)
            continue
        index = max(index_behind(draft, name) for name in (variable.name, *draft.pair.names))
        made = list(_made(symbol.type_text, variable.name))
        for function, arguments in made:
            yield PlacedCall(draft.function.line_before(index), function, arguments, _LIKELY)
        if made:
            yield from freed(draft, variable)


def _made(type_text: str, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    match type_text:
        case "MPI_File":
            given = (WORLD, '"file"', "MPI_MODE_CREATE | MPI_MODE_WRONLY", "MPI_INFO_NULL", f"&{name}")
            yield "MPI_File_open", given
        case "MPI_Info":
            yield "MPI_Info_create", (f"&{name}",)
            yield "MPI_Info_set", (name, '"key"', '"value"')
        case "MPI_Op":
            yield "MPI_Op_create", ("combine", "1", f"&{name}")
        case _:
            pass
