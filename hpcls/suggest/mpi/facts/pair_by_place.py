"""The rank and the size where no variable that nothing sets is called so: by where they stand and what else sets them.
Only for answers that are forced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hpcls.suggest.mpi.facts.program import Function
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.expressions import Assign, Literal, Name
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.mpi_names import Part, part_of
from hpcls.syntax.statements import Declare, expressions_of, walk

_NO_SIZE = re.compile(r"provided|len|err|status|flag|tag|rank(?!s)", re.I)


def reset(function: Function, part: Part, alone: str) -> Variable | None:
    """The first variable called so that gets other values, too: that of a single process, as behind `#else`, or any
    once it has been read.
    """
    values = {at for at, given in _assigned(function) if given == alone}
    for one in function.variables:
        set_at = {use.offset for use in one.uses if use.access != "read"}
        is_named = one.is_number and part_of(one.name) == part and one.name not in function.counters
        is_read_first = one.symbol is not None and one.is_read and one.first_read < min(set_at, default=0)
        if is_named and set_at and (set_at <= values or is_read_first):
            return one
    return None


def _assigned(function: Function) -> Iterator[tuple[int, str]]:
    """(offset of the variable, number) of each assignment of a number."""
    for statement in walk(function.body):
        for expression in expressions_of(statement):
            for part in walk_expression(expression):
                match part:
                    case Assign(operator="=", target=Name(start=start), value=Literal(text=text)):
                        yield start, text
                    case _:
                        pass


def beside(function: Function, rank: Variable | None) -> Variable | None:
    """The number that is declared right behind the rank, and that nothing sets: `int rank, n;`."""
    for statement in walk(function.body) if rank else ():
        listed = statement.declarators if isinstance(statement, Declare) else ()
        for one, following in pairwise(listed):
            if rank and rank.symbol and one.start == rank.symbol.start:
                found = function.variable(following.name)
                is_free = found is not None and found.is_number and found.is_never_set
                return found if is_free and not _NO_SIZE.search(following.name) else None
    return None
