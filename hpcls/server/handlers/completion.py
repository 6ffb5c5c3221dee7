"""textDocument/completion: OpenMP pragmas, names of MPI, and first the call that the model would write."""

from __future__ import annotations

import re

from lsprotocol import types

from hpcls.server.background import in_thread
from hpcls.server.convert import TextIndex
from hpcls.server.documents import Snapshot
from hpcls.server.features import Request
from hpcls.server.ghost import call_wanted
from hpcls.server.next_call import next_call
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
_TYPED = re.compile(r"(?:\bMPI_\w*)?\Z")


async def _handle(session: Session, params: types.CompletionParams) -> types.CompletionList | None:
    snapshot = session.newest(params.text_document.uri)
    if snapshot is None:
        return None
    line, before, after = snapshot.index.around(params.position)
    column = len(before) + 1
    called = await _call(session, snapshot, line, before, after) if _asks_for_call(params, before, after) else []
    if not _PLACES.search(before) and not snapshot.index.text(line - 1).rstrip().endswith("\\"):
        return types.CompletionList(is_incomplete=False, items=called) if called else None  # not worth a parse
    settings = await session.settings(snapshot)

    def found() -> tuple[Completion, ...]:
        source = snapshot.source()
        return complete(source, line, column, settings) + complete_mpi(source, line, column)

    completions = await in_thread(found)
    items = [_item(snapshot.index, line, column, one, rank) for rank, one in enumerate(completions)]
    return types.CompletionList(is_incomplete=False, items=[*called, *items])


def _asks_for_call(params: types.CompletionParams, before: str, after: str) -> bool:
    """Whether an MPI call is begun, or somebody asks on a blank line."""
    is_invoked = params.context is None or params.context.trigger_kind is types.CompletionTriggerKind.Invoked
    return call_wanted(before, after) and ("MPI_" in before or is_invoked)


async def _call(session: Session, snapshot: Snapshot, line: int, before: str, after: str) -> list[types.CompletionItem]:
    """The whole call, or its arguments; an editor's own parenthesis behind the cursor goes."""
    found = await next_call(session, snapshot, line, before)
    if found is None:
        return []
    typed = _TYPED.findall(before)[0]
    text, start, end = typed + found.text, len(before) - len(typed) + 1, len(before) + len(after.rstrip()) + 1
    replaced = snapshot.index.range(snapshot.index.at(line, start), snapshot.index.at(line, end))
    return [
        types.CompletionItem(
            label=text.strip(),
            kind=types.CompletionItemKind.Function,
            detail=f"hpcls ({found.probability:.2f})",
            sort_text=" ",
            filter_text=typed or None,
            preselect=True,
            text_edit=types.TextEdit(replaced, text),
        )
    ]


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
