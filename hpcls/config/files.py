"""Configuration files: which one is in force, and what stands in it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from hpcls.errors import SettingsError


@dataclass(frozen=True)
class ConfigFile:
    """One configuration file as it was written; the values are not checked yet."""

    path: Path
    values: dict[str, object]
    lines: dict[str, int]
    """The line of each key, where it is known."""


def workspace_file(folder: Path) -> ConfigFile | None:
    """The nearest `.hpcls.toml`, else `[tool.hpcls]` in pyproject.toml, in `folder` or above it."""
    for place in (folder, *folder.parents):
        found = _own_file(place / ".hpcls.toml") or _pyproject(place / "pyproject.toml")
        if found:
            return found
    return None


def named_file(path: Path) -> ConfigFile:
    """The file that somebody named.  Raises SettingsError where it is missing or holds nothing for hpcls."""
    found = _pyproject(path) if path.name == "pyproject.toml" else _own_file(path)
    if found is None:
        raise SettingsError(str(path), None, "no such file, or nothing for hpcls in it")
    return found


def user_file() -> ConfigFile | None:
    """The user's own settings, `hpcls/hpcls.toml` in the platform's configuration folder."""
    try:
        return _own_file(user_file_path())
    except RuntimeError:  # nobody's home: a process may run as a user that has none
        return None


def user_file_path() -> Path:
    """Where the user's own settings stand, whether the file exists or not."""
    home = os.environ.get("XDG_CONFIG_HOME")
    if home:
        return Path(home) / "hpcls" / "hpcls.toml"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "hpcls" / "hpcls.toml"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "hpcls" / "hpcls.toml"
    return Path.home() / ".config" / "hpcls" / "hpcls.toml"


def _own_file(path: Path) -> ConfigFile | None:
    text = _read(path)
    if text is None:
        return None
    values = _parse(path, text)
    return ConfigFile(path, values, _key_lines(text.splitlines(), values))


def _pyproject(path: Path) -> ConfigFile | None:
    text = _read(path)
    if text is None or "hpcls" not in text:
        return None
    tool = _parse(path, text).get("tool")
    values = cast("dict[str, object]", tool).get("hpcls") if isinstance(tool, dict) else None
    if not isinstance(values, dict):
        return None
    table = cast("dict[str, object]", values)
    return ConfigFile(path, table, _key_lines(_hpcls_section(text), table))


def _read(path: Path) -> str | None:
    """The text of `path`; None where there is no such file."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(str(path), None, "not UTF-8 text") from error
    except OSError as error:
        if not os.path.lexists(path):  # nor where the folder itself cannot be entered
            return None
        raise SettingsError(str(path), None, error.strerror or str(error)) from error


def _parse(path: Path, text: str) -> dict[str, object]:
    import tomllib  # noqa: PLC0415 (most runs read no file)

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"\(at line (\d+)", str(error))
        line = int(at[1]) if at else len(text.splitlines()) or 1
        raise SettingsError(str(path), line, f"not valid TOML: {error}") from error


def _hpcls_section(text: str) -> list[str]:
    """The lines of a pyproject.toml, with what stands outside `[tool.hpcls]` blanked."""
    inside = False
    section: list[str] = []
    for line in text.splitlines():
        if re.match(r"\s*\[", line):
            inside = bool(re.match(r"\s*\[\s*tool\s*\.\s*\"?hpcls\"?\s*[\].]", line))
        section.append(line if inside else "")
    return section


def _key_lines(lines: list[str], values: dict[str, object]) -> dict[str, int]:
    """The line of each key (tomllib keeps none): the first that begins with it, or a table of that name."""
    return dict(reversed([*_keys_in(lines, values)]))


def _keys_in(lines: list[str], values: dict[str, object]) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(lines, 1):
        found = re.match(r"\s*(?:\[+\s*(?:tool\s*\.\s*hpcls\s*\.\s*)?)?[\"']?([^\"'\s=.\]]+)[\"']?\s*[=.\]]", line)
        if found and found[1] in values:
            yield found[1], number
