"""ONNX Runtime, which has no types of its own, made silent."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

SILENT = 4
"""The severity from which it writes to standard error: nothing below what ends the process.  Failures are raised."""

_STANDARD_ERROR = 2
_FAILURES = ("Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NotImplemented", "RuntimeException")


@contextmanager
def _no_standard_error() -> Generator[None]:
    """While it is imported it looks for GPUs, and on virtual machines it warns before a severity can be set.

    https://github.com/microsoft/onnxruntime/issues/26763.  It writes past Python, to the file descriptor.
    """
    try:
        kept = os.dup(_STANDARD_ERROR)
    except OSError:  # it is closed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STANDARD_ERROR)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, _STANDARD_ERROR)
        os.close(kept)


with _no_standard_error():
    runtime: Any = import_module("onnxruntime")
    _native: Any = import_module("onnxruntime.capi.onnxruntime_pybind11_state")
    runtime.set_default_logger_severity(SILENT)

FAILURES: tuple[type[Exception], ...] = (*(getattr(_native, name) for name in _FAILURES), RuntimeError, ValueError)
"""What it raises where it does not take a graph or cannot start a device."""
