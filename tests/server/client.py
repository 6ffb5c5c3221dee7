"""An editor for tests: it keeps its own text, and says how it changes in the units of the agreed encoding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hpcls.server.client import Connection, Message, ServerProcess, open_document

__all__ = ["EVERYTHING", "LOOP", "Buffer", "Connection", "Message", "ServerProcess", "open_buffer", "units"]

LOOP = "void f(double *a) {\n  for (int i = 0; i < 1000000; i++)\n    a[i] = 0.5 * a[i] + i * i;\n}\n"
"""One suggestion, at line 2."""

EVERYTHING: Message = {
    "textDocument": {"diagnostic": {"relatedInformation": True}, "inlineCompletion": {}},
    "workspace": {
        "workspaceEdit": {"documentChanges": True},
        "diagnostics": {"refreshSupport": True},
        "configuration": True,
    },
    "window": {"workDoneProgress": True},
}
"""The capabilities of a modern editor."""


def units(text: str, encoding: str = "utf-16") -> int:
    """How many `encoding` units `text` has."""
    if encoding == "utf-32":
        return len(text)
    data = text.encode("utf-8" if encoding == "utf-8" else "utf-16-le", "surrogatepass")
    return len(data) if encoding == "utf-8" else len(data) // 2


@dataclass
class Buffer:
    """A document in the editor."""

    client: Connection
    uri: str
    text: str
    encoding: str = "utf-16"
    version: int = 1

    def position(self, offset: int) -> Message:
        """The position of the character `offset`."""
        before = re.split(r"\r\n|\r|\n", self.text[:offset])
        if self.text[offset - 1 : offset + 1] == "\r\n":  # no place of its own: the end of the line
            return self.position(offset - 1)
        return {"line": len(before) - 1, "character": units(before[-1], self.encoding)}

    def replace(self, start: int, end: int, text: str) -> Message:
        """Change the text here; what to tell the server."""
        change = {"range": {"start": self.position(start), "end": self.position(end)}, "text": text}
        self.text = self.text[:start] + text + self.text[end:]
        return change

    def send(self, *changes: Message) -> None:
        """Tell the server."""
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        self.client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def edit(self, start: int, end: int, text: str) -> None:
        """Change the text here and there."""
        self.send(self.replace(start, end, text))

    def ask(self, method: str, line: int, column: int, **more: object) -> Any:  # noqa: ANN401 (JSON)
        """A request about a 1-based place."""
        position = {"line": line - 1, "character": column - 1}
        return self.client.request(
            f"textDocument/{method}", {"textDocument": {"uri": self.uri}, "position": position, **more}
        )

    def diagnostics(self, **more: object) -> Message:
        """Pull the diagnostics."""
        return self.client.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri}, **more})

    def actions(self, line: int, **context: object) -> list[Message]:
        """The code actions at the start of a line."""
        place = {"line": line - 1, "character": 0}
        asked: Message = {"textDocument": {"uri": self.uri}, "range": {"start": place, "end": place}}
        asked["context"] = {"diagnostics": [], **context}
        return self.client.request("textDocument/codeAction", asked) or []

    def ghost(self, line: int, column: int) -> list[Message]:
        """The inline completions at a 1-based place."""
        return self.ask("inlineCompletion", line, column, context={"triggerKind": 2})["items"]

    def servers_text(self) -> Message:
        """Text and version as the server has them."""
        return self.client.request("hpcls/text", {"uri": self.uri})

    def close(self) -> None:
        """Close the document."""
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self.uri}})


def open_buffer(
    client: Connection, text: str, path: Path = Path("a.c"), language: str = "c", encoding: str = "utf-16"
) -> Buffer:
    """A new document in the editor."""
    return Buffer(client, open_document(client, path, text, language), text, encoding)
