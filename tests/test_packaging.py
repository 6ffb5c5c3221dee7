"""The wheel: what it holds, what it asks for, and that it runs when it is all there is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.metadata import Metadata
from packaging.requirements import Requirement

import hpcls
from hpcls.inference.artefact import models

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
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert f"{folder}/README.md" in files
    assert {f"hpcls/_data/{name}" for name in files} <= names_in(wheel)


@pytest.mark.usefixtures("shipped_model")
def test_the_vocabulary_and_every_file_that_a_model_names_are_there(wheel: Path) -> None:
    assert "hpcls/_data/tokenizer/pieces.model" in names_in(wheel)
    for model in models():
        files = {line.split()[1] for line in (model / "SHA256SUMS").read_text().splitlines()}
        assert {"config.json", "model.int8.onnx", "model.fp16.onnx"} <= files
        kept = {f"hpcls/_data/models/{model.name}/{name}" for name in (*files, "SHA256SUMS", "card.md")}
        assert kept <= names_in(wheel)


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


@dataclass(frozen=True)
class Installed:
    """hpcls from the wheel, in an environment of its own, which borrows all other packages from that of the tests."""

    environment: Path
    away: Path
    """A folder far from any clone."""

    def run(self, *arguments: str, **more: str) -> str:
        """What `hpcls` prints, run without the network where this machine allows that."""
        program = place(self.environment, "scripts") / "hpcls"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HPCLS_", "PYTHON"))}
        variables = {**kept, "XDG_CONFIG_HOME": str(self.away), **more}
        command = [*offline(), str(program), *arguments]
        done = subprocess.run(command, env=variables, cwd=self.away, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def place(environment: Path, kind: Literal["scripts", "purelib"]) -> Path:
    """Where a virtual environment keeps its programs or packages."""
    return Path(sysconfig.get_path(kind, "venv", {"base": str(environment)}))


def offline() -> list[str]:
    """What runs a command without the network; nothing where that is not allowed."""
    command = ["unshare", "--map-root-user", "--net"]
    try:
        return command if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0 else []
    except OSError:
        return []


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    pytest.importorskip("pip")
    environment, away = tmp_path_factory.mktemp("environment"), tmp_path_factory.mktemp("away")
    venv.create(environment, symlinks=os.name != "nt")
    python, site = place(environment, "scripts") / "python", place(environment, "purelib")
    # A path that is listed so brings its packages, but not the clone that may be installed there for editing.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n" + sysconfig.get_path("platlib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*offline(), *pip], check=True, cwd=away)
    return Installed(environment, away)


def test_the_installed_program_runs_without_the_clone(installed: Installed) -> None:
    assert installed.run("--version").split() == ["hpcls", hpcls.__version__]
    facts = json.loads(installed.run("doctor", "--output-format", "json"))
    assert str(installed.environment) in facts["python"]
    assert facts["tokenizer"].endswith(" pieces")


@pytest.mark.usefixtures("shipped_model")
def test_the_installed_program_lists_and_checks_its_own_models(installed: Installed) -> None:
    listed = json.loads(installed.run("models", "list", "--output-format", "json"))
    assert [(model["name"], model["fault"]) for model in listed] == [(folder.name, None) for folder in models()]
    assert all(Path(model["folder"]).is_relative_to(installed.environment) for model in listed)
    assert installed.run("models", "verify", "--device", "cpu") == "".join(
        f"{folder.name}: good, runs on cpu\n" for folder in models()
    )


def test_the_installed_program_asks_its_own_model(installed: Installed, shipped_model: Path) -> None:
    (installed.away / "a.c").write_bytes((ROOT / "examples" / "heat.c").read_bytes())
    ask = ("suggest", "--output-format", "json", "--device", "cpu", "a.c")
    confidences = {
        model: _confidences(installed.run(*ask, HPCLS_MODEL=model)) for model in ("", "none", shipped_model.name)
    }
    assert confidences[""] == confidences[shipped_model.name] != confidences["none"]


def _confidences(printed: str) -> list[float]:
    suggestions = json.loads(printed)["files"][0]["suggestions"]
    assert {one["evidence"] for one in suggestions} == {"proved"}
    return [one["confidence"] for one in suggestions]
