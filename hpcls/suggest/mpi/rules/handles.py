"""Handles that a program declares and no longer uses: what makes and frees them, for answers that are forced.

A window is opened and closed by fences (MPI-4.0 §12.2, §12.5.1); an info object has keys (§10), an operation is made of
a function (§6.9.5).
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.ends import end_calls
from hpcls.suggest.mpi.rules.exposed import exposed
from hpcls.suggest.mpi.rules.frees import freed
from hpcls.suggest.mpi.rules.groups import groups_of
from hpcls.suggest.mpi.rules.skeleton import index_behind

_WORLD = "MPI_COMM_WORLD"
_LIKELY = 0.4


def handle_calls(draft: Draft) -> Iterator[PlacedCall]:
    """What makes them ready, behind the start and their declarations; what frees them, in front of the end."""
    ends = [call.line for call in end_calls(draft)]
    for variable in draft.function.variables:
        symbol = variable.symbol
        if symbol is None or symbol.pointers or symbol.dimensions or variable.uses:
            continue
        index = max(index_behind(draft, name) for name in (variable.name, *draft.pair.names))
        made = list(_made(symbol.type_text, variable.name, draft))
        line = draft.function.line_before(index)
        for function, arguments in made:
            yield PlacedCall(line, function, arguments, _LIKELY)
        if symbol.type_text == "MPI_Win" and groups_of(draft):
            yield from exposed(draft, variable.name, line)
        elif symbol.type_text == "MPI_Win":
            fence = ("MPI_Win_fence", ("0", variable.name))
            yield from (PlacedCall(at, *fence, _LIKELY) for at in (line, *([max(ends)] if ends else [])))
        if made:
            yield from freed(draft, variable)


def _made(type_text: str, name: str, draft: Draft) -> Iterator[tuple[str, tuple[str, ...]]]:
    match type_text:
        case "MPI_Win":
            buffer = next((one.name for one in draft.function.variables if _is_storage(one)), "NULL")
            yield "MPI_Win_create", (buffer, f"sizeof({buffer})", "sizeof(int)", "MPI_INFO_NULL", _WORLD, f"&{name}")
        case "MPI_File":
            yield (
                "MPI_File_open",
                (_WORLD, '"file"', "MPI_MODE_CREATE | MPI_MODE_WRONLY", "MPI_INFO_NULL", f"&{name}"),
            )
        case "MPI_Info":
            yield "MPI_Info_create", (f"&{name}",)
            yield "MPI_Info_set", (name, '"key"', '"value"')
        case "MPI_Op":
            yield "MPI_Op_create", ("combine", "1", f"&{name}")
        case _:
            pass


def _is_storage(variable: Variable) -> bool:
    symbol = variable.symbol
    return symbol is not None and bool(symbol.dimensions) and not symbol.type_text.startswith("MPI_")
