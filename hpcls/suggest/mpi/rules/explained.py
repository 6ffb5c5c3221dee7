"""Texts that tell what a code of failure means: MPI_Error_string (MPI-4.0 §9.4).  Only for answers that are forced.

char text[MPI_MAX_ERROR_STRING];
MPI_Error_string(err, text, &len);
printf("%s", text);
"""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.failures import FAILURE
from hpcls.suggest.mpi.facts.program import line_before, way_to
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall

_ROOM = ("MPI_MAX_ERROR_STRING",)
_LIKELY = 0.5


def explanations(draft: Draft) -> Iterator[PlacedCall]:
    """In front of each reading of such a text that nothing fills."""
    numbers = [
        one for one in draft.function.variables if one.is_number and one.symbol and one.symbol.type_text == "int"
    ]
    codes = [one.name for one in numbers if FAILURE.match(one.name) and not _is_length(one)]
    lengths = [one.name for one in numbers if _is_length(one)]
    for text in draft.function.variables:
        if text.symbol and text.symbol.dimensions == _ROOM and text.is_set_by_declaration_only and codes and lengths:
            for line in _lines(draft, text):
                yield PlacedCall(line, "MPI_Error_string", (codes[0], text.name, f"&{lengths[0]}"), _LIKELY)


def _is_length(one: Variable) -> bool:
    return "len" in one.name.lower() and one.is_set_by_declaration_only


def _lines(draft: Draft, text: Variable) -> Iterator[int]:
    for use in text.uses:
        way = way_to(draft.function.body, use.offset, draft.function.source)
        if use.access == "read" and way:
            yield line_before(way[-1].block, way[-1].index, draft.function.source)
