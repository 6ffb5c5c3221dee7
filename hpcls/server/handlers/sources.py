"""hpcls/sources: the files that a report on a folder covers, as `hpcls suggest FOLDER` finds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pygls.uris import to_fs_path

from hpcls.server.background import in_thread
from hpcls.server.features import Request
from hpcls.server.session import Session
from hpcls.suggest.ignore import rules
from hpcls.suggest.walk import walk


async def _handle(session: Session, params: Any) -> list[str]:  # noqa: ANN401 (no type of the protocol)
    path = to_fs_path(params.uri)
    if path is None or not Path(path).is_dir():
        return [params.uri] if path else []
    folder = Path(path)
    resolved = await session.resolved(folder)

    def found() -> list[str]:
        patterns = resolved.settings.exclude
        exclude = rules(resolved.exclude_folder, patterns) if patterns else None
        return [Path(one.path).as_uri() for one in walk(path, exclude) if one.error is None]

    return await in_thread(found)


FEATURE = Request("hpcls/sources", _handle, list[str])
