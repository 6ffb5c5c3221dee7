"""The flags of a file in compile_commands.json (https://clang.llvm.org/docs/JSONCompilationDatabase.html)."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from hpcls.errors import UsageError

_KEPT_ALONE = ("-std=", "-I", "-D", "-U", "-f", "-m", "-pthread", "-include", "-isystem", "-iquote", "-idirafter")
_WITH_VALUE = frozenset(("-I", "-D", "-U", "-include", "-isystem", "-iquote", "-idirafter"))


def flags_of(build_path: Path, file: Path) -> tuple[Path, tuple[str, ...]]:
    """The working directory and the flags that decide what `file` means: macros, include paths, the standard.

    Optimisation, outputs and warnings are left out.  Raises UsageError where `file` has no entry.
    """
    database = build_path / "compile_commands.json"
    try:
        entries: object = json.loads(database.read_text("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{database}: {reason}") from error
    for entry in cast("list[object]", entries) if isinstance(entries, list) else []:
        found = _entry(entry, build_path)
        if found and (found[0] / found[1]).resolve() == file.resolve():
            return found[0], tuple(_kept(found[2]))
    raise UsageError(f"{database}: no entry for {file}")


def _entry(entry: object, build_path: Path) -> tuple[Path, str, list[str]] | None:
    """(directory, file, arguments) of one entry; None where it has not all of them."""
    found = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
    directory, file, arguments = found.get("directory"), found.get("file"), found.get("arguments")
    if not isinstance(arguments, list):
        arguments = shlex.split(str(found.get("command", "")))
    if not (isinstance(directory, str) and isinstance(file, str)):
        return None
    return build_path / directory, file, [str(one) for one in cast("list[object]", arguments)]


def _kept(arguments: list[str]) -> Iterator[str]:
    words = iter(arguments[1:])
    for word in words:
        if word in _WITH_VALUE:
            yield from (word, next(words, ""))
        elif word.startswith(_KEPT_ALONE):
            yield word
