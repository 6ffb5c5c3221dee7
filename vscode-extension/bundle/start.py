"""Runs the hpcls that the extension carries, with the Python that starts this file."""

import sys
from pathlib import Path

HERE = Path(__file__).parent


def version(folder: Path) -> str:
    """`3.11` of `python3.11`."""
    return folder.name.removeprefix("python")


libraries = HERE / f"python{sys.version_info.major}.{sys.version_info.minor}"
if not libraries.is_dir():
    carried = ", ".join(version(folder) for folder in sorted(HERE.glob("python*")))
    sys.exit(f"this extension carries hpcls for Python {carried}, and {sys.executable} is {sys.version.split()[0]}")
sys.path.insert(0, str(libraries))

from hpcls.__main__ import main  # noqa: E402 (found only now)

sys.exit(main())
