"""How fast a warm server answers after an edit: `python -m hpcls.server.bench FILE [ROUNDS]` prints it as JSON.

Imports neither pygls nor lsprotocol.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from hpcls.errors import InputError
from hpcls.server import bench_places
from hpcls.server.bench_places import Place
from hpcls.server.client import Message, ServerProcess, open_document
from hpcls.syntax.source import read_source

_CAPABILITIES: Message = {"textDocument": {"diagnostic": {}, "inlineCompletion": {}}}
_WARM_UP = 5
_LONG = 600


@dataclass(frozen=True)
class Measured:
    """What one server did."""

    first: float
    """Seconds from the start of the server to its first diagnostics."""
    seconds: dict[str, dict[str, float]]
    """Question → seconds from edit to answer, `p50` and `p95`, and `answered`, the share that was not empty."""
    models: list[Message]
    """What `hpcls/status` says at the end."""
    memory: int | None
    """Bytes that the server had at most; None where the system does not tell."""


def measure(path: str, rounds: int) -> Measured:
    """Time each question `rounds` times, right after an edit in front of the cursor.

    The places go through the file: every loop that gets a suggestion, every call of MPI (taken out, so that it is
    missing).  Raises InputError for a file that cannot be read or has no loop.
    """
    text = read_source(path).text
    start = time.perf_counter()
    with ServerProcess() as client:
        client.initialize(_CAPABILITIES)
        typist = _Typist(client, path, text)
        suggested = typist.suggested_lines()
        first = time.perf_counter() - start
        seconds = {name: _timed(ask, places, rounds) for name, ask, places in _questions(typist, path, suggested)}
        models: list[Message] = client.request("hpcls/status", timeout=_LONG)["models"]
        return Measured(first, seconds, models, _peak_memory(client.process.pid))


_Ask = Callable[[Place, int], tuple[float, bool]]


def _questions(typist: _Typist, path: str, suggested: list[int]) -> list[tuple[str, _Ask, list[Place]]]:
    lines = typist.lines
    loops = bench_places.loops(lines, suggested)
    if not loops:
        raise InputError(path, "holds no loop")
    questions: list[tuple[str, _Ask, list[Place]]] = [
        ("hover", typist.hover, loops),
        ("diagnostics", typist.diagnostics, loops),
        ("ghost text above a loop", typist.ghost, loops),
        ("ghost text: an MPI call", typist.ghost, bench_places.calls(lines)),
        ("ghost text: its arguments", typist.ghost, bench_places.arguments(lines)),
    ]
    return [question for question in questions if question[2]]


class _Typist:
    """Types at places of one document, and asks."""

    def __init__(self, client: ServerProcess, path: str, text: str) -> None:
        self._client = client
        self._uri = open_document(client, Path(path), text, "")
        self._version = 1
        self.lines = text.split("\n")

    def suggested_lines(self) -> list[int]:
        """The lines (0-based) of the diagnostics, by their places."""
        items: list[Message] = self._request("diagnostic")["items"]
        return sorted({item["range"]["start"]["line"] for item in items})

    def hover(self, place: Place, number: int) -> tuple[float, bool]:
        """Ask for a hover on the loop behind the cursor; seconds, and whether there was something to say."""
        return self._after_edit(place, number, lambda: bool(self._request("hover", 2 + place.start, 8)))

    def diagnostics(self, place: Place, number: int) -> tuple[float, bool]:
        """The same for diagnostics."""
        return self._after_edit(place, number, lambda: bool(self._request("diagnostic")["items"]))

    def ghost(self, place: Place, number: int) -> tuple[float, bool]:
        """The same for ghost text at the cursor."""

        def ask() -> bool:
            answer = self._request("inlineCompletion", place.start + 1, len(place.asked))
            return bool(answer and answer["items"])

        return self._after_edit(place, number, ask)

    def _after_edit(self, place: Place, number: int, ask: Callable[[], bool]) -> tuple[float, bool]:
        """Type a number, ask, and put the text back as it was."""
        kept = self.lines[place.start : place.end]
        self._replace(place.start, place.end, [place.statement(number), place.asked])
        self._request("hover", 0, 0)  # the server has read that; nothing is under way
        start = time.perf_counter()
        self._replace(place.start, place.start + 1, [place.statement(number + 1)])
        answered = ask()
        seconds = time.perf_counter() - start
        self._replace(place.start, place.start + 2, kept)
        return seconds, answered

    def _replace(self, start: int, end: int, lines: list[str]) -> None:
        """Put `lines` in place of those from `start` to `end`, here and there."""
        self.lines[start:end] = lines
        self._version += 1
        place = {"start": {"line": start, "character": 0}, "end": {"line": end, "character": 0}}
        changes = [{"range": place, "text": "".join(line + "\n" for line in lines)}]
        document = {"uri": self._uri, "version": self._version}
        self._client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def _request(self, method: str, line: int = 0, character: int = 0) -> Message:
        params = {
            "textDocument": {"uri": self._uri},
            "position": {"line": line, "character": character},
            "context": {"triggerKind": 2},
        }
        return self._client.request(f"textDocument/{method}", params, timeout=_LONG)


def _timed(ask: _Ask, places: list[Place], rounds: int) -> dict[str, float]:
    """Percentiles over `rounds` edits, shared out evenly over the places in their order."""
    for number in range(_WARM_UP):
        ask(places[0], 2 * number)
    answers = [ask(places[number * len(places) // rounds], 2 * (_WARM_UP + number)) for number in range(rounds)]
    seconds = sorted(one for one, _ in answers)
    answered = sum(given for _, given in answers) / len(answers)
    return {"p50": _percentile(seconds, 0.5), "p95": _percentile(seconds, 0.95), "answered": answered}


def _percentile(rising: list[float], share: float) -> float:
    """The nearest rank."""
    return rising[max(0, math.ceil(share * len(rising)) - 1)]


def _peak_memory(process: int) -> int | None:
    """Linux, proc_pid_status(5): the peak resident set size, in kB."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return None
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), None)


if __name__ == "__main__":
    file, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
    sys.stdout.write(json.dumps(asdict(measure(file, count))) + "\n")
