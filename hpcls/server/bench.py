"""How fast a warm server answers after an edit: `python -m hpcls.server.bench FILE [ROUNDS]` prints it as JSON.

Imports neither pygls nor lsprotocol.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

from hpcls.errors import InputError
from hpcls.server.client import Message, ServerProcess, open_document
from hpcls.syntax.source import read_source

_LOOP = re.compile(r"[ \t]*for\b")
_CAPABILITIES: Message = {"textDocument": {"diagnostic": {}, "inlineCompletion": {}}}
_WARM_UP = 5


def measure(path: str, rounds: int) -> dict[str, dict[str, float]]:
    """Seconds from request to answer, each request right after an edit that makes the text new.

    `{"hover": {"p50": …, "p95": …, "answered": …}, "diagnostics": …, "ghost text": …}`; `answered` is the share of
    answers that were not empty.  Raises InputError for a file that cannot be read or has no loop.
    """
    text = read_source(path).text
    with ServerProcess() as client:
        client.initialize(_CAPABILITIES)
        typist = _Typist(client, path, text)
        return {name: _timed(ask, rounds) for name, ask in typist.questions.items()}


class _Typist:
    """Types a directive above a loop, over and over, and asks."""

    def __init__(self, client: ServerProcess, path: str, text: str) -> None:
        self._client = client
        self._uri = open_document(client, Path(path), text, "")
        self._version = 1
        self._line = self._loop_line(path, text.split("\n"))
        self._insert(self._line, "\n")
        self.questions: dict[str, Callable[[], tuple[float, bool]]] = {
            "hover": lambda: self._ask("hover", self._line + 1, 8),
            "diagnostics": lambda: self._ask("diagnostic", 0, 0),
            "ghost text": lambda: self._ask("inlineCompletion", self._line, 0),
        }

    def _loop_line(self, path: str, lines: list[str]) -> int:
        """The first line with a suggestion, else with a loop."""
        document = {"textDocument": {"uri": self._uri}}
        suggested: list[Message] = self._client.request("textDocument/diagnostic", document, timeout=600)["items"]
        found = [item["range"]["start"]["line"] for item in suggested]
        found += [number for number, line in enumerate(lines) if _LOOP.match(line)]
        if not found:
            raise InputError(path, "holds no loop")
        return found[0]

    def _insert(self, line: int, text: str) -> None:
        self._version += 1
        place = {"line": line, "character": 0}
        changes = [{"range": {"start": place, "end": place}, "text": text}]
        document = {"uri": self._uri, "version": self._version}
        self._client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def _ask(self, method: str, line: int, character: int) -> tuple[float, bool]:
        """Seconds, and whether there was something to say."""
        self._insert(0, "\n")
        self._line += 1
        params = {
            "textDocument": {"uri": self._uri},
            "position": {"line": line + 1, "character": character},
            "context": {"triggerKind": 2},
        }
        start = time.perf_counter()
        answer = self._client.request(f"textDocument/{method}", params, timeout=600)
        return time.perf_counter() - start, bool(answer and answer.get("items", True))


def _timed(ask: Callable[[], tuple[float, bool]], rounds: int) -> dict[str, float]:
    answers = [ask() for _ in range(_WARM_UP + rounds)][_WARM_UP:]
    percentiles = quantiles([seconds for seconds, _ in answers], n=20, method="inclusive")
    answered = sum(given for _, given in answers) / len(answers)
    return {"p50": percentiles[9], "p95": percentiles[18], "answered": answered}


if __name__ == "__main__":
    file, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
    sys.stdout.write(json.dumps(measure(file, rounds)) + "\n")
