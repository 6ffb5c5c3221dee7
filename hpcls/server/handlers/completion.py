"""textDocument/completion: OpenMP pragmas and names of MPI."""

from __future__ import annotations

import re

from lsprotocol import types

from hpcls.server.background import in_thread
from hpcls.server.convert import TextIndex
from hpcls.server.features import Request
from hpcls.server.session import Session
from hpcls.suggest.complete import Completion, CompletionKind, complete
from hpcls.suggest.mpi import complete_mpi

_KINDS: dict[CompletionKind, types.CompletionItemKind] = {
    "directive": types.CompletionItemKind.Keyword,
    "clause": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "variable": types.CompletionItemKind.Variable,
    "function": types.CompletionItemKind.Function,
    "constant": types.CompletionItemKind.Constant,
    "field": types.CompletionItemKind.Field,
    "type": types.CompletionItemKind.Class,
}
_PLACES = re.compile(r"pragma\b|MPI_\w*$", re.IGNORECASE)


async def _handle(session: Session, params: types.CompletionParams) -> types.CompletionList | None:
    snapshot = session.newest(params.text_document.uri)
    if snapshot is None:
        return None
    line, before, _ = snapshot.index.around(params.position)
    if not _PLACES.search(before) and not snapshot.index.text(line - 1).rstrip().endswith("\\"):
        return None  # most key strokes: not worth a parse
    column = len(before) + 1
    settings = await session.settings(snapshot)

    def found() -> tuple[Completion, ...]:
        source = snapshot.source()
        return complete(source, line, column, settings) + complete_mpi(source, line, column)

    completions = await in_thread(found)
    items = [_item(snapshot.index, line, column, one, rank) for rank, one in enumerate(completions)]
    return types.CompletionList(is_incomplete=False, items=items)


def _item(index: TextIndex, line: int, column: int, completion: Completion, rank: int) -> types.CompletionItem:
    replaced = index.range(index.at(line, completion.replace_start_column), index.at(line, column))
    return types.CompletionItem(
        label=completion.label,
        kind=_KINDS[completion.kind],
        documentation=completion.documentation or None,
        sort_text=f"{rank:04}",
        text_edit=types.TextEdit(replaced, completion.insert_text),
    )


FEATURE = Request(
    types.TEXT_DOCUMENT_COMPLETION,
    _handle,
    lambda: None,
    types.CompletionOptions(trigger_characters=[" ", "(", ",", ":", "_"]),
)
