"""Processes that a running program starts: how they find each other (MPI-4.0 §7.6.3, §11.8).  Only for answers that are
forced.

MPI_Comm_get_parent(&parent);
if (parent == MPI_COMM_NULL)
    MPI_Comm_spawn(argv[0], MPI_ARGV_NULL, n, MPI_INFO_NULL, 0, MPI_COMM_WORLD, &children, MPI_ERRCODES_IGNORE);
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import items_of, line_before
from hpcls.suggest.mpi.facts.uses import Variable, names_in_statement
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.frees import freed
from hpcls.suggest.mpi.rules.idle import line_behind, unset_handles
from hpcls.syntax.expressions import Binary, Expression, Name
from hpcls.syntax.statements import Block, If, walk

_PARENT = re.compile(r"parent", re.IGNORECASE)
_OTHERS = re.compile(r"inter|spawn|child", re.IGNORECASE)
_ALL = re.compile(r"intra|^all|merge", re.IGNORECASE)
_CODES = re.compile(r"err.*codes?", re.IGNORECASE)
_COUNT = re.compile(r"np|n_?spawns?|num_?spawns?", re.IGNORECASE)
_LIKELY = 0.4


def is_of_spawned(communicator: Variable) -> bool:
    """Whether the communicator is called as that of such processes, of the parent or of both together."""
    return any(pattern.search(communicator.name) for pattern in (_PARENT, _OTHERS, _ALL))


def spawned_calls(draft: Draft) -> Iterator[PlacedCall]:
    """What asks for the parent, starts the others where there is none, and puts both together."""
    unset = unset_handles(draft, "MPI_Comm")
    parents, others, merged = ([one for one in unset if called.search(one.name)] for called in (_PARENT, _OTHERS, _ALL))
    for parent in parents[:1]:
        yield PlacedCall(line_behind(draft, (parent,)), "MPI_Comm_get_parent", (f"&{parent.name}",), _LIKELY)
        yield from _spawned(draft, parent, [one for one in unset if one not in (parent, *merged)])
    between = [*others, *parents][:1]
    for whole in merged[:1] if between else ():
        arguments = (between[0].name, "0", f"&{whole.name}")
        yield PlacedCall(_merging(draft, whole, between[0]), "MPI_Intercomm_merge", arguments, _LIKELY)
        yield from freed(draft, whole)


def _merging(draft: Draft, whole: Variable, between: Variable) -> int:
    """The line behind the first test whether there are such processes, else behind the declarations."""
    tests = (i for i, item in enumerate(draft.function.items) if isinstance(item.statement, If))
    asked = (i for i in tests if "MPI_COMM_NULL" in names_in_statement(draft.function.items[i].statement))
    index = next(asked, None)
    return line_behind(draft, (whole, between)) if index is None else draft.function.line_before(index + 1)


def _spawned(draft: Draft, parent: Variable, communicators: list[Variable]) -> Iterator[PlacedCall]:
    """At the start of the branch for those that have no parent."""
    branches = (part for part in walk(draft.function.body) if isinstance(part, If))
    alone = (part.then for part in branches if _is_null(part.test, parent.name))
    block = next((part for part in alone if isinstance(part, Block)), None)
    if block and communicators:
        items = items_of(block, draft.function.source)
        index = next((i for i, item in enumerate(items) if not item.is_declaration), len(items))
        line = line_before(block, index, draft.function.source)
        yield PlacedCall(line, "MPI_Comm_spawn", _arguments(draft, communicators[0]), _LIKELY)


def _is_null(test: Expression, communicator: str) -> bool:
    match test:
        case Binary(operator="==", left=Name(name=name), right=Name(name="MPI_COMM_NULL")):
            return name == communicator
        case _:
            return False


def _arguments(draft: Draft, communicator: Variable) -> tuple[str, ...]:
    variables, parameters = draft.function.variables, draft.function.parameters
    codes = next((one.name for one in variables if not one.is_number and _CODES.search(one.name)), None)
    count = next((one.name for one in variables if one.is_number and _COUNT.fullmatch(one.name)), "1")
    program = f"{parameters[1]}[0]" if len(parameters) > 1 else '"child"'
    given = (program, "MPI_ARGV_NULL", count, "MPI_INFO_NULL", "0", "MPI_COMM_WORLD", f"&{communicator.name}")
    return (*given, codes or "MPI_ERRCODES_IGNORE")
