"""Puts hpcls, its models and what it needs into `bundled/`, for the Python that runs this and for this platform."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUNDLED = HERE.parent / "bundled"


def requirements() -> list[str]:
    """What hpcls needs, with the ONNX Runtime for CPUs: that for GPUs is as large as all else together."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*(name for name in project["dependencies"] if not name.startswith("onnxruntime")), "onnxruntime>=1.24"]


def install(folder: Path, *what: str) -> None:
    """Install into `folder`."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", str(folder), *what]
    subprocess.run(command, check=True)


def main() -> None:
    """Write `bundled/` anew."""
    shutil.rmtree(BUNDLED, ignore_errors=True)
    libraries = BUNDLED / f"python{sys.version_info.major}.{sys.version_info.minor}"
    install(libraries, *requirements())
    install(libraries, "--no-deps", str(ROOT))
    shutil.rmtree(libraries / "bin", ignore_errors=True)
    shutil.copy(HERE / "start.py", BUNDLED)


if __name__ == "__main__":
    main()
