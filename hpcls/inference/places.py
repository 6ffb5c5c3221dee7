"""Where models and the tokenizer lie: one rule for a clone, an editable install and a wheel."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parents[1]


def data_folder(name: Literal["models", "tokenizer"]) -> Path:
    """The folder of that name: inside the installed package, else beside the package in a clone.  It may be missing."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def user_models() -> Path | None:
    """Where the user's own models lie, whether there are any or not; None for a process whose user has no home."""
    try:
        return _user_data() / "hpcls" / "models"
    except RuntimeError:
        return None


def _user_data() -> Path:
    """By the platform's convention (on Linux the XDG Base Directory Specification)."""
    chosen = os.environ.get("XDG_DATA_HOME")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path.home() / ".local" / "share"
