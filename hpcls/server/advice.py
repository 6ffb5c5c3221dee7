"""The models that the server asks: loaded once each, beside all else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from hpcls.config import Settings
from hpcls.errors import ModelError

if TYPE_CHECKING:
    from hpcls.suggest.loading import AnyAdvisor


class Advisors:
    """Models by the settings that choose them."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        """`warn` is told, from whatever thread, why a model cannot be used; hpcls goes on without it."""
        self._warn = warn
        self._lock = threading.Lock()
        self._begun: dict[Settings, Future[AnyAdvisor | None]] = {}
        self._faults: dict[Settings, str] = {}

    def get(self, settings: Settings) -> AnyAdvisor | None:
        """The model of `settings`, once it is loaded; None where there is none that can be used."""
        return self.begin(settings).result()

    def begin(self, settings: Settings) -> Future[AnyAdvisor | None]:
        """Load the model of `settings` if that has not begun.

        In a thread of its own: whoever waits may be stopped, and a library whose import was stopped is lost.
        """
        key = _choice(settings)
        with self._lock:
            if key not in self._begun:
                self._begun[key] = Future()
                threading.Thread(
                    target=self._load, args=(key, self._begun[key]), name="hpcls-model", daemon=True
                ).start()
            return self._begun[key]

    def loaded(self) -> list[AnyAdvisor]:
        """The models that can be asked now."""
        with self._lock:
            ended = [future for future in self._begun.values() if future.done() and not future.exception()]
        return [advisor for future in ended if (advisor := future.result())]

    def loading(self) -> bool:
        """Whether a model is on its way."""
        with self._lock:
            return not all(future.done() for future in self._begun.values())

    def faults(self, wanted: Iterable[Settings]) -> list[str]:
        """Why those of the models that `wanted` choose cannot be used that have been tried."""
        with self._lock:
            return [self._faults[key] for key in dict.fromkeys(map(_choice, wanted)) if key in self._faults]

    def _load(self, settings: Settings, future: Future[AnyAdvisor | None]) -> None:
        try:
            from hpcls.suggest.loading import load  # noqa: PLC0415 (a server without a document needs no model)

            future.set_result(load(settings))
        except ModelError as error:
            with self._lock:
                self._faults[settings] = str(error)
            self._warn(str(error))
            future.set_result(None)
        except BaseException as error:  # noqa: BLE001 (raised where it is waited for)
            future.set_exception(error)


def _choice(settings: Settings) -> Settings:
    """The settings that choose a model, all others at their defaults."""
    return Settings(model=settings.model, device=settings.device, threads=settings.threads)
