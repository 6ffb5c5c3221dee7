"""The models that the server asks: loaded once each, in the thread that first needs one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from hpcls.config import Settings
from hpcls.errors import ModelError

if TYPE_CHECKING:
    from hpcls.suggest.advisor import Advisor


class Advisors:
    """Models by the settings that choose them."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        """`warn` is told, from whatever thread, why a model cannot be used; hpcls goes on without it."""
        self._warn = warn
        self._lock = threading.Lock()
        self._loaded: dict[Settings, Advisor | None] = {}

    def get(self, settings: Settings) -> Advisor | None:
        """The model of `settings`; None where there is none that can be used."""
        key = replace(Settings(), model=settings.model, device=settings.device, threads=settings.threads)
        with self._lock:
            if key not in self._loaded:
                self._loaded[key] = self._load(key)
            return self._loaded[key]

    def _load(self, settings: Settings) -> Advisor | None:
        from hpcls.suggest.advisor import Advisor  # noqa: PLC0415 (what starts ONNX Runtime is slow to import)

        try:
            return Advisor.load(settings)
        except ModelError as error:
            self._warn(str(error))
            return None
