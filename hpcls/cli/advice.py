"""The model that a process of the command line asks: loaded at the first question, then kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from hpcls.config import Settings
from hpcls.inference.artefact import Task

if TYPE_CHECKING:
    from hpcls.suggest.loading import AnyAdvisor


def advisor_for(settings: Settings, threads: int = 0) -> AnyAdvisor | None:
    """The model that `settings` names; None where there is none.  Raises ModelError.

    `threads` is for settings that name no number; 0: as many as there are cores.
    """
    return _loaded(replace(_choice(settings), threads=settings.threads or threads))


def check_models(wanted: Iterable[Settings], task: Task | None = None) -> None:
    """Raises ModelError for the first model that cannot be used, or not for `task`, before any file is answered."""
    from hpcls.suggest.model_files import check  # noqa: PLC0415 (what starts ONNX Runtime is slow to import)

    for choice in dict.fromkeys(map(_choice, wanted)):
        check(choice, task)


def _choice(settings: Settings) -> Settings:
    """The settings that choose a model, all others at their defaults."""
    return Settings(model=settings.model, device=settings.device)


@lru_cache(maxsize=1)
def _loaded(settings: Settings) -> AnyAdvisor | None:
    from hpcls.suggest.loading import load  # noqa: PLC0415

    return load(settings)
