"""hpcls/text: the server's text of a document, for tests that compare it with the client's."""

from __future__ import annotations

from typing import Any

from hpcls.server.features import Request
from hpcls.server.session import Session


async def _handle(session: Session, params: Any) -> dict[str, object] | None:  # noqa: ANN401 (no type of the protocol)
    snapshot = session.documents.get(params.uri)
    if snapshot is None:
        return None
    return {"text": snapshot.data.decode("utf-8", "surrogatepass"), "version": snapshot.version}


FEATURE = Request("hpcls/text", _handle, lambda: None)
