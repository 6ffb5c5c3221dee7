"""ONNX Runtime, which has no types of its own, made silent."""

from __future__ import annotations

from importlib import import_module
from typing import Any

runtime: Any = import_module("onnxruntime")
"""The library."""

_native: Any = import_module("onnxruntime.capi.onnxruntime_pybind11_state")
_NAMES = ("Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NotImplemented", "RuntimeException")

FAILURES: tuple[type[Exception], ...] = (*(getattr(_native, name) for name in _NAMES), RuntimeError, ValueError)
"""What it raises where it does not take a graph or cannot start a device."""

SILENT = 4
"""The severity from which it writes to standard error: nothing below what ends the process.  Failures are raised."""

runtime.set_default_logger_severity(SILENT)
