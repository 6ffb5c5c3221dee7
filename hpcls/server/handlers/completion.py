"""textDocument/completion: OpenMP pragmas, names of MPI, and first the call that the model would write.

While the model is being loaded the rest is answered, as incomplete: the client asks again at the next key.
"""

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
from hpcls.suggest.mpi.help import complete_mpi

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
_WORD = re.compile(r"\w*\Z")


async def _handle(session: Session, params: types.CompletionParams) -> types.CompletionList | None:
    snapshot = session.newest(params.text_document.uri)
    if snapshot is None:
        return None
    line, before, after = snapshot.index.around(params.position)
    column = len(before) + 1
    settings = await session.settings(snapshot)
    asks = _asks_for_call(params, before, after)
    is_early = asks and not session.advisors.begin(settings).done()
    called = await _call(session, snapshot, line, before, after) if asks and not is_early else []
    if not _PLACES.search(before) and not snapshot.index.text(line - 1).rstrip().endswith("\\"):
        return types.CompletionList(is_early, called) if called or is_early else None  # not worth a parse

    def found() -> tuple[Completion, ...]:
        source = snapshot.source()
        return complete(source, line, column, settings) + complete_mpi(source, line, column)

    completions = await in_thread(found)
    items = [_item(snapshot.index, line, column, one, rank) for rank, one in enumerate(completions)]
    return types.CompletionList(is_early, [*called, *items])


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
    alone = not after.strip() and _is_word(before, start)
    edit = None if alone else _edit(snapshot.index, line, start, end, text)
    return [
        types.CompletionItem(
            label=text.strip(),
            kind=types.CompletionItemKind.Function,
            detail=f"hpcls ({found.probability:.2f})",
            sort_text=" ",
            filter_text=typed or None,
            preselect=True,
            insert_text=None if edit else text,
            text_edit=edit,
        )
    ]


def _item(index: TextIndex, line: int, column: int, completion: Completion, rank: int) -> types.CompletionItem:
    start, text = completion.replace_start_column, completion.insert_text
    edit = None if _is_word(index.text(line)[: column - 1], start) else _edit(index, line, start, column, text)
    return types.CompletionItem(
        label=completion.label,
        kind=_KINDS[completion.kind],
        documentation=completion.documentation or None,
        sort_text=f"{rank:04}",
        insert_text=None if edit else text,
        text_edit=edit,
    )


def _is_word(before: str, start: int) -> bool:
    """Whether what is replaced, from column `start` on, is the word before the cursor, which editors find themselves.

    Then the text alone is sent: Neovim 0.11 cuts a text edit at its first space.
    """
    return start + len(_WORD.findall(before)[0]) - 1 == len(before)


def _edit(index: TextIndex, line: int, start: int, end: int, text: str) -> types.TextEdit:
    return types.TextEdit(index.range(index.at(line, start), index.at(line, end)), text)


FEATURE = Request(
    types.TEXT_DOCUMENT_COMPLETION,
    _handle,
    lambda: None,
    types.CompletionOptions(trigger_characters=[" ", "(", ",", ":", "_"]),
)
