"""Where models and the tokenizer lie: one rule for a clone, an editable install and a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parents[1]


def data_folder(name: Literal["models", "tokenizer"]) -> Path:
    """The folder of that name: inside the installed package, else beside the package in a clone.  It may be missing."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
