"""Whether a file means to use MPI: without a sign of that, nothing is offered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from hpcls.suggest.mpi.facts.pair import Pair, known_names
from hpcls.suggest.mpi.facts.program import Function, Program, shows_mpi
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.expressions import Binary, Call, Expression, Name
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.mpi_names import part_of
from hpcls.syntax.source import Source
from hpcls.syntax.statements import expressions_of, walk

_MAYBE = re.compile(rb"rank|procs|my_?id|task_?id|proc_?id|numtasks|comm_?sz|world_?size", re.IGNORECASE)
_MAIN = re.compile(rb"main(?<!\wmain)\s*\(")  # what begins with a letter is looked for ten times as fast
_OWN_HEADER = re.compile(rb'^[ \t]*#[ \t]*include[ \t]*"', re.MULTILINE)
_SHOWS = frozenset("printf fprintf sprintf snprintf".split())
_SHORT = 2
"""Names of up to so many letters mean anything: `p`, `id`, `np`."""


def may_use_mpi(source: Source) -> bool:
    """A quick look: whether anything of MPI, or a name that could be the rank, stands in the text."""
    return shows_mpi(source) or (bool(_MAIN.search(source.data)) and bool(_MAYBE.search(source.data)))


class Intent:
    """What one program means for MPI."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def pair(self, function: Function, pair: Pair) -> Pair:
        """Of `pair`, variables of `function`, what is surely never set and meant for MPI."""
        rank, size = pair.rank, pair.size
        if rank and (known_names(self._program, function, "rank") or not self._is_meant(function, rank, size)):
            rank = None
        if size and (known_names(self._program, function, "size") or not self._is_meant(function, size, pair.rank)):
            size = None
        if self._program.shows_mpi:
            return Pair(rank, size)
        if function.name != "main" or rank is None or not rank.is_read:
            return Pair(None, None)
        is_rank = "rank" in rank.name.lower() or (size is not None and size.is_read)
        return Pair(rank, size) if is_rank else Pair(None, None)

    def _is_meant(self, function: Function, variable: Variable, partner: Variable | None) -> bool:
        if part_of(variable.name) is None and "rank" not in variable.name.lower():
            return False
        if len(variable.name) <= _SHORT and partner is None:
            return False
        if not variable.is_read and self._program.calls_of("MPI_Init", "MPI_Init_thread"):
            return False
        if variable.symbol is None or not _is_set_nowhere(self._program, function, variable):
            return False
        return variable.name not in self._handed_over

    @cached_property
    def _handed_over(self) -> frozenset[str]:
        return frozenset(name for function in self._program.functions for name in _handed_over(function))


def _is_set_nowhere(program: Program, function: Function, variable: Variable) -> bool:
    """For a variable of the whole file, that no function sets it, and that no other file can see it."""
    symbol = variable.symbol
    assert symbol is not None
    if function.body.start <= symbol.start < function.body.end:
        return True
    is_private = "static" in symbol.storage or not _OWN_HEADER.search(program.source.data)
    others = (one for other in program.functions for one in other.variables if one.symbol == symbol)
    return function.name == "main" and is_private and all(one.is_never_set for one in others)


def _handed_over(function: Function) -> Iterator[str]:
    """The variables that something might set although their address is not seen to be taken: a macro, a parameter by
    reference, a stream.
    """
    is_cpp = function.source.language == "cpp"
    for part in _expressions(function):
        if isinstance(part, Call) and _may_set(function, part):
            yield from (one.name for one in part.arguments if isinstance(one, Name))
        if is_cpp and isinstance(part, Binary) and part.operator == ">>" and isinstance(part.right, Name):
            yield part.right.name


def _may_set(function: Function, call: Call) -> bool:
    called = call.function.name if isinstance(call.function, Name) else ""
    if called in _SHOWS:
        return False
    return function.source.language == "cpp" or called.isupper() or _is_macro(function, called, call.start)


def _is_macro(function: Function, name: str, offset: int) -> bool:
    symbol = function.scopes.lookup(name, offset)
    return symbol is not None and symbol.kind == "macro"


def _expressions(function: Function) -> Iterator[Expression]:
    for statement in walk(function.body):
        for expression in expressions_of(statement):
            yield from walk_expression(expression)
