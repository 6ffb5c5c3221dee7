"""Sums that the processes share out between them and then read under the same name: MPI_Allreduce in place."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.partials import OPERATIONS, Partial, accumulated_by, starts_neutral
from hpcls.suggest.mpi.facts.program import line_before, way_to
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.expressions import Call, names_in
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.statements import Loop, expressions_of, walk

_NO_MESSAGES = frozenset(
    "MPI_Init MPI_Init_thread MPI_Comm_rank MPI_Comm_size MPI_Finalize MPI_Wtime MPI_Barrier MPI_Abort "
    "MPI_Get_processor_name".split()
)
_SURE = 0.5


def sums_in_place(draft: Draft) -> Iterator[PlacedCall]:
    """A call behind each loop whose sum is read on; none where the program already exchanges anything."""
    if any(call.name not in _NO_MESSAGES for call in draft.program.calls):
        return
    for loop in (part for part in walk(draft.function.body) if isinstance(part, Loop)):
        if draft.flow.is_shared_out(loop):
            for variable in draft.function.variables:
                yield from _in_place(draft, loop, variable)


def _in_place(draft: Draft, loop: Loop, variable: Variable) -> Iterator[PlacedCall]:
    function, symbol = draft.function, variable.symbol
    operator, kind = accumulated_by(loop, variable.name), datatype_of(symbol)
    if operator is None or kind is None or symbol is None or not variable.is_number or symbol.start >= loop.start:
        return
    partial = Partial(variable, OPERATIONS[operator], loop)
    way = way_to(function.body, loop.start, function.source)
    runs_everywhere = bool(way) and not any(draft.flow.is_guard(step.item.statement) for step in way[:-1])
    if runs_everywhere and _is_wanted(draft, loop, variable) and starts_neutral(partial, function.body):
        line = line_before(way[-1].block, way[-1].index + 1, function.source)
        arguments = ("MPI_IN_PLACE", f"&{variable.name}", "1", kind, partial.operation, "MPI_COMM_WORLD")
        yield PlacedCall(line, "MPI_Allreduce", arguments, _SURE)


def _is_wanted(draft: Draft, loop: Loop, variable: Variable) -> bool:
    """Whether it is read after the loop, and not just shown as what one process has found."""
    later = [use for use in variable.uses if use.offset >= loop.end]
    if any(use.access in ("address", "unclear") for use in later):
        return False
    own = _shown_with_rank(draft)
    return any(use.access == "read" for use in later) and not any(use.offset in own for use in later)


def _shown_with_rank(draft: Draft) -> frozenset[int]:
    """The offsets of what calls are given together with the rank: each process speaks for itself."""
    found: set[int] = set()
    for statement in walk(draft.function.body):
        for expression in expressions_of(statement):
            for call in (part for part in walk_expression(expression) if isinstance(part, Call)):
                if any(draft.flow.rank in names_in(argument) for argument in call.arguments):
                    found.update(range(call.start, call.end))
    return frozenset(found)
