"""A checkpoint becomes a model's folder: graphs for the CPU (int8) and for CUDA (fp16), each checked against torch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hpcls.errors import InputError, ModelError
from hpcls.inference.artefact import CONFIG, GRAPHS, SUMS
from hpcls.inference.session import Session
from hpcls.training.architecture import Architecture
from hpcls.training.check import GraphCheck, check, logits_of, own_text
from hpcls.training.checkpoint import load_model
from hpcls.training.graph import build
from hpcls.training.graph_nodes import Floats, Int8, Storage
from hpcls.training.graph_weights import Weights
from hpcls.training.model import Model
from hpcls.training.moments import moments_of
from hpcls.training.quantise import Matrix, block_size

_LIMITS = {"fp32": 1e-4, "fp16": 1e-2, "int8": 1e-1}
"""How much of the logits' spread the mean error may be: several times what rounding alone makes."""
_TEXTS = 10
_ROUNDED_FOR = 768
"""Tokens of each."""


@dataclass(frozen=True)
class ExportReport:
    """What was written, and how exact it is."""

    folder: Path
    parameters: int
    checks: tuple[GraphCheck, ...]
    """fp32 (checked, not written), fp16, int8."""

    def table(self) -> str:
        """Markdown, for the terminal."""
        return checks_table(self.checks)


def checks_table(checks: Sequence[GraphCheck]) -> str:
    """Markdown, for a card or the terminal."""
    lines = [
        "| graph | MB | max error | mean error | same greedy token | one by one | after rollback |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {found.name} | {found.size / 1e6:.1f} | {found.max_error:.2g} | {found.mean_error:.2g} "
        f"| {found.same_greedy:.1%} | {found.append_error:.2g} | {found.rollback_error:.2g} |"
        for found in checks
    ]
    return "\n".join([*lines, "", f"Errors of logits, whose standard deviation is {checks[0].spread:.2g}.", ""])


def export(checkpoint: Path, out: Path) -> ExportReport:
    """Write the model's folder `out`, but for its card, and check its graphs.

    Raises InputError where a file cannot be read or written, and ModelError where a graph is not faithful: nothing is
    written then.
    """
    model, shape, _ = load_model(checkpoint)
    graphs, checks = checked_graphs(model, shape)
    files = {
        CONFIG: (checkpoint / CONFIG).read_bytes(),
        GRAPHS["cpu"]: graphs["int8"],
        GRAPHS["cuda"]: graphs["fp16"],
    }
    write_model(out, files)
    return ExportReport(out, shape.parameters, checks)


def checked_graphs(model: Model, shape: Architecture) -> tuple[dict[str, bytes], tuple[GraphCheck, ...]]:
    """The graphs by the names of `storages`, and how exact each is.  Raises ModelError where one is not faithful.

    The int8 graph is rounded for texts of the model's own, others than the one that graphs are compared over: that
    takes a seventh off what rounding does to its answers on code of others (relative entropy to fp32, model `small`).
    """
    weights = Weights(model.state_dict(), shape)
    session = Session(build(weights, Floats(np.float32)))
    texts = [own_text(session, _ROUNDED_FOR, seed) for seed in range(1, _TEXTS + 1)]
    moments = moments_of(model, shape, texts)
    graphs = {name: build(weights, storage) for name, storage in storages(shape, moments).items()}
    ids = own_text(session)
    expected = logits_of(model, ids)
    checks = tuple(faithful(check(name, Session(graph), len(graph), expected, ids)) for name, graph in graphs.items())
    return graphs, checks


def storages(shape: Architecture, moments: Mapping[str, Matrix] | None = None) -> dict[str, Storage]:
    """How each graph stores its matrices: fp32, which is only checked, fp16 and int8, rounded for `moments` where those
    are given.  Raises ModelError."""
    size = block_size(shape.hidden_size, shape.intermediate_size)
    return {"fp32": Floats(np.float32), "fp16": Floats(np.float16), "int8": Int8(size, moments)}


def faithful(found: GraphCheck) -> GraphCheck:
    """The same.  Raises ModelError where its errors are more than rounding."""
    if not found.worst <= _LIMITS[found.name]:  # so that "not a number" is refused too
        told = f"its logits are off by {found.worst:.2g} of their spread; at most {_LIMITS[found.name]} is rounding"
        raise ModelError(f"{found.name} graph", told)
    return found


def write_model(out: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` by name into the folder `out`, their sums last: without them it is no model.  Raises InputError."""
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / SUMS).unlink(missing_ok=True)
        for name, data in files.items():
            (out / name).write_bytes(data)
        (out / SUMS).write_text(sums, "utf-8", newline="\n")
    except OSError as error:
        raise InputError(str(out), f"cannot write the model: {error.strerror or error}") from error
