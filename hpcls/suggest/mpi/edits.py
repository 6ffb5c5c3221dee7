"""From accepted calls to edits of the text, with its indentation and line endings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hpcls.suggest.mpi.facts.gaps import Gap
from hpcls.suggest.mpi.slots import Slot
from hpcls.suggest.mpi.veto import Placement
from hpcls.suggest.report import Edit, Suggestion
from hpcls.syntax.mpi import mpi_function
from hpcls.syntax.source import Source

_HEADER = re.compile(rb'^[ \t]*#[ \t]*include[ \t]*[<"](?:\w+/)*mpi\.h[>"]', re.MULTILINE)
_BYTE_ORDER_MARK = "\ufeff"


def suggestions(original: Source, parsed: Source, placements: Sequence[Placement]) -> tuple[Suggestion, ...]:
    """One suggestion for each call; their edits apply together, and the first brings a missing `#include <mpi.h>`.

    `parsed` is `original` with its gaps filled, line by line the same.
    """
    found: list[Suggestion] = []
    braced: set[tuple[int, int]] = set()
    for placement in placements:
        edits = tuple(_edits(original, parsed, placement, braced))
        header = _header(original) if not found else ()
        found.append(_suggestion(original, placement, (*header, *edits)))
    return tuple(found)


def _suggestion(source: Source, placement: Placement, edits: tuple[Edit, ...]) -> Suggestion:
    call = placement.call
    line = call.line if placement.gap else call.line + 1
    column = placement.gap.column if placement.gap else 1
    return Suggestion(
        code="MPI001",
        kind="mpi",
        line=min(line, len(source.line_starts)),
        column=column,
        end_line=min(line, len(source.line_starts)),
        text=f"{call.text};",
        evidence="plausible",
        confidence=call.confidence,
        message=_message(call.function),
        edits=edits,
        function=call.function,
        arguments=call.arguments,
        after_line=call.line,
    )


def _message(name: str) -> str:
    function = mpi_function(name)
    told = _WHY.get(name)
    return told or (f"{name} is missing here: {function.documentation}" if function else f"{name} is missing here")


_WHY = {
    "MPI_Init": "nothing starts MPI before it is used",
    "MPI_Comm_rank": "the rank is used, and nothing asks for it",
    "MPI_Comm_size": "the number of processes is used, and nothing asks for it",
    "MPI_Finalize": "MPI is never ended before the program is",
    "MPI_Wtime": "the time is missing here",
    "MPI_Reduce": "each process has its part of this total, and nothing puts them together",
    "MPI_Allreduce": "each process has its part of this total, and nothing puts them together",
    "MPI_Bcast": "one process alone sets this variable, and the others read it, too",
    "MPI_Scatter": "one process alone has this array, and the others wait for their parts of it",
    "MPI_Gather": "each process has its part of this array, and nothing puts them together",
    "MPI_Recv": "this is sent, and the process that it is for does not receive it",
    "MPI_Send": "a process waits for this, and nobody sends it",
    "MPI_Wait": "nothing waits for this request, so that nobody knows when its buffer may be used again",
    "MPI_Waitall": "nothing waits for these requests, so that nobody knows when their buffers may be used again",
    "MPI_Type_commit": "this datatype is used, and was never committed",
    "MPI_File_close": "this file is never closed",
    "MPI_Win_free": "this window is never freed",
}


def _edits(original: Source, parsed: Source, placement: Placement, braced: set[tuple[int, int]]) -> Iterator[Edit]:
    if placement.gap is not None:
        yield _value(placement.gap, placement.call.text)
    slot = placement.slot
    if slot is None:
        return
    line, newline = slot.line + 1, original.newline
    statement = f"{slot.indentation}{placement.call.text};{newline}"
    if slot.lone is None or slot.lone in braced:
        yield Edit(line, 1, line, 1, statement)
        return
    braced.add(slot.lone)
    yield from _in_braces(original, parsed, slot, statement)


def _value(gap: Gap, text: str) -> Edit:
    value = f" {text}" if gap.has_semicolon else f" {text};"
    return Edit(gap.line, gap.column, gap.line, gap.column, value)


def _in_braces(original: Source, parsed: Source, slot: Slot, statement: str) -> Iterator[Edit]:
    """The call in front of the lone body of an `if`, `else` or loop, and braces around both."""
    assert slot.lone is not None
    head, end = slot.header_end, slot.lone[1]
    at, column = parsed.line(head - 1), parsed.column(head - 1) + 1
    yield Edit(at, column, at, column, " {")
    yield Edit(slot.line + 1, 1, slot.line + 1, 1, statement)
    last = parsed.line(end - 1)
    outer = original.indentation(parsed.line(head - 1))
    same = original.line_text(last) == parsed.line_text(last)
    column = parsed.column(end - 1) + 1 if same else len(original.line_text(last)) + 1
    yield Edit(last, column, last, column, f"{original.newline}{outer}}}")


def _header(source: Source) -> tuple[Edit, ...]:
    """`#include <mpi.h>` behind the last include, or above the first code; none where it is there, or where statements
    stand outside of any function.
    """
    root = source.tree.root_node
    if _HEADER.search(source.data):
        return ()
    includes = [child for child in root.children if child.type == "preproc_include"]
    if includes:
        line = source.line(includes[-1].start_byte) + 1
    else:
        first = next((child for child in root.children if child.type != "comment"), root)
        line = source.line(first.start_byte)
    column = 2 if line == 1 and source.text.startswith(_BYTE_ORDER_MARK) else 1
    return (Edit(line, column, line, column, f"#include <mpi.h>{source.newline}"),)
