"""pygls's protocol, made to survive and to answer whatever a client sends (JSON-RPC 2.0 §5.1, LSP 3.18 ErrorCodes)."""

from __future__ import annotations

import json
import logging
from typing import Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol

log = logging.getLogger(__name__)

_OWN = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
)
"""Kept in server/documents.py: pygls's documents also split lines at form feeds, and copy the text for each change."""
_UNREADABLE = (types.ErrorCodes.ParseError, types.ErrorCodes.InvalidRequest)
"""Errors that JSON-RPC answers with a null id."""


class Protocol(LanguageServerProtocol):
    """Dispatch of messages, with an answer to every request, even one that cannot be read."""

    @property
    def is_shut_down(self) -> bool:
        """Whether the client has asked for `shutdown`."""
        return self._shutdown

    def receive(self, body: bytes) -> None:
        """Handle one message.  Never raises, except SystemExit for `exit`."""
        try:
            message = json.loads(body)
        except (ValueError, RecursionError) as error:
            self._refuse(None, types.ErrorCodes.ParseError, f"not valid JSON: {error}")
            return
        if not isinstance(message, dict):
            self._refuse(None, types.ErrorCodes.InvalidRequest, "a message is a JSON object")
            return
        self._dispatch(cast("dict[str, Any]", message))

    def _dispatch(self, message: dict[str, Any]) -> None:
        fault = self._fault(message)
        if fault is not None:
            self._refuse(message.get("id"), *fault)
            return
        try:
            structured: Any = self.structure_message(message)
        except JsonRpcException as error:
            cause = error.__cause__ or error
            self._refuse(message.get("id"), types.ErrorCodes.InvalidParams, f"{message.get('method')}: {cause}")
            return
        try:
            self.handle_message(structured)
        except Exception:
            log.exception("could not handle %r", message.get("method"))

    def _fault(self, message: dict[str, Any]) -> tuple[types.ErrorCodes, str] | None:
        """What is wrong with the envelope or the moment of `message`."""
        method = message.get("method")
        if method is None and ("result" in message or "error" in message):
            return None  # answers are not answered, not even one that says `id: null`
        if message.get("jsonrpc") != "2.0" or not isinstance(message.get("id", 0), str | int):
            return types.ErrorCodes.InvalidRequest, "not a JSON-RPC 2.0 message"
        if not isinstance(method, str):
            return types.ErrorCodes.InvalidRequest, "a message without a method"
        return None if method == types.EXIT else self._untimely(method)

    def _untimely(self, method: str) -> tuple[types.ErrorCodes, str] | None:
        initialized = self._workspace is not None
        if self._shutdown:
            return types.ErrorCodes.InvalidRequest, f"{method} after shutdown"
        if not initialized and method != types.INITIALIZE:
            return types.ErrorCodes.ServerNotInitialized, f"{method} before initialize"
        if initialized and method == types.INITIALIZE:
            return types.ErrorCodes.InvalidRequest, "initialize came twice"
        return None

    def _refuse(self, msg_id: object, code: types.ErrorCodes, reason: str) -> None:
        """Answer with an error; what is no request and no rubbish gets no answer, only a line in the log."""
        log.warning("%s", reason)
        answered = msg_id if isinstance(msg_id, str | int) else None
        if answered is not None or code in _UNREADABLE:
            self._send_data({"jsonrpc": "2.0", "id": answered, "error": {"code": code.value, "message": reason}})

    def _register_builtin_features(self) -> None:
        super()._register_builtin_features()
        for method in _OWN:
            del self.fm.builtin_features[method]  # pyright: ignore[reportUnknownMemberType]
