"""What every MPI program begins with: MPI_Init, MPI_Comm_rank and MPI_Comm_size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import Function
from hpcls.suggest.mpi.facts.start import provided_by
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.ends import returns
from hpcls.syntax.expressions import Assign, Name, names_in
from hpcls.syntax.statements import Evaluate

_THREADS = re.compile(r"MPI_THREAD_(?:SINGLE|FUNNELED|SERIALIZED|MULTIPLE)")
_ROOM = ("MPI_MAX_PROCESSOR_NAME",)
_OPENMP = re.compile(r"\bomp(?:_|\b)|_OPENMP")

# How often the author wrote the call at that very line, on programs whose calls were taken out.
_INIT, _PAIR, _NAME = 0.62, 0.66, 0.75


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
    for variable in _in_order(draft):
        function = "MPI_Comm_rank" if variable is draft.pair.rank else "MPI_Comm_size"
        line = draft.function.line_before(index_behind(draft, variable.name))
        yield PlacedCall(line, function, ("MPI_COMM_WORLD", f"&{variable.name}"), _PAIR)


def _in_order(draft: Draft) -> tuple[Variable, ...]:
    """As they are declared; the size first where an answer is forced and calls keep their codes, as most do then."""
    variables = draft.pair.variables
    if draft.forced and len(draft.codes) > len(variables):
        return tuple(sorted(variables, key=lambda one: one is draft.pair.rank))
    return variables


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
    ends_bare = not (function.items and returns(function.items[-1].statement))
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
