"""Handles that a program declares and no longer uses: what makes and frees them, for answers that are forced.

A window is opened and closed by fences (MPI-4.0 §12.2, §12.5.1); an info object has keys (§10), an operation is made of
a function (§6.9.5).
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import items_of, line_before
from hpcls.suggest.mpi.facts.sides import sides_of
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.ends import end_calls
from hpcls.suggest.mpi.rules.frees import freed
from hpcls.suggest.mpi.rules.groups import groups_of
from hpcls.suggest.mpi.rules.skeleton import index_behind
from hpcls.syntax.statements import Block

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
            yield from _exposed(draft, variable.name, line)
        elif symbol.type_text == "MPI_Win":
            fence = ("MPI_Win_fence", ("0", variable.name))
            yield from (PlacedCall(at, *fence, _LIKELY) for at in (line, *([max(ends)] if ends else [])))
        if made:
            yield from freed(draft, variable)


def _exposed(draft: Draft, window: str, line: int) -> Iterator[PlacedCall]:
    """Where there are groups, those that access the window and those that expose it say so, in two branches of a test
    on the rank where there is one (MPI-4.0 §12.5.2).
    """
    group = groups_of(draft)[-1].name
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
