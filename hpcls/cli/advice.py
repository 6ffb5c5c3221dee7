"""The model that a process of the command line asks: loaded at the first question, then kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from hpcls.config import Settings

if TYPE_CHECKING:
    from hpcls.suggest.advisor import Advisor


def advisor_for(settings: Settings, threads: int = 0) -> Advisor | None:
    """The model that `settings` names; None where there is none.  Raises ModelError.

    `threads` is for settings that name no number; 0: as many as there are cores.
    """
    return _loaded(replace(_choice(settings), threads=settings.threads or threads))


def check_models(wanted: Iterable[Settings]) -> None:
    """Raises ModelError for the first model that cannot be used, before any file is answered."""
    from hpcls.suggest.advisor import check  # noqa: PLC0415 (what starts ONNX Runtime is slow to import)

    for choice in dict.fromkeys(map(_choice, wanted)):
        check(choice)


def _choice(settings: Settings) -> Settings:
    """The settings that choose a model, all others at their defaults."""
    return Settings(model=settings.model, device=settings.device)


@lru_cache(maxsize=1)
def _loaded(settings: Settings) -> Advisor | None:
    from hpcls.suggest.advisor import Advisor  # noqa: PLC0415

    return Advisor.load(settings)
