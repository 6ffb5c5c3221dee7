"""The wheel: what it holds, what it asks for, and that it runs when it is all there is."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.metadata import Metadata
from packaging.requirements import Requirement

import hpcls

ROOT = Path(__file__).parents[1]

MACHINES = [
    ("linux", "x86_64", "onnxruntime-gpu"),
    ("win32", "AMD64", "onnxruntime-gpu"),
    ("linux", "aarch64", "onnxruntime"),
    ("win32", "ARM64", "onnxruntime"),
    ("darwin", "arm64", "onnxruntime"),
    ("darwin", "x86_64", "onnxruntime"),
    ("freebsd14", "amd64", "onnxruntime"),
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


@pytest.fixture(scope="module")
def requirements(wheel: Path) -> list[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(f"hpcls-{hpcls.__version__}.dist-info/METADATA")
    return Metadata.from_email(text).requires_dist or []


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def chosen(requirements: list[Requirement], environment: dict[str, str]) -> list[Requirement]:
    return [need for need in requirements if need.marker is None or need.marker.evaluate({"extra": "", **environment})]


def test_the_wheel_holds_every_module_and_data_file_of_the_package(wheel: Path) -> None:
    package = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "hpcls").rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "_data" not in path.parts
    }
    assert "hpcls/py.typed" in package
    assert package <= names_in(wheel)


@pytest.mark.parametrize("folder", ["models", "tokenizer"])
def test_models_and_tokenizer_lie_in_the_package(wheel: Path, folder: str) -> None:
    assert f"hpcls/_data/{folder}/README.md" in names_in(wheel)


def test_nothing_but_the_package_and_its_metadata_is_installed(wheel: Path) -> None:
    assert {name.partition("/")[0] for name in names_in(wheel)} == {"hpcls", f"hpcls-{hpcls.__version__}.dist-info"}


@pytest.mark.parametrize(("platform", "machine", "runtime"), MACHINES)
def test_every_machine_gets_exactly_one_onnx_runtime(
    requirements: list[Requirement], platform: str, machine: str, runtime: str
) -> None:
    needs = chosen(requirements, {"sys_platform": platform, "platform_machine": machine})
    assert [need.name for need in needs if need.name.startswith("onnxruntime")] == [runtime]


def test_torch_and_transformers_come_with_the_extra_train_only(requirements: list[Requirement]) -> None:
    heavy = {"torch", "transformers"}
    assert not heavy & {need.name for need in chosen(requirements, {})}
    assert heavy <= {need.name for need in chosen(requirements, {"extra": "train"})}


def test_the_extra_cuda_takes_what_onnx_runtime_itself_asks_for(requirements: list[Requirement]) -> None:
    linux = {"sys_platform": "linux", "platform_machine": "x86_64", "extra": "cuda"}
    assert any(need.extras == {"cuda", "cudnn"} for need in chosen(requirements, linux))


def test_the_installed_program_runs_without_the_clone(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run(pip, check=True)
    environment = {**os.environ, "PYTHONPATH": str(target)}
    program = target / "bin" / "hpcls"
    done = subprocess.run(
        [program, "--version"], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["hpcls", hpcls.__version__]
    where = [sys.executable, "-c", "import hpcls; print(hpcls.__file__)"]
    done = subprocess.run(where, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).is_relative_to(target)
