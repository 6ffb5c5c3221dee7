"""What frees the objects of MPI that a program makes.  Only for answers that are forced.

if (part != MPI_COMM_NULL)
    MPI_Comm_free(&part);
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.ends import end_calls
from hpcls.syntax.expressions import Binary, Expression, Name
from hpcls.syntax.statements import Block, If, walk

_FREES: Mapping[str, str] = MappingProxyType(
    {
        "MPI_Comm": "MPI_Comm_free",
        "MPI_Datatype": "MPI_Type_free",
        "MPI_File": "MPI_File_close",
        "MPI_Group": "MPI_Group_free",
        "MPI_Info": "MPI_Info_free",
        "MPI_Win": "MPI_Win_free",
    }
)
"""By the type of the handle (MPI-4.0 §5.1.9, §7.3.3, §7.4.3, §10, §12.2.5, §14.2.2)."""
_LIKELY = 0.4


def freed(draft: Draft, one: Variable) -> Iterator[PlacedCall]:
    """In front of the end; where a test for the null handle has nothing else to do, `freed_if_there` writes it."""
    ends = [call.line for call in end_calls(draft)]
    function = _FREES.get(one.symbol.type_text) if one.symbol else None
    if ends and function and not is_freed_if_there(draft, one):
        yield PlacedCall(max(ends), function, (f"&{one.name}",), _LIKELY)


def is_freed_if_there(draft: Draft, one: Variable) -> bool:
    """Whether such a test frees it."""
    return one.name in {name for name, _ in _tested(draft)}


def freed_if_there(draft: Draft) -> Iterator[PlacedCall]:
    """In each empty branch of a test that a handle is not the null handle."""
    for name, line in _tested(draft):
        variable = draft.function.variable(name)
        function = _FREES.get(variable.symbol.type_text) if variable and variable.symbol else None
        if function:
            yield PlacedCall(line, function, (f"&{name}",), _LIKELY)


def _tested(draft: Draft) -> Iterator[tuple[str, int]]:
    """(handle, line) of each such branch."""
    for part in walk(draft.function.body):
        if isinstance(part, If) and isinstance(part.then, Block) and not part.then.statements and not part.otherwise:
            name = _not_null(part.test)
            if name:
                yield name, draft.function.source.line(part.then.start)


def _not_null(test: Expression) -> str | None:
    match test:
        case Binary(operator="!=", left=Name(name=name), right=Name(name=null)):
            return name if null.startswith("MPI_") and null.endswith("_NULL") else None
        case _:
            return None
