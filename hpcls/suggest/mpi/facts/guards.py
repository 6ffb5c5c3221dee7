"""Tests that make sure of a neighbour: `rank > 0` of the one before, `rank < size - 1` of the one behind."""

from __future__ import annotations

from hpcls.suggest.mpi.facts.directions import Sign
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.last_rank import is_last_rank
from hpcls.syntax.expressions import Binary, Expression, Name
from hpcls.syntax.expressions import Literal as Constant


def guarded(draft: Draft, test: Expression) -> Sign | None:
    """Where that neighbour is."""
    rank, size = draft.flow.rank, draft.flow.size
    match test:
        case Name(name=name) | Binary(operator=">" | "!=", left=Name(name=name), right=Constant(text="0")):
            return -1 if name == rank else None
        case Binary(operator="<" | "!=", left=Name(name=name), right=whole) if is_last_rank(whole, draft):
            return 1 if name == rank else None
        case Binary(operator="<" | "!=", left=Binary(operator="+", left=Name(name=name)), right=Name(name=whole)):
            return 1 if name == rank and whole == size else None
        case _:
            return None
