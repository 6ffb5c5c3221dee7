"""A handler and its place in the protocol; one that fails is logged and yields, and the server lives."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from hpcls.server.analyses import StaleError
from hpcls.server.session import Session

log = logging.getLogger(__name__)
Params = TypeVar("Params")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Request(Generic[Params, Result]):
    """A method that is answered.

    `handle` takes its snapshot before its first `await`: later messages are read only after that.
    """

    method: str
    handle: Callable[[Session, Params], Awaitable[Result]]
    otherwise: Callable[[], Result]
    """The answer of a handler that failed."""
    options: object = None


@dataclass(frozen=True)
class Notification(Generic[Params]):
    """A method that is not answered; handled at once, in order."""

    method: str
    handle: Callable[[Session, Params], None]
    options: object = None


@dataclass(frozen=True)
class Command:
    """A command about a line (1-based) of a document, for workspace/executeCommand."""

    name: str
    handle: Callable[[Session, str, int], Awaitable[object]]


Feature = Request[Any, Any] | Notification[Any] | Command


def register(server: LanguageServer, session: Session, feature: Feature) -> None:
    """Make `server` answer `feature`."""
    if isinstance(feature, Command):
        server.command(feature.name)(_command(session, feature))
        return
    guarded = _request(session, feature) if isinstance(feature, Request) else _notification(session, feature)
    server.feature(feature.method, feature.options)(guarded)


def _request(session: Session, feature: Request[Params, Result]) -> Callable[[Params], Awaitable[Result]]:
    async def answer(params: Params) -> Result:
        work = feature.handle(session, params)
        return await _guarded(session, feature.method, work, feature.otherwise)

    return answer


def _command(session: Session, feature: Command) -> Callable[[str, int], Awaitable[object]]:
    async def run(uri: str, line: int) -> object:
        return await _guarded(session, feature.name, feature.handle(session, uri, line), lambda: None)

    return run


async def _guarded(session: Session, name: str, work: Awaitable[Result], otherwise: Callable[[], Result]) -> Result:
    """One failing feature must not take the server down."""
    try:
        return await work
    except StaleError as error:
        raise JsonRpcException(str(error), types.LSPErrorCodes.ContentModified.value) from error
    except JsonRpcException:
        raise
    except Exception as error:  # noqa: BLE001
        _failed(session, name, error)
        return otherwise()


def _notification(session: Session, feature: Notification[Params]) -> Callable[[Params], None]:
    def act(params: Params) -> None:
        try:
            feature.handle(session, params)
        except Exception as error:  # noqa: BLE001
            _failed(session, feature.method, error)

    return act


def _failed(session: Session, method: str, error: Exception) -> None:
    log.error("%s failed", method, exc_info=error)
    message = f"{method} failed: {type(error).__name__}: {error}"
    session.server.window_log_message(types.LogMessageParams(types.MessageType.Error, message))
