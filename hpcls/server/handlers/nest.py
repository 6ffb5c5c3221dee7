"""hpcls/nest: one loop over its whole nest, for a report: dependences, remedies, and its iterations as a drawing.

Apart from hpcls/loops, as a report asks for it only where somebody looks: it takes some 0.1 s a loop.
"""

from __future__ import annotations

from typing import Any

from hpcls.errors import InputError
from hpcls.server.background import in_thread
from hpcls.server.disk import from_disk
from hpcls.server.documents import Snapshot
from hpcls.server.features import Request
from hpcls.server.session import Session
from hpcls.suggest.drawing import iteration_space_svg
from hpcls.suggest.nest_words import left_out, listed, nest_heading
from hpcls.suggest.nests import nest_at

Entry = dict[str, object]


async def _handle(session: Session, params: Any) -> Entry | None:  # noqa: ANN401 (no type of the protocol)
    """The loop that begins at `line` and `column` (1-based) of `uri`; None where none does."""
    opened = session.newest(params.uri)
    try:
        snapshot = opened or await from_disk(params.uri, session.documents.encoding)
    except InputError:
        return None  # hpcls/loops says so
    if snapshot is None:
        return None
    settings = await session.settings(snapshot)
    found = await in_thread(lambda: _entry(snapshot, params.line, params.column, settings.build_path))
    return found and {"version": opened.version if opened else None, **found}


def _entry(snapshot: Snapshot, line: int, column: int, build_path: str | None) -> Entry | None:
    found = nest_at(snapshot.source(), line, column, build_path)
    if found is None:
        return None
    nest, space = found.report(), found.space()
    return {
        "over": nest_heading(nest),
        "dependences": [
            {"kind": note.kind, "words": words, "lines": sorted({note.source.line, note.sink.line})}
            for note, words in listed(nest)
        ],
        "left_out": left_out(nest),
        "remedies": nest.remedies,
        "svg": iteration_space_svg(space) if space else None,
    }


FEATURE = Request("hpcls/nest", _handle, lambda: None)
