"""What `hpcls bench --server` shows."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Protocol

from hpcls.cli.bench_decoding import Decoding, decoding
from hpcls.cli.output import Output


class Measured(Protocol):
    """hpcls.server.bench.Measured."""

    @property
    def first(self) -> float:
        """Seconds from the start of the server to its first diagnostics."""
        ...

    @property
    def seconds(self) -> Mapping[str, Mapping[str, float]]:
        """Question → p50, p95 and the share that was answered."""
        ...

    @property
    def models(self) -> list[dict[str, Any]]:
        """What hpcls/status says."""
        ...

    @property
    def memory(self) -> int | None:
        """Bytes at most."""
        ...


def show(arguments: Namespace, measured: Measured) -> int:
    """Measure how fast the model writes, and write it all; 0.  Raises HpclsError."""
    written = decoding(arguments.file) if measured.models else None
    if arguments.output_format == "full":
        text = "\n".join([*_told(arguments.file, measured, written), ""])
    else:
        text = json.dumps(_data(arguments.runs, measured, written)) + "\n"
    Output().write(text.encode("utf-8", "surrogateescape"))
    return 0


def _data(runs: int, measured: Measured, written: Decoding | None) -> dict[str, object]:
    return {
        "runs": runs,
        "first": measured.first,
        "seconds": measured.seconds,
        "memory": measured.memory,
        "models": measured.models,
        "decoding": asdict(written) if written else None,
    }


def _told(file: str, measured: Measured, written: Decoding | None) -> Iterator[str]:
    yield f"a server on {file}, from edit to answer:"
    widest = max(len(question) for question in measured.seconds)
    for question, one in measured.seconds.items():
        yield (
            f"  {question:<{widest}}  p50 {one['p50'] * 1000:7.1f} ms  p95 {one['p95'] * 1000:7.1f} ms"
            f"  answered {one['answered']:.0%}"
        )
    yield f"from its start to its first diagnostics {measured.first:.2f} s"
    if measured.memory is not None:
        yield f"memory at most {measured.memory / 1e6:.0f} MB"
    for model in measured.models:
        yield (
            f"model {model['model']} on {model['device']} ({model['why']}): {model['questions']} questions, "
            f"{1000 * model['seconds'] / max(1, model['questions']):.1f} ms each; "
            f"{model['reused'] / max(1, model['prompt']):.1%} of their tokens were read before"
        )
    if not measured.models:
        yield "no model"
    if written:
        yield (
            f"answers: {written.tokens_per_second:.0f} tokens/s chosen by the model; "
            f"{written.forced_share:.1%} of their tokens forced by the grammar"
        )
