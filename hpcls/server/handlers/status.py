"""hpcls/status: the models at work, where each runs, and what it was asked so far."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from hpcls.server.features import Request
from hpcls.server.session import Session


async def _handle(session: Session, _: Any) -> dict[str, object]:  # noqa: ANN401 (no type of the protocol)
    models: list[dict[str, object]] = []
    for advisor in session.advisors.loaded():
        artefact, device = advisor.engine.artefact, advisor.engine.device
        models.append({"model": artefact.name, "device": device.name, "why": device.why, **asdict(advisor.usage)})
    return {"models": models}


FEATURE = Request("hpcls/status", _handle, lambda: {"models": []})
