"""A plain JSON-RPC client of the server, for measurements and tests: no editor, no pygls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, cast

from hpcls.errors import HpclsError

Message = dict[str, Any]
SERVER = (sys.executable, "-m", "hpcls", "server")


class ResponseError(HpclsError):
    """The server answered a request with an error."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.code: int = error["code"]


class Connection:
    """Messages to and from a server over two byte streams."""

    def __init__(self, output: BinaryIO, source: BinaryIO) -> None:
        self._output = output
        self._source = source
        self._news = threading.Condition()
        self._answers: dict[int, Message] = {}
        self._last_id = 0
        self.received: list[Message] = []
        """Notifications and requests of the server, and errors without an id, in order."""
        self.replies: dict[str, Callable[[Any], Any]] = {}
        """What to answer to the server's requests; null where nothing is said."""
        self.closed = False
        threading.Thread(target=self._listen, daemon=True).start()

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._output.write(data)
        self._output.flush()

    def send(self, message: Message) -> None:
        """Send one message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def notify(self, method: str, params: object = None) -> None:
        """Send a notification."""
        self.send({"method": method, "params": params})

    def begin(self, method: str, params: object = None) -> int:
        """Send a request; its id."""
        self._last_id += 1
        self.send({"id": self._last_id, "method": method, "params": params})
        return self._last_id

    def finish(self, request: int, timeout: float = 30) -> Any:  # noqa: ANN401 (JSON)
        """The result of a request.  Raises ResponseError, or TimeoutError."""
        answer = self._wait(lambda: self._answers.pop(request, None), timeout)
        if "error" in answer:
            raise ResponseError(answer["error"])
        return answer["result"]

    def request(self, method: str, params: object = None, timeout: float = 30) -> Any:  # noqa: ANN401
        """Send a request and wait for its result.  Raises as `finish` does."""
        return self.finish(self.begin(method, params), timeout)

    def wait_for(self, method: str, timeout: float = 30) -> Any:  # noqa: ANN401
        """The parameters of the next message of `method` from the server, which is taken from `received`."""

        def taken() -> Message | None:
            found = next((one for one in self.received if one.get("method") == method), None)
            if found:
                self.received.remove(found)
            return found

        return self._wait(taken, timeout).get("params")

    def _wait(self, look: Callable[[], Message | None], timeout: float) -> Message:
        with self._news:
            found: list[Message] = []

            def arrived() -> bool:
                message = look()
                found.extend([message] if message else [])
                return bool(message) or self.closed

            if not self._news.wait_for(arrived, timeout) or not found:
                raise TimeoutError("the server is gone" if self.closed else "the server does not answer")
            return found[0]

    def _listen(self) -> None:
        while message := _read(self._source):
            if "method" in message and "id" in message:
                reply = self.replies.get(message["method"], lambda _: None)
                self.send({"id": message["id"], "result": reply(message.get("params"))})
            with self._news:
                self._keep(message)
                self._news.notify_all()
        with self._news:
            self.closed = True
            self._news.notify_all()

    def _keep(self, message: Message) -> None:
        if "method" in message or message.get("id") is None:
            self.received.append(message)
        else:
            self._answers[message["id"]] = message


class ServerProcess(Connection):
    """A server of its own in a process, spoken to over stdio."""

    def __init__(
        self,
        command: Sequence[str] = SERVER,
        environment: Mapping[str, str] | None = None,
        log: BinaryIO | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log or subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
        super().__init__(cast("BinaryIO", self.process.stdin), cast("BinaryIO", self.process.stdout))

    def initialize(self, capabilities: Message | None = None, **more: object) -> Message:
        """Do the handshake; the server's capabilities."""
        params = {"processId": os.getpid(), "rootUri": None, "capabilities": capabilities or {}, **more}
        answer = self.request("initialize", params)
        self.notify("initialized", {})
        return cast("Message", answer["capabilities"])

    def leave(self, timeout: float = 10) -> int:
        """Shut the server down; its exit status."""
        self.request("shutdown")
        self.notify("exit")
        return self.process.wait(timeout)

    def __enter__(self) -> ServerProcess:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()


def open_document(connection: Connection, path: Path, text: str, language: str = "c") -> str:
    """Tell the server of a document at version 1; its uri."""
    uri = path.absolute().as_uri()
    document = {"uri": uri, "languageId": language, "version": 1, "text": text}
    connection.notify("textDocument/didOpen", {"textDocument": document})
    return uri


def _read(source: BinaryIO) -> Message | None:
    length = 0
    while (line := source.readline()) not in (b"", b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = source.read(length)
    return json.loads(body) if body else None
