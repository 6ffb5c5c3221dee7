"""The calls that every MPI program has: MPI_Init, MPI_Comm_rank, MPI_Comm_size and MPI_Finalize."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hpcls.suggest.mpi.facts.draft import Draft, called_in
from hpcls.suggest.mpi.facts.failures import is_failure
from hpcls.suggest.mpi.facts.program import Function, Item, items_of, line_before, way_to
from hpcls.suggest.mpi.facts.start import provided_by
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.syntax.expressions import Assign, Call, Literal, Name, names_in
from hpcls.syntax.statements import Block, Evaluate, If, Jump, Loop, Statement, Switch, walk

_THREADS = re.compile(r"MPI_THREAD_(?:SINGLE|FUNNELED|SERIALIZED|MULTIPLE)")
_ROOM = ("MPI_MAX_PROCESSOR_NAME",)
_OPENMP = re.compile(r"\bomp(?:_|\b)|_OPENMP")
_TELLS = re.compile(r"f?printf|f?puts|perror|fflush|f?close|free|usage|\w*help\w*")

# How often the author wrote the call at that very line, on programs whose calls were taken out.
_INIT, _PAIR, _FINALIZE, _EARLY_FINALIZE, _NAME = 0.62, 0.66, 0.9, 0.33, 0.75


def start_calls(draft: Draft) -> Iterator[PlacedCall]:
    """MPI_Init, where nothing of the file starts MPI (MPI-4.0 §11.2.1)."""
    if draft.function.name == "main" and not draft.is_started:
        line = draft.function.line_before(draft.start_index)
        arguments, provided = _init_arguments(draft), provided_by(draft.function)
        if provided is None:
            yield PlacedCall(line, "MPI_Init", arguments, _INIT)
        else:
            threaded = (*arguments, _level(draft), f"&{provided}")
            yield PlacedCall(line, "MPI_Init_thread", threaded, _INIT)


def pair_calls(draft: Draft) -> Iterator[PlacedCall]:
    """MPI_Comm_rank and MPI_Comm_size, behind the start, or behind the variable's declaration where that is later."""
    for variable in draft.pair.variables:
        function = "MPI_Comm_rank" if variable is draft.pair.rank else "MPI_Comm_size"
        line = draft.function.line_before(index_behind(draft, variable.name))
        yield PlacedCall(line, function, ("MPI_COMM_WORLD", f"&{variable.name}"), _PAIR)


def processor_name(draft: Draft) -> Iterator[PlacedCall]:
    """MPI_Get_processor_name, for an array of characters and a length that nothing fills (MPI-4.0 §9.1.1)."""
    variables = [one for one in draft.function.variables if one.symbol and one.is_set_by_declaration_only]
    texts = [one for one in variables if one.symbol and _is_text(one.symbol.type_text, one.symbol.dimensions)]
    texts = [one for one in texts if one.is_read or draft.forced]
    with_room = [one.name for one in texts if one.symbol and one.symbol.dimensions == _ROOM]
    names = with_room or [one.name for one in texts if "name" in one.name.lower()]
    lengths = _lengths(draft, variables, is_sure=bool(with_room))
    if names and lengths:
        index = max(index_behind(draft, name) for name in (names[0], lengths[0], *draft.pair.names))
        arguments = (names[0], f"&{lengths[0]}")
        yield PlacedCall(draft.function.line_before(index), "MPI_Get_processor_name", arguments, _NAME)


def _lengths(draft: Draft, variables: Sequence[Variable], *, is_sure: bool) -> list[str]:
    """Numbers that are called a length, and that nothing uses unless it is sure that there is a name; where an answer
    is forced, any number then that is there for nothing.
    """
    numbers = [one for one in variables if one.is_number and one.name not in draft.pair.names]
    named = [one.name for one in numbers if (is_sure or not one.uses) and _is_length(one.name)]
    unused = [one.name for one in numbers if one.symbol and one.symbol.type_text == "int" and not one.uses]
    return named or (unused if is_sure and draft.forced else [])


def end_calls(draft: Draft) -> Iterator[PlacedCall]:
    """MPI_Finalize before each `return` of `main` behind the start, and at its end (MPI-4.0 §11.2.2)."""
    function = draft.function
    if function.name != "main" or draft.is_ended:
        return
    for block in (part for part in walk(function.body) if isinstance(part, Block)):
        for i, item in enumerate(items_of(block, function.source)):
            if (
                (_is_return(item) or _is_other_success(draft, item))
                and _index_around(function, item.statement) >= draft.start_index
                and _may_end_before(draft, item)
                and not _is_complaint_of_some(draft, block, item)
                and not (draft.forced and _is_failing(draft, item))
            ):
                sure = _FINALIZE if block is function.body else _EARLY_FINALIZE
                yield PlacedCall(line_before(block, i, function.source), "MPI_Finalize", (), sure)
    if not (function.items and _is_return(function.items[-1])):
        is_left = bool(function.items) and "exit" in called_in(function.items[-1].statement)
        end = len(function.items) - is_left
        yield PlacedCall(function.line_before(end), "MPI_Finalize", (), _FINALIZE)


def _init_arguments(draft: Draft) -> tuple[str, ...]:
    """`&argc, &argv` where `main` has them; NULL is allowed for both."""
    parameters = draft.function.parameters[:2]
    if len(parameters) < 2 or _is_constant(draft.function, parameters[1]):
        return ("NULL", "NULL")
    if draft.forced and _learnt_from_tutorial(draft):
        return ("NULL", "NULL")
    return tuple(f"&{name}" for name in parameters)


def _is_constant(main: Function, arguments: str) -> bool:
    """Whether the texts that `main` is given are constant: MPI_Init takes the address of others only."""
    symbol = main.scopes.lookup(arguments, main.body.start + 1)
    return symbol is not None and not symbol.storage.isdisjoint(("const", "const-pointee"))


def _learnt_from_tutorial(draft: Draft) -> bool:
    """Whether the author writes as the most read tutorial does, which needs no arguments: `world_rank` and NULL; or, as
    its first program, all names so, `char** argv` and no `return`.
    """
    function = draft.function
    text = function.source.slice(function.body.start, function.body.end)
    arguments = function.scopes.lookup(function.parameters[1], function.body.start + 1)
    ends_bare = not (function.items and _is_return(function.items[-1]))
    is_first = ends_bare and arguments is not None and arguments.pointers == 2
    named = ["world" in name for name in draft.pair.names]
    return (any(named) and re.search(r"\bNULL\b", text) is not None) or (is_first and bool(named) and all(named))


def _level(draft: Draft) -> str:
    """The level of thread support that a variable holds or the program names; else that of one thread a process that
    calls MPI, or of all of them where an answer is forced and the threads are not OpenMP's.
    """
    function = draft.function
    for one in function.variables:
        given = one.symbol.initializer if one.symbol else None
        if draft.forced and given and _THREADS.fullmatch(function.source.slice(*given).strip()):
            return one.name
    text = function.source.slice(function.body.start, function.body.end)
    named = _THREADS.search(text)
    has_openmp = not draft.forced or _OPENMP.search(draft.program.source.text)
    return named[0] if named else "MPI_THREAD_FUNNELED" if has_openmp else "MPI_THREAD_MULTIPLE"


def index_behind(draft: Draft, name: str) -> int:
    """The index behind the start and behind the declaration of `name`."""
    declared = draft.start.declared_at(name)
    return max(_communicator_index(draft), 0 if declared is None else declared + 1)


def _communicator_index(draft: Draft) -> int:
    """The index behind the start, and behind a name for the communicator that is set among the assignments there."""
    for index, item in enumerate(draft.function.items[draft.start_index :], draft.start_index):
        match item.statement:
            case Evaluate(expression=Assign(operator="=", value=Name(name="MPI_COMM_WORLD"))):
                return index + 1
            case Evaluate(expression=Assign() as given) if names_in(given).isdisjoint(draft.pair.names):
                pass
            case _:
                break
    return draft.start_index


def _is_text(type_text: str, dimensions: tuple[str, ...]) -> bool:
    return type_text == "char" and len(dimensions) == 1


def _is_length(name: str) -> bool:
    return "len" in name.lower() or name.lower() == "l"


def _index_around(function: Function, statement: Statement) -> int:
    return next(i for i, one in enumerate(function.items) if one.holds(statement.start))


def _may_end_before(draft: Draft, item: Item) -> bool:
    """Whether MPI may end before the value that is returned is computed: a function that is called might need it."""
    return draft.forced or not called_in(item.statement)


def _is_complaint_of_some(draft: Draft, block: Block, item: Item) -> bool:
    """Whether only some processes get there, and only to say so: authors mostly abort there, or just leave."""
    way = way_to(draft.function.body, item.statement.start, draft.function.source)
    is_for_some = any(draft.flow.is_guard(step.item.statement) for step in way)
    return is_for_some and all(_TELLS.fullmatch(name) for name in called_in(block))


def _is_failing(draft: Draft, item: Item) -> bool:
    """Whether it leaves because of a failure: authors mostly do not end MPI there."""
    way = way_to(draft.function.body, item.statement.start, draft.function.source)
    around = (step.item.statement for step in way)
    return any(isinstance(one, If) and is_failure(draft.function, one.test) for one in around)


def _is_return(item: Item) -> bool:
    return isinstance(item.statement, Jump) and item.statement.kind == "return"


def _is_other_success(draft: Draft, item: Item) -> bool:
    """Where an answer is forced: whether it is `exit(0)`, an end that is none of failure, before the end of `main`, and
    none of those that options ask for.
    """
    way = way_to(draft.function.body, item.statement.start, draft.function.source)
    is_asked_for = any(isinstance(step.item.statement, Switch | Loop) for step in way)
    if not draft.forced or len(way) < 2 or is_asked_for:
        return False
    match item.statement:
        case Evaluate(
            expression=Call(function=Name(name="exit"), arguments=[Literal(text="0") | Name(name="EXIT_SUCCESS")])
        ):
            return True
        case _:
            return False
