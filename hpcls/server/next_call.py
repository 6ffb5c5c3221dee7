"""The MPI call at the cursor, as ghost text and completions show it."""

from __future__ import annotations

from hpcls.server.background import in_thread
from hpcls.server.documents import Snapshot
from hpcls.server.session import Session
from hpcls.suggest.mpi.next import NextCall, next_at


async def next_call(session: Session, snapshot: Snapshot, line: int, before: str) -> NextCall | None:
    """What the model puts behind `before` in `line`; None where the settings do not want it, or it is not sure."""
    settings = await session.settings(snapshot)
    if settings.kind == "openmp" or settings.evidence == "proved" or "MPI001" not in settings.select:
        return None

    def ask() -> NextCall | None:
        advisor = session.advisors.get(settings)
        return next_at(advisor, snapshot.source(), line, len(before) + 1) if advisor else None

    found = await in_thread(ask)
    return found if found and found.probability >= settings.min_confidence else None
