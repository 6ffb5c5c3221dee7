"""What all processes of a new communicator put together from what they give: MPI_Allreduce (MPI-4.0 §6.9.6).  Only for
answers that are forced.

sendbuf = rank;
MPI_Comm_split(…, &new_comm);
MPI_Allreduce(&sendbuf, &recvbuf, 1, MPI_INT, MPI_SUM, new_comm);
printf("%d", recvbuf);
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.suggest.mpi.facts.datatypes import datatype_of
from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.program import way_to
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall

_GIVEN, _GOT = re.compile(r"send|snd"), re.compile(r"recv|rcv")
_LIKELY = 0.4


def combined(draft: Draft) -> Iterator[PlacedCall]:
    """In front of what reads a number that is called received and that nothing sets, where another one is called sent:
    with a communicator of its own and no status it is no message.
    """
    made = [one.name for one in _of_type(draft, "MPI_Comm") if one.is_never_set]
    if len(made) != 1 or list(_of_type(draft, "MPI_Status")):
        return
    given = {_GIVEN.sub("", one.name): one for one in draft.function.variables if _GIVEN.search(one.name)}
    for got in (one for one in draft.function.variables if _GOT.search(one.name)):
        sent, kind = given.get(_GOT.sub("", got.name)), datatype_of(got.symbol)
        if sent and kind and _is_combined(draft, sent, got):
            way = way_to(draft.function.body, got.first_read, draft.function.source)
            line = draft.function.line_before(way[0].index)
            arguments = (f"&{sent.name}", f"&{got.name}", _count(draft), kind, "MPI_SUM", made[0])
            yield PlacedCall(line, "MPI_Allreduce", arguments, _LIKELY)


def _count(draft: Draft) -> str:
    """The number that is called so and that nothing reads; else 1."""
    named = (one.name for one in draft.function.variables if one.name == "count" and one.is_number and not one.is_read)
    return next(named, "1")


def _is_combined(draft: Draft, sent: Variable, got: Variable) -> bool:
    """Whether both are numbers of one type, and all read what nothing sets."""
    is_alike = sent.is_number and got.is_number and datatype_of(sent.symbol) == datatype_of(got.symbol)
    way = way_to(draft.function.body, got.first_read, draft.function.source) if got.is_read else ()
    is_for_all = bool(way) and not any(draft.flow.is_guard(step.item.statement) for step in way)
    return is_alike and got.is_never_set and not sent.is_never_set and is_for_all


def _of_type(draft: Draft, type_text: str) -> Iterator[Variable]:
    return (one for one in draft.function.variables if one.symbol and one.symbol.type_text == type_text)
