"""One process goes through all others in a loop, and they each have one message for it: only for forced answers.

if (rank == 0)
    for (i = 1; i < size; i++) { MPI_Recv(… i …); … }
else
    { …; MPI_Send(… 0 …); }
"""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.sides import spared_by
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.messages import Messages
from hpcls.syntax.expressions import names_in
from hpcls.syntax.loops import induction_of
from hpcls.syntax.mpi_names import part_of
from hpcls.syntax.statements import Block, If, Loop, walk


@dataclass(frozen=True)
class _Sides:
    """What one process runs, and what the others run instead."""

    root: str
    one: Block
    others: Block


def collected(draft: Draft, branch: If) -> list[PlacedCall]:
    """The receive in the loop, and the send of the others; nothing where `branch` is no such thing."""
    sides = _sides(draft, branch)
    size = draft.flow.size
    if sides is None or size is None:
        return []
    for loop in (part for part in walk(sides.one) if isinstance(part, Loop)):
        counter = induction_of(loop)
        if counter and size in names_in(counter.upper) and isinstance(loop.body, Block):
            messages = Messages(draft)
            if not loop.body.statements and _is_handed_out(draft, counter.variable, sides):
                line = draft.function.source.line(loop.body.start)
                sent = messages.sent_from(sides.one, line, counter.variable)
                return [*sent, *messages.receive(sides.others, sides.root)]
            return [*messages.receive(loop.body, counter.variable), *messages.send(sides.others, sides.root)]
    return []


def _is_handed_out(draft: Draft, counter: str, sides: _Sides) -> bool:
    """Whether the one process sends: the counter is called so, or the others set nothing that they could send, and use
    something or leave it to the one process to set it.
    """
    part, others = part_of(counter), sides.others
    set_here = _sets(draft, others) or not (others.statements or _sets(draft, sides.one))
    return part == "right" or (part != "left" and not set_here)


def _sets(draft: Draft, block: Block) -> bool:
    """Whether the block gives a variable a value, counters of loops apart."""
    variables = (one for one in draft.function.variables if one.name not in draft.function.counters)
    return any(block.start <= at < block.end for one in variables for at in draft.values.definitions(one))


def _sides(draft: Draft, branch: If) -> _Sides | None:
    then, otherwise = branch.then, branch.otherwise
    if not isinstance(then, Block) or not isinstance(otherwise, Block):
        return None
    root = draft.flow.root_of(branch, then.start)
    if root is not None:
        return _Sides(root, then, otherwise)
    root = spared_by(branch.test, draft.flow.rank)
    return None if root is None else _Sides(root, otherwise, then)
