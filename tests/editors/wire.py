#!/usr/bin/env python3
"""hpcls, as an editor starts it, with the time of every message written down: $HPCLS is run, $WIRE is the record.

A line of the record is a JSON object: `t` (seconds), `from` (editor or server), `method`, `id`, and of what matters the
document's `version`, whether a `result` was there and not an empty list, the code of an `error`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from typing import IO, Any

_NOTHING: tuple[object, ...] = (None, [], {"items": []})


def main() -> int:
    """Pass everything on, both ways; the exit status of hpcls."""
    command = [os.environ["HPCLS"], *sys.argv[1:]]
    if "server" not in sys.argv:
        return subprocess.call(command)
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    with open(os.environ["WIRE"], "a", encoding="utf-8") as record:  # noqa: PTH123
        streams = [("editor", sys.stdin.buffer, process.stdin), ("server", process.stdout, sys.stdout.buffer)]
        for name, source, target in streams:
            threading.Thread(target=passed_on, args=(name, source, target, record), daemon=True).start()
        return process.wait()


def passed_on(name: str, source: IO[bytes], target: IO[bytes], record: IO[str]) -> None:
    """Every message of `source` to `target`, and a line about it to `record`."""
    while header := source.readline():
        length = int(header.split(b":")[1])
        while source.readline().strip():
            pass
        body = source.read(length)
        # First, or an answer may stand before its question.
        record.write(json.dumps({"t": time.monotonic(), "from": name, **told(json.loads(body))}) + "\n")
        record.flush()
        target.write(b"Content-Length: %d\r\n\r\n%b" % (length, body))
        target.flush()
    target.close()


def told(message: dict[str, Any]) -> dict[str, Any]:
    """What the record keeps of a message."""
    kept = {key: message[key] for key in ("method", "id") if key in message}
    if message.get("method") == "textDocument/didChange":
        kept["version"] = message["params"]["textDocument"]["version"]
    if message.get("method") == "$/cancelRequest":
        kept["cancelled"] = message["params"]["id"]
    if "result" in message:
        kept["result"] = message["result"] not in _NOTHING
    if "error" in message:
        kept["error"] = message["error"]["code"]
    return kept


if __name__ == "__main__":
    sys.exit(main())
