"""The status that a receive or a wait may fill (MPI-4.0 §3.2.5)."""

from __future__ import annotations

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.syntax.statements import Block


def status_at(draft: Draft, block: Block) -> str:
    """The address of a status that is visible at the end of `block`; else what says that nobody wants one."""
    for one in draft.function.variables:
        symbol = one.symbol
        is_status = symbol and symbol.type_text == "MPI_Status" and not (symbol.pointers or symbol.dimensions)
        if symbol and is_status and symbol.scope_start < block.end <= symbol.scope_end:
            return f"&{one.name}"
    return "MPI_STATUS_IGNORE"
