"""Files that are not open, in the way in which open documents are known."""

from __future__ import annotations

from pygls.uris import to_fs_path

from hpcls.server.background import in_thread
from hpcls.server.convert import Encoding
from hpcls.server.documents import Snapshot
from hpcls.syntax.source import read_source


async def from_disk(uri: str, encoding: Encoding) -> Snapshot | None:
    """A file as it is on the disk; None where `uri` is none.  Raises InputError where it cannot be read."""
    path = to_fs_path(uri)
    if path is None:
        return None
    source = await in_thread(lambda: read_source(path))
    return Snapshot.read(uri, source, encoding)
