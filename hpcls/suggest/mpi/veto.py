"""What is never offered: calls that would not compile, or that MPI forbids where they stand.

Whatever proposes calls, a rule or a model, its proposals come through here.  Every check is a sentence about one call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.draft import END, STARTS, has_outside_end, outside_starts
from hpcls.suggest.mpi.facts.flow import Flow
from hpcls.suggest.mpi.facts.gaps import Gap
from hpcls.suggest.mpi.facts.handed import handed_name
from hpcls.suggest.mpi.facts.pair import is_named_for_the_other, known_names, missing_pair
from hpcls.suggest.mpi.facts.program import Function, Program, Step, items_of, way_to
from hpcls.suggest.mpi.fits import arguments_fit, names_exist, read_call
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.slots import Slot, slot_after
from hpcls.syntax.expressions import Call
from hpcls.syntax.mpi import MpiFunction, mpi_function
from hpcls.syntax.statements import Jump, Loop, Statement, expressions_of

_QUERIES = frozenset({"MPI_Comm_rank", "MPI_Comm_size", "MPI_Get_processor_name"})
_MESSAGE = re.compile(r"MPI_(?:I?(?:[sbr]?send|recv|sendrecv)|wait|finalize)", re.IGNORECASE)
_COMMENTED = re.compile(r"(?://|/\*)[^\n]*\bMPI_\w+\s*\([^\n]*\)\s*;")
_COLLECTIVE = frozenset(
    "MPI_Barrier MPI_Bcast MPI_Gather MPI_Gatherv MPI_Scatter MPI_Scatterv MPI_Allgather MPI_Allgatherv MPI_Alltoall "
    "MPI_Alltoallv MPI_Alltoallw MPI_Reduce MPI_Allreduce MPI_Reduce_scatter MPI_Scan MPI_Exscan MPI_Comm_dup "
    "MPI_Comm_split MPI_Comm_create MPI_Cart_create MPI_Win_create MPI_Win_allocate".split()
)


@dataclass(frozen=True)
class Placement:
    """A call with the place that it gets."""

    call: PlacedCall
    slot: Slot | None
    """Where it stands as a statement; None for the value of an assignment."""
    gap: Gap | None = None


def accepted(program: Program, gaps: Sequence[Gap], calls: Iterable[PlacedCall]) -> tuple[Placement, ...]:
    """Those of `calls` that may be offered together, by line; `program` is read from the text with its gaps filled.

    A call without a start of MPI, in the file or among the calls, takes all others with it.
    """
    kept: list[Placement] = []
    open_gaps = {gap.line: gap for gap in gaps}
    listed = sorted(calls, key=lambda call: call.line)
    for call in listed:
        gap = open_gaps.get(call.line)
        if gap is not None and _is_value_for(program, gap, call):
            open_gaps.pop(call.line)
            kept.append(Placement(call, None, gap))
            continue
        slot = slot_after(program.source, call.line)
        if slot is not None and _passes(_Candidate(program, call, slot, tuple(kept), tuple(listed))):
            kept.append(Placement(call, slot))
    return _with_skeleton(program, kept)


def _with_skeleton(program: Program, kept: list[Placement]) -> tuple[Placement, ...]:
    """All or nothing: no other call may run before MPI is started, and the program must not end before MPI does."""
    if program.main is None:
        return tuple(kept)
    names = {one.call.function for one in kept} | {call.name for call in program.calls}
    starts = not names.isdisjoint(STARTS) or bool(outside_starts(program))
    ends = END in names or has_outside_end(program) or bool(outside_starts(program))
    return tuple(kept) if starts and ends else ()


@dataclass(frozen=True, eq=False)
class _Candidate:
    """One call at one place, and what is offered before it."""

    program: Program
    call: PlacedCall
    slot: Slot
    before: tuple[Placement, ...]
    proposed: tuple[PlacedCall, ...]

    @cached_property
    def function(self) -> Function | None:
        """The one that it stands in."""
        return self.program.around(self.slot.offset)

    @cached_property
    def standard(self) -> MpiFunction | None:
        """What the standard says of it."""
        return mpi_function(self.call.function)

    @cached_property
    def read(self) -> Call | None:
        """As an expression."""
        return read_call(self.call.text)

    @cached_property
    def way(self) -> tuple[Step, ...]:
        """The statements around it, outermost first; the last one follows it."""
        return way_to(self.function.body, self.slot.offset, self.program.source) if self.function else ()

    @cached_property
    def flow(self) -> Flow | None:
        """What depends on the rank there."""
        if self.function is None:
            return None
        missing = missing_pair(self.function, forced=False).rank
        known = known_names(self.program, self.function, "rank")
        handed = None if missing or known else handed_name(self.program, self.function, "rank")
        name = missing.name if missing else known[0] if known else handed
        return Flow(self.function, name, None)

    @property
    def enclosing(self) -> tuple[Step, ...]:
        """The statements that it is part of."""
        return tuple(step for step in self.way if step.item.statement.start < self.slot.offset)


def _is_a_function_of_the_standard(one: _Candidate) -> bool:
    return one.standard is not None and one.standard.replaced_by is None


def _does_more_than_return_a_value(one: _Candidate) -> bool:
    return one.standard is not None and one.standard.return_type == "int"


def _has_the_right_number_of_arguments(one: _Candidate) -> bool:
    wanted = one.standard.parameters if one.standard else ()
    return one.read is not None and len(one.read.arguments) == len(wanted) == len(one.call.arguments)


def _names_what_is_in_scope(one: _Candidate) -> bool:
    return one.read is not None and names_exist(one.read, one.program.scopes, one.slot.offset)


def _has_arguments_of_the_right_types(one: _Candidate) -> bool:
    assert one.read is not None and one.standard is not None
    return arguments_fit(one.read, one.standard, one.program.scopes, one.slot.offset)


def _is_not_named_for_the_other(one: _Candidate) -> bool:
    given = one.read.arguments if one.read else ()
    return not (given and is_named_for_the_other(one.call.function, given[-1]))


def _is_not_there_already(one: _Candidate) -> bool:
    name, calls = one.call.function, one.program.calls
    if name in (*STARTS, END):
        group = STARTS if name in STARTS else (END,)
        return not one.program.calls_of(*group)
    near = range(one.call.line - 1, one.call.line + 3)
    body = one.function.lines if one.function else near
    same = [call for call in calls if _plain(call.text) == _plain(one.call.text)]
    return not any(call.line in (body if name in _QUERIES else near) for call in same)


def _is_not_proposed_twice(one: _Candidate) -> bool:
    name = one.call.function
    if name in STARTS:
        return not any(other.call.function in STARTS for other in one.before)
    body = one.function.lines if one.function else range(0)
    twins = [other.call for other in one.before if other.call.text == one.call.text]
    return not any(other.line == one.call.line or (name in _QUERIES and other.line in body) for other in twins)


def _was_not_taken_out(one: _Candidate) -> bool:
    """A message, its wait or the end that stands in a comment there, with its semicolon, is out on purpose."""
    if not _MESSAGE.fullmatch(one.call.function):
        return True
    lines = one.function.lines if one.function else range(0)
    text = "\n".join(one.program.source.line_text(line) for line in lines)
    return not any(one.call.function in comment for comment in _COMMENTED.findall(text))


def _comes_after_the_start(one: _Candidate) -> bool:
    """In `main`, which starts MPI; a function that `main` calls is taken to run later."""
    if one.call.function in STARTS or one.function is not one.program.main:
        return True
    if any(other.call.function in STARTS for other in one.before):
        return True
    inside = [call for call in one.program.calls_of(*STARTS) if one.program.around(call.start) is one.function]
    return all(call.end <= one.slot.offset for call in inside) and not _is_start_still_to_come(one)


def _is_start_still_to_come(one: _Candidate) -> bool:
    return any(call.function in STARTS and call.line >= one.call.line for call in one.proposed)


def _comes_before_the_end(one: _Candidate) -> bool:
    """Nothing of MPI may follow MPI_Finalize on the way to the call (MPI-4.0 §11.2.2)."""
    ends = [call.start for call in one.program.calls_of(END)]
    proposed = {other.slot.offset for other in one.before if other.call.function == END and other.slot}
    if one.slot.offset in proposed:
        return False
    for step in one.way:
        before = items_of(step.block, one.program.source)[: step.index]
        if any(_calls_right_there(item.statement, ends) or item.statement.start in proposed for item in before):
            return False
        if step.item.statement.start in proposed:
            return False
    return True


def _calls_right_there(statement: Statement, places: Sequence[int]) -> bool:
    """Whether one of `places` lies in an expression of the statement itself, not of one inside it."""
    return any(part.start <= at < part.end for part in expressions_of(statement) for at in places)


def _starts_and_ends_once(one: _Candidate) -> bool:
    if one.call.function not in (*STARTS, END):
        return True
    if one.function is not one.program.main:
        return False
    leaves = bool(one.way) and isinstance(one.way[-1].item.statement, Jump)
    if one.call.function == END and leaves:
        return True
    return not any(isinstance(step.item.statement, Loop) or _is_guard(one, step) for step in one.enclosing)


def _is_reached_by_every_process(one: _Candidate) -> bool:
    """A collective on the world's communicator that some processes never call waits for ever (MPI-4.0 §6.1)."""
    if one.call.function not in _COLLECTIVE or "MPI_COMM_WORLD" not in one.call.arguments:
        return True
    return not any(_is_guard(one, step) for step in one.enclosing)


def _is_guard(one: _Candidate, step: Step) -> bool:
    return one.flow is not None and one.flow.is_guard(step.item.statement)


_CHECKS: tuple[Callable[[_Candidate], bool], ...] = (
    _is_a_function_of_the_standard,
    _does_more_than_return_a_value,
    _has_the_right_number_of_arguments,
    _names_what_is_in_scope,
    _has_arguments_of_the_right_types,
    _is_not_named_for_the_other,
    _is_not_there_already,
    _is_not_proposed_twice,
    _was_not_taken_out,
    _comes_after_the_start,
    _comes_before_the_end,
    _starts_and_ends_once,
    _is_reached_by_every_process,
)


def _passes(one: _Candidate) -> bool:
    return all(check(one) for check in _CHECKS)


def _is_value_for(program: Program, gap: Gap, call: PlacedCall) -> bool:
    """Whether the call's result is what the assignment wants: a time for a floating variable, else an error code."""
    standard, read = mpi_function(call.function), read_call(call.text)
    at = program.source.line_starts[gap.line - 1]
    if standard is None or read is None or len(standard.parameters) != len(read.arguments):
        return False
    function = program.around(at)
    found = function.variable(gap.variable) if function else None
    declared = gap.type_text or (found.symbol.type_text if found and found.symbol else "")
    is_floating = bool({"double", "float"} & set(declared.split())) and "*" not in declared
    if is_floating != (standard.return_type == "double"):
        return False
    offset = at + gap.column
    return names_exist(read, program.scopes, offset) and arguments_fit(read, standard, program.scopes, offset)


def _plain(text: str) -> str:
    return "".join(text.split())
