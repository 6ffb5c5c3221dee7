"""Where a program ends MPI: MPI_Finalize (MPI-4.0 §11.2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft, called_in
from hpcls.suggest.mpi.facts.failures import is_failure
from hpcls.suggest.mpi.facts.program import Function, Item, Step, items_of, line_before, way_to
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.expressions import Call, Expression, Literal, Name, names_in
from hpcls.syntax.statements import Block, Evaluate, If, Jump, Loop, Statement, Switch, walk

_TELLS = re.compile(r"f?printf|f?puts|perror|fflush|f?close|free|usage|\w*help\w*")
_SUCCESS = frozenset({"0", "EXIT_SUCCESS", "MPI_SUCCESS"})

# How often the author wrote the call at that very line, on programs whose calls were taken out.
_LAST, _EARLY = 0.9, 0.33


def end_calls(draft: Draft) -> Iterator[PlacedCall]:
    """Before each `return` of `main` behind the start, and at its end."""
    function = draft.function
    if function.name != "main" or draft.is_ended:
        return
    for block in (part for part in walk(function.body) if isinstance(part, Block)):
        for i, item in enumerate(items_of(block, function.source)):
            if (
                _index_around(function, item.statement) >= draft.start_index
                and (_is_guessed(draft, block, item) if draft.forced else _is_sure(item))
                and not _is_complaint_of_some(draft, block, item)
            ):
                sure = _LAST if block is function.body else _EARLY
                yield PlacedCall(line_before(block, i, function.source), "MPI_Finalize", (), sure)
    if not (function.items and returns(function.items[-1].statement)):
        is_left = bool(function.items) and "exit" in called_in(function.items[-1].statement)
        end = len(function.items) - is_left
        yield PlacedCall(function.line_before(end), "MPI_Finalize", (), _LAST)


def _index_around(function: Function, statement: Statement) -> int:
    # a statement of no length, such as that of a label in front of `#ifdef`, is in none
    return next((i for i, one in enumerate(function.items) if one.holds(statement.start)), -1)


def _is_sure(item: Item) -> bool:
    """Whether it is a `return` that computes nothing by a function, which might need MPI."""
    return _is_return(item.statement) and not called_in(item.statement)


def _is_guessed(draft: Draft, block: Block, item: Item) -> bool:
    """Where an answer is forced: whether authors end MPI before the statement.

    They do where one process alone says why all of them leave, and where they leave with success; mostly they do not
    where a failure is told of or a code of failure returned, or where each process complains about the arguments.
    """
    code = _code(item.statement)
    if code is None:
        return False
    way = way_to(draft.function.body, item.statement.start, draft.function.source)
    if not _is_return(item.statement) and (len(way) < 2 or _is_asked_for(way)):
        return False
    if _says_one(draft, block, item):
        return True
    tests = [step.item.statement.test for step in way if isinstance(step.item.statement, If)]
    if any(is_failure(draft.function, test) for test in tests):
        return False
    if not _is_return(item.statement):
        return code in _SUCCESS
    is_of_arguments = any(not names_in(test).isdisjoint(draft.function.parameters) for test in tests)
    return not tests or (code in _SUCCESS and not is_of_arguments)


def _code(statement: Statement) -> str | None:
    """What `return` or `exit` hands to the caller of the program; None for any other statement."""
    match statement:
        case Jump(kind="return", value=value):
            return _spelled(value) if value else "0"
        case Evaluate(expression=Call(function=Name(name="exit"), arguments=[value])):
            return _spelled(value)
        case _:
            return None


def _spelled(value: Expression) -> str:
    """A number or a name; empty for what is computed."""
    match value:
        case Literal(text=text) | Name(name=text):
            return text
        case _:
            return ""


def _is_asked_for(way: tuple[Step, ...]) -> bool:
    """Whether options are gone through there: who asks for help is shown it before MPI has done anything."""
    return any(isinstance(step.item.statement, Switch | Loop) for step in way)


def _says_one(draft: Draft, block: Block, item: Item) -> bool:
    """Whether the block lets one process alone do something before all leave."""
    before = (part for part in walk(block) if isinstance(part, If) and part.end <= item.statement.start)
    return any(draft.flow.rank in names_in(branch.test) for branch in before)


def _is_complaint_of_some(draft: Draft, block: Block, item: Item) -> bool:
    """Whether only some processes get there, and only to say so: authors mostly abort there, or just leave."""
    way = way_to(draft.function.body, item.statement.start, draft.function.source)
    is_for_some = any(draft.flow.is_guard(step.item.statement) for step in way)
    return is_for_some and all(_TELLS.fullmatch(name) for name in called_in(block))


def _is_return(statement: Statement) -> bool:
    return isinstance(statement, Jump) and statement.kind == "return"


def returns(statement: Statement) -> bool:
    """Whether it is a `return`, maybe behind a label."""
    if isinstance(statement, Block) and statement.statements:
        return returns(statement.statements[-1])
    return _is_return(statement)
