"""What `hpcls bench --server` shows."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping

from hpcls.cli.output import Output


def show(arguments: Namespace, seconds: Mapping[str, Mapping[str, float]]) -> int:
    """Write question → p50, p95 and the share that was answered; 0."""
    text = json.dumps({"runs": arguments.runs, "seconds": seconds}) + "\n"
    if arguments.output_format == "full":
        text = _table(arguments.file, seconds)
    Output().write(text.encode("utf-8", "surrogateescape"))
    return 0


def _table(file: str, seconds: Mapping[str, Mapping[str, float]]) -> str:
    widest = max(len(question) for question in seconds)
    rows = [
        f"  {question:<{widest}}  p50 {one['p50'] * 1000:7.1f} ms  p95 {one['p95'] * 1000:7.1f} ms"
        f"  answered {one['answered']:.0%}"
        for question, one in seconds.items()
    ]
    return "\n".join([f"a warm server on {file}, each question right after an edit:", *rows, ""])
