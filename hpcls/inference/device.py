"""Which device a model runs on, and why.  Finding out prints nothing and does not import ONNX Runtime."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

from hpcls.config import Device
from hpcls.errors import ModelError
from hpcls.inference.artefact import DeviceName

_INSTALL = "pip install 'hpcls[cuda]'"


@dataclass(frozen=True)
class Choice:
    """A device, and why this one."""

    name: DeviceName
    why: str


def choose(asked: Device) -> Choice:
    """The device for what a user asked for.  Raises ModelError where `cuda` is asked for and cannot be used."""
    if asked == "cpu":
        return Choice("cpu", "asked for")
    fault = cuda_fault()
    if fault is None:
        return Choice("cuda", "asked for" if asked == "cuda" else "GPU, driver and libraries are there")
    if asked == "cuda":
        raise ModelError("device cuda", fault)
    return Choice("cpu", f"no CUDA: {fault}")


def cuda_fault() -> str | None:
    """Why CUDA cannot be used here: the first of provider, driver, GPU, libraries that is missing.  None: it can."""
    return next((fault for look in (_provider_fault, _driver_fault, _library_fault) if (fault := look())), None)


def _provider_fault() -> str | None:
    found = find_spec("onnxruntime")
    if found is None or found.origin is None:
        return "ONNX Runtime is not installed"
    provider = any((Path(found.origin).parent / "capi").glob("*onnxruntime_providers_cuda*"))
    return None if provider else "this ONNX Runtime is built for the CPU alone"


def _driver_fault() -> str | None:
    """CUDA driver API (https://docs.nvidia.com/cuda/cuda-driver-api/): cuInit and cuDeviceGetCount return 0 if all is
    well."""
    name = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        driver: Any = ctypes.CDLL(name)
        count = ctypes.c_int(0)
        failed: int = driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count))
    except (OSError, AttributeError):
        return f"no NVIDIA driver ({name} cannot be loaded)"
    if failed:
        return f"the NVIDIA driver does not start (CUDA error {failed})"
    return None if count.value else "the NVIDIA driver sees no GPU"


def _library_fault() -> str | None:
    """What ONNX Runtime's provider links to; `preload_dlls` takes them from NVIDIA's packages and prints failures."""
    from hpcls.inference.runtime import runtime  # noqa: PLC0415 (only where there is a GPU)

    with redirect_stdout(StringIO()):
        runtime.preload_dlls()
    major = str(runtime.cuda_version or "").partition(".")[0]
    missing = [name for name in library_names(major, sys.platform) if not _loads(partial(ctypes.CDLL, name))]
    return f"{', '.join(missing)} cannot be loaded ({_INSTALL})" if missing else None


def library_names(major: str, platform: str) -> list[str]:
    """The libraries of CUDA `major` and cuDNN 9 without which a model does not run."""
    if platform == "win32":
        return [*(f"{name}64_{major}.dll" for name in ("cublasLt", "cublas", "cudart")), "cudnn64_9.dll"]
    return [*(f"lib{name}.so.{major}" for name in ("cublasLt", "cublas", "cudart")), "libcudnn.so.9"]


def _loads(load: Callable[[], object]) -> bool:
    try:
        load()
    except OSError:
        return False
    return True
