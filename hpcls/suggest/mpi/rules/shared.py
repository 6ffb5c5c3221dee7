"""Values that one process alone has, and that the others need, too: MPI_Bcast (MPI-4.0 §6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.partials import number
from hpcls.suggest.mpi.facts.program import Item, Step, line_before, way_to
from hpcls.suggest.mpi.facts.sides import lacks_receives, spared_by
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.mpi_names import part_of
from hpcls.syntax.statements import If, Jump, Loop, Switch

_BROADCAST = 0.69


def broadcasts(draft: Draft) -> Iterator[PlacedCall]:
    """A broadcast behind `if (rank == 0)` for each variable that is set there alone, and read outside."""
    for variable in draft.function.variables:
        kind, symbol = datatype_of(variable.symbol), variable.symbol
        if kind is None or symbol is None or symbol.kind != "variable" or not variable.is_number:
            continue
        if variable.name in (draft.flow.rank, draft.flow.size, *draft.gap_targets) or part_of(variable.name) == "time":
            continue
        if not draft.forced and not draft.function.body.start <= symbol.start < draft.function.body.end:
            continue
        if not draft.forced and _is_broadcast_elsewhere(draft, variable):
            continue
        found = _only_setter(draft, variable) or _setter_in_loop(draft, variable)
        if found and draft.forced and lacks_receives(found[0].item.statement):
            continue
        if found and _is_needed_behind(draft, variable, found[0].item.statement.end, found[1]):
            step, root = found
            line = line_before(step.block, step.index + 1, draft.function.source)
            arguments = (f"&{variable.name}", "1", kind, root, "MPI_COMM_WORLD")
            yield PlacedCall(line, "MPI_Bcast", arguments, _BROADCAST)


def _is_broadcast_elsewhere(draft: Draft, variable: Variable) -> bool:
    """Whether another function broadcasts a variable of that name, which this one may hand over."""
    calls = (call for call in draft.program.calls_of("MPI_Bcast") if call.line not in draft.function.lines)
    return any(call.arguments and call.arguments[0].text.lstrip("& ") == variable.name for call in calls)


def _is_needed_behind(draft: Draft, variable: Variable, end: int, root: str) -> bool:
    """Whether all processes read it later, or, where an answer is forced, all but the root; what a function returns may
    be for its root's caller alone.
    """
    later = [use.offset for use in variable.uses if use.offset >= end]
    if draft.forced:
        return any(_is_for_all(draft, offset) or _is_for_others(draft, offset, root) for offset in later)
    return any(_is_for_all(draft, offset) for offset in later if not _is_returned(draft, offset))


def _is_for_others(draft: Draft, offset: int, root: str) -> bool:
    """Whether every process but the root gets to `offset`."""
    way = way_to(draft.function.body, offset, draft.function.source)
    guards = [step.item for step in way if draft.flow.is_guard(step.item.statement)]
    match guards:
        case [Item(statement=If(test=test, then=then)), *_]:
            return spared_by(test, draft.flow.rank) == root and then.start <= offset < then.end
        case _:
            return False


def _is_returned(draft: Draft, offset: int) -> bool:
    way = way_to(draft.function.body, offset, draft.function.source)
    return bool(way) and isinstance(way[-1].item.statement, Jump)


def _only_setter(draft: Draft, variable: Variable) -> tuple[Step, str] | None:
    """The one branch that sets the variable, or, where an answer is forced, that sets it before all processes read it,
    and the rank of the process that runs it.
    """
    first = _first_common_reading(draft, variable)
    setting = (use for use in variable.uses if use.access != "read" and use.offset < first)
    writes = [use for use in setting if not _is_preset(draft, use.offset)]
    if not writes or any(use.access not in ("write", "address") for use in writes):
        return None
    found = _branch(draft, writes[0].offset)
    return found if found and all(_branch(draft, use.offset) == found for use in writes[1:]) else None


def _setter_in_loop(draft: Draft, variable: Variable) -> tuple[Step, str] | None:
    """Where an answer is forced: the branch in a loop in which one process alone sets the variable anew, which all have
    set before the loop.
    """
    writes = [use.offset for use in variable.uses if use.access == "write"]
    found = {_branch(draft, at) for at in writes} if draft.forced else set[tuple[Step, str] | None]()
    branches = [one for one in found if one]
    if len(branches) != 1:
        return None
    way = way_to(draft.function.body, branches[0][0].item.statement.start, draft.function.source)
    loop = next((step.item for step in way if isinstance(step.item.statement, Loop)), None)
    branch = branches[0][0].item
    others = [at for at in writes if not branch.holds(at)]
    reads = [use.offset for use in variable.uses if use.access == "read" and loop and loop.holds(use.offset)]
    is_read = any(not branch.holds(at) and _is_for_all(draft, at) for at in reads)
    return branches[0] if loop and is_read and all(at < loop.statement.start for at in others) else None


def _first_common_reading(draft: Draft, variable: Variable) -> int:
    """Where an answer is forced, the first place that reads the variable outside of what one process runs; else the end
    of the function.
    """
    reads = (use.offset for use in variable.uses if use.access == "read") if draft.forced else ()
    return min((at for at in reads if _is_for_all(draft, at)), default=draft.function.body.end)


def _is_preset(draft: Draft, offset: int) -> bool:
    """Whether a declaration gives it a number there that a root may know better: only for answers that are forced."""
    initial = draft.values.initial.get(offset)
    return draft.forced and initial is not None and number(initial) is not None


def _branch(draft: Draft, offset: int) -> tuple[Step, str] | None:
    """The `if (rank == 0)` around `offset`, where every process gets to it."""
    for step in way_to(draft.function.body, offset, draft.function.source):
        root = draft.flow.root_of(step.item.statement, offset)
        if root is not None:
            return step, root
        if draft.flow.is_guard(step.item.statement) and not (draft.forced and isinstance(step.item.statement, Loop)):
            return None
    return None


def _is_for_all(draft: Draft, offset: int) -> bool:
    """Whether every process gets to `offset`; where one alone does, it may get the value by a message.

    A loop that the processes share out is run by all of them, each its part: that counts where an answer is forced.
    """
    way = way_to(draft.function.body, offset, draft.function.source)
    guards = (step.item for step in way if draft.flow.is_guard(step.item.statement))
    return not any(
        _is_inside(item, offset) and not (draft.forced and isinstance(item.statement, Loop)) for item in guards
    )


def _is_inside(item: Item, offset: int) -> bool:
    """Whether `offset` lies behind the condition, which every process looks at."""
    match item.statement:
        case If(then=body) | Loop(body=body) | Switch(body=body):
            return offset >= body.start
        case _:
            return True
