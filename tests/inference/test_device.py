"""CUDA only where it is really there; why not, in words; and not a line of noise."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hpcls.errors import ModelError
from hpcls.inference import device
from hpcls.inference.artefact import open_model
from hpcls.inference.device import Choice, choose, cuda_fault
from hpcls.inference.engine import Engine

ROOT = Path(__file__).parents[2]


class Driver:
    """As much of libcuda as is asked."""

    def __init__(self, status: int, count: int) -> None:
        self.status = status
        self.count = count

    def cuInit(self, _flags: int) -> int:
        return self.status

    def cuDeviceGetCount(self, count: object) -> int:
        ctypes.cast(count, ctypes.POINTER(ctypes.c_int))[0] = self.count  # pyright: ignore[reportArgumentType]
        return 0


def no_driver(name: str) -> object:
    raise OSError(name)


def broken_driver(_name: str) -> object:
    return Driver(100, 0)


def driver_without_gpu(_name: str) -> object:
    return Driver(0, 0)


def driver_with_gpu(_name: str) -> object:
    return Driver(0, 1)


def a_library_that_is_not_here(_major: str, _platform: str) -> list[str]:
    return ["libno-such-library.so.13"]


@pytest.mark.parametrize(
    ("load", "why"),
    [
        (no_driver, "no NVIDIA driver"),
        (broken_driver, r"does not start \(CUDA error 100\)"),
        (driver_without_gpu, "sees no GPU"),
    ],
)
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, load: Callable[[str], object], why: str) -> None:
    monkeypatch.setattr(device, "_provider_fault", lambda: None)
    monkeypatch.setattr(ctypes, "CDLL", load)
    assert choose("cpu") == Choice("cpu", "asked for")
    assert choose("auto").name == "cpu"
    with pytest.raises(ModelError, match=why):
        choose("cuda")


def test_with_driver_gpu_and_libraries_auto_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "_provider_fault", lambda: None)
    monkeypatch.setattr(device, "_library_fault", lambda: None)
    monkeypatch.setattr(ctypes, "CDLL", driver_with_gpu)
    assert choose("auto").name == "cuda"


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "_provider_fault", lambda: None)
    monkeypatch.setattr(device, "_driver_fault", lambda: None)
    monkeypatch.setattr(device, "library_names", a_library_that_is_not_here)
    assert choose("auto") == Choice(
        "cpu", "no CUDA: libno-such-library.so.13 cannot be loaded (pip install 'hpcls[cuda]')"
    )


def test_where_cuda_promises_and_fails_auto_goes_back_to_the_cpu(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if cuda_fault() is None:
        pytest.skip("CUDA works here")
    monkeypatch.setattr(device, "cuda_fault", lambda: None)
    engine = Engine.load(open_model(tiny_model), "auto", threads=1)
    assert engine.device.name == "cpu"
    assert engine.device.why.startswith("no CUDA: ")
    with pytest.raises(ModelError):
        Engine.load(open_model(tiny_model), "cuda", threads=1)


def test_loading_a_model_says_nothing(model: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from hpcls.inference.artefact import open_model;"
        "from hpcls.inference.device import choose; choose('auto'); assert 'onnxruntime' not in sys.modules;"
        f"from hpcls.inference.engine import Engine; engine = Engine.load(open_model(Path({str(model)!r})));"
        "engine.context.feed([1, 2, 3])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_onnx_runtime_warns_of_while_it_is_imported_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "onnxruntime" / "capi").mkdir(parents=True)
    noise = "import os; os.write(2, b'GPU device discovery failed')\n"
    failures = ("Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NotImplemented", "RuntimeException")
    classes = "".join(f"class {name}(Exception): ...\n" for name in failures)
    (tmp_path / "onnxruntime" / "__init__.py").write_text(f"{noise}def set_default_logger_severity(level): ...\n")
    (tmp_path / "onnxruntime" / "capi" / "onnxruntime_pybind11_state.py").write_text(classes)
    code = "import os; import hpcls.inference.runtime; os.write(2, b'and what comes later is')"
    paths = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = subprocess.run([sys.executable, "-c", code], env=paths, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "and what comes later is")
